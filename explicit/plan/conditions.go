package plan

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
)

// A Condition is a property of the form P => Q, or P ~> Q, that says nothing unless
// P holds somewhere, or a P that is to be possible. The search looks for a state
// with P, or for a step, until it finds one.
type Condition struct {
	Name string // of the property
	span source.Span
	When ir.Expr // P
	Step bool    // P speaks of a step
	Must bool    // that there is none is a violation
}

// possibilities are the conditions that the config's _POSSIBLE states.
func possibilities(sys *ir.System) []Condition {
	out := make([]Condition, len(sys.Possible))
	for i, f := range sys.Possible {
		out[i] = Condition{Name: f.Name, span: f.Span, When: f.Expr, Step: ReadsNext(f.Expr), Must: true}
	}
	return out
}

// conditionsOf lists the conditions that the properties of g leave.
func conditionsOf(g *Plan) []Condition {
	var out []Condition
	for _, gs := range [][]Property{g.Invariants, g.Temporal} {
		for _, f := range gs {
			for _, p := range antecedents(f.Expr, 0) {
				if temporal.Level(p) <= ir.StateLevel {
					out = append(out, Condition{Name: f.Name, span: f.Span, When: p})
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
