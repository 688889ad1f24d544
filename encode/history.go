package encode

import (
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// HistoryTruth is Truth of a formula of ir.System.Histories about a behaviour
// that went through states so far.
func (e *Encoder) HistoryTruth(of *ir.OpArg, states []State) (t smt.Term, fails []Failure, err error) {
	records := make([]Sym, len(states))
	for i, s := range states {
		records[i] = e.record(s)
	}
	in := &env{name: of.Params[0], val: symbolic.NewTuple(records)}
	fails = e.Collect(func() {
		err = e.attempt(func() { t = e.truth(of.Body, evalContext{env: in, cur: states[len(states)-1]}) })
	})
	return t, fails, err
}

// record is the state s as a record of the variables.
func (e *Encoder) record(s State) Sym {
	vars := slices.Clone(e.Sys.Variables)
	slices.SortFunc(vars, func(a, b *ir.Variable) int { return strings.Compare(a.Name, b.Name) })
	names, vals := make([]string, len(vars)), make([]Sym, len(vars))
	for i, v := range vars {
		names[i], vals[i] = v.Name, s[v.ID]
	}
	return symbolic.NewRecord(names, vals)
}
