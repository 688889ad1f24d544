package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
)

// A doubt is a property of the form P => Q, or P ~> Q, that says nothing unless
// P holds somewhere. The search looks for a state with P until it finds one.
type doubt struct {
	name string // of the property
	span source.Span
	when ir.Expr // P
}

// doubtsOf lists the doubts that the properties of g leave.
func doubtsOf(g *goals) []doubt {
	var out []doubt
	for _, gs := range [][]goal{g.invariants, g.temporal} {
		for _, f := range gs {
			for _, p := range antecedents(f.Expr, 0) {
				if temporal.Level(p) <= ir.StateLevel {
					out = append(out, doubt{f.Name, f.Span, p})
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

// dispel looks whether the state in fr.nxt dispels doubts. What compiled code
// cannot decide is left to the plain evaluator; what that cannot decide either
// is no doubt.
func (w *runner) dispel() {
	p := w.s.prog
	w.swap(1)
	left := w.doubts[:0]
	for _, i := range w.doubts {
		holds := false
		if !w.try(func(fr *frame) { holds = p.doubts[i](fr) }) {
			ok, err := w.machine.Bool(w.s.goals.doubts[i].when, w.s.decodeState(w.fr.cur), nil)
			holds = ok || err != nil
			clearTo(w.fr.set, true)
		}
		if !holds {
			left = append(left, i)
		}
	}
	w.doubts = left
	w.swap(-1)
}

// dispelPlain is dispel for a state that the plain evaluator made.
func (w *runner) dispelPlain(st eval.State) {
	left := w.doubts[:0]
	for _, i := range w.doubts {
		if ok, err := w.machine.Bool(w.s.goals.doubts[i].when, st, nil); !ok && err == nil {
			left = append(left, i)
		}
	}
	w.doubts = left
}

const codeVacuous diag.Code = "W136" // a property whose condition never holds

// vacuous warns of properties whose condition no worker saw hold.
func (k *check) vacuous(s *search) {
	seen := make([]int, len(k.goals.doubts))
	for _, w := range s.workers {
		for _, i := range w.doubts {
			seen[i]++
		}
	}
	for i, d := range k.goals.doubts {
		if seen[i] == len(s.workers) {
			k.warn(codeVacuous, &diag.Diagnostic{Span: d.when.Pos(),
				Message: fmt.Sprintf("%s holds vacuously: in no reachable state is its condition TRUE", d.name)})
		}
	}
}
