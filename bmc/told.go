package bmc

import (
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// told answers what a spec asks about the run that checks it (TLCGet). The level
// of a state is its place in the behaviour, as in simulation: the search for
// violations in behaviours of ever more steps is breadth-first, by one worker.
type told struct {
	sys   *ir.System
	at    map[*value.Value]int // the places of the states of a decoded behaviour
	known tlcget.Known
}

func (t *told) info(name string, s eval.State) (value.Value, error) {
	switch {
	case name == "config":
		return tlcget.Config("bfs", t.sys.CheckDeadlock, 1, 0, 0), nil
	case name == "level" && len(s) > 0 && t.at[&s[0]] > 0:
		return value.Int(t.at[&s[0]]), nil
	}
	return t.known.Get(t.sys, name), nil
}

// look makes b the behaviour whose states are asked about.
func (t *told) look(b *trace.Behaviour) {
	if t == nil {
		return
	}
	t.at = map[*value.Value]int{}
	for i, step := range b.Steps {
		if len(step.State) > 0 {
			t.at[&step.State[0]] = i + 1
		}
	}
}

// silences are notes on what is not done that evaluating a spec would do.
func silences(sys *ir.System) []string {
	if eval.Effects(sys.Exprs()...).Any(ir.Acting &^ ir.Asserts) {
		return []string{"Nothing is printed, stored by TLCSet or written to files while states are symbolic."}
	}
	return nil
}

// moving are the formulas that say which behaviours there are.
func moving(sys *ir.System) []ir.Expr {
	es := append([]ir.Expr{sys.Next}, sys.Temporal...)
	for _, f := range slices.Concat(sys.Constraints, sys.ActionConstraints) {
		es = append(es, f.Expr)
	}
	return es
}

// levelled tells whether what is asked of lassos depends on the number of a state,
// which has many there: the error says where.
func levelled(es ...ir.Expr) error {
	for _, e := range es {
		if e != nil && eval.Effects(e).Any(ir.ReadsLevel) {
			return diag.New(diag.Unsupported, symbolic.CodeNoMeaning, e.Pos(), `a state in a loop has many numbers, so that TLCGet("level") has no value here`)
		}
	}
	return nil
}
