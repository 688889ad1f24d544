package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A doubt is a property of the form P => Q, or P ~> Q, that says nothing unless
// P holds somewhere, or a P that is to be possible. The search looks for a state
// with P, or for a step, until it finds one.
type doubt struct {
	name string // of the property
	span source.Span
	when ir.Expr // P
	step bool    // P speaks of a step
	must bool    // that there is none is a violation
}

// possibilities are the doubts that the config's _POSSIBLE states.
func possibilities(sys *ir.System) []doubt {
	out := make([]doubt, len(sys.Possible))
	for i, f := range sys.Possible {
		out[i] = doubt{name: f.Name, span: f.Span, when: f.Expr, step: readsNext(f.Expr), must: true}
	}
	return out
}

// doubtsOf lists the doubts that the properties of g leave.
func doubtsOf(g *goals) []doubt {
	var out []doubt
	for _, gs := range [][]goal{g.invariants, g.temporal} {
		for _, f := range gs {
			for _, p := range antecedents(f.Expr, 0) {
				if temporal.Level(p) <= ir.StateLevel {
					out = append(out, doubt{name: f.Name, span: f.Span, when: p})
				}
			}
		}
	}
	return out
}

// maxUnfold bounds the definitions that are opened to find an implication.
const maxUnfold = 20

// antecedents are the conditions under which the conjuncts of e say something.
// Under a quantifier \A x \in S, that is one for some x.
func antecedents(e ir.Expr, depth int) []ir.Expr {
	switch e := e.(type) {
	case *ir.Call:
		if len(e.Args) == 0 && e.Def.Body != nil && depth < maxUnfold {
			return antecedents(e.Def.Body, depth+1)
		}
	case *ir.Label:
		return antecedents(e.Body, depth)
	case *ir.Quant:
		if e.All {
			var out []ir.Expr
			for _, p := range antecedents(e.Body, depth) {
				out = append(out, &ir.Quant{Span: e.Span, Bounds: e.Bounds, Body: p})
			}
			return out
		}
	case *ir.App:
		switch e.Op {
		case ir.Implies, ir.LeadsTo:
			return e.Args[:1]
		case ir.Always:
			return antecedents(e.Args[0], depth)
		case ir.And:
			var out []ir.Expr
			for _, x := range e.Args {
				out = append(out, antecedents(x, depth)...)
			}
			return out
		}
	}
	return nil
}

// doubts is what a worker has not dispelled yet, by index.
type doubts []int

func allDoubts(n int) doubts {
	open := make(doubts, n)
	for i := range open {
		open[i] = i
	}
	return open
}

// dispel looks whether the state in fr.Next dispels doubts. What compiled code
// cannot decide is left to the plain evaluator; what that cannot decide either
// is no doubt.
func (w *runner) dispel() {
	w.fr.Forward()
	w.dispelEach(false, func(e ir.Expr) (bool, error) { return w.machine.Bool(e, w.s.Decode(w.fr.Cur), nil) })
	w.fr.Back()
}

// dispelStep is dispel for the step to the state in fr.Next.
func (w *runner) dispelStep() {
	w.dispelEach(true, func(e ir.Expr) (bool, error) {
		return w.machine.Bool(e, w.s.Decode(w.fr.Cur), w.s.Decode(w.fr.Next))
	})
}

// dispelEach looks at the doubts about states or at those about steps; plain
// evaluates what compiled code cannot.
func (w *runner) dispelEach(steps bool, plain func(ir.Expr) (bool, error)) {
	p := w.s.prog
	left := w.doubts[:0]
	for _, i := range w.doubts {
		d, holds := &w.s.goals.doubts[i], false
		if d.step == steps && !w.fr.Run(func(fr *rows.Frame) { holds = p.doubts[i](fr) }) {
			ok, err := plain(d.when)
			holds = ok || err != nil && !d.must
			w.fr.Assign(true)
		}
		if !holds {
			left = append(left, i)
		}
	}
	w.doubts = left
}

// dispelPlain is dispel and dispelStep for a state that the plain evaluator made
// from from, which is nil for an initial one. A state that is not fresh dispels
// nothing by itself.
func (w *runner) dispelPlain(from, st eval.State, fresh bool) {
	left := w.doubts[:0]
	for _, i := range w.doubts {
		d, holds := &w.s.goals.doubts[i], false
		var err error
		switch {
		case d.step && from != nil:
			holds, err = w.machine.Bool(d.when, from, st)
		case !d.step && fresh:
			holds, err = w.machine.Bool(d.when, st, nil)
		}
		if !holds && (err == nil || d.must) {
			left = append(left, i)
		}
	}
	w.doubts = left
}

const codeVacuous diag.Code = "W136" // a property whose condition never holds

// open are the doubts that no worker has dispelled.
func (s *search) open() []doubt {
	seen := make([]int, len(s.goals.doubts))
	for _, w := range s.workers {
		for _, i := range w.doubts {
			seen[i]++
		}
	}
	var out []doubt
	for i, d := range s.goals.doubts {
		if seen[i] == len(s.workers) {
			out = append(out, d)
		}
	}
	return out
}

// vacuous warns of properties whose condition no worker saw hold.
func (k *check) vacuous(s *search) {
	for _, d := range s.open() {
		if !d.must {
			k.Warn(codeVacuous, &diag.Diagnostic{Span: d.when.Pos(),
				Message: fmt.Sprintf("%s holds vacuously: in no reachable state is its condition TRUE", d.name)})
		}
	}
}

// impossible reports what was to be possible and is not.
func (k *check) impossible(s *search) {
	for _, d := range s.open() {
		if !d.must {
			continue
		}
		what := "state"
		if d.step {
			what = "step"
		}
		k.Res.Status = trace.Violated
		k.Res.Violations = append(k.Res.Violations, &trace.Violation{Kind: trace.Assumption, Name: d.name,
			Message: fmt.Sprintf("%s is not possible: it is TRUE in no reachable %s.", d.name, what)})
	}
	if k.Res.Status == trace.Violated {
		k.Res.Message = k.Res.Violations[0].Sentence()
	}
}
