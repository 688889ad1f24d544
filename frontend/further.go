package frontend

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// further puts into sys the invariants that speak of more than a state, and
// returns the others: a formula A about steps is the property [][A]_vars
// (Apalache's action invariant), an operator of one argument a formula about the
// sequence of states so far (its trace invariant).
func (l *loading) further(sys *ir.System, invariants []config.Name) (rest []config.Name) {
	for _, n := range invariants {
		if f := l.ofHistory(n); f != nil {
			sys.Histories = append(sys.Histories, f)
		} else if f := l.ofStep(sys, n); f != nil {
			sys.Properties = append(sys.Properties, f)
		} else {
			rest = append(rest, n)
		}
	}
	return rest
}

func (l *loading) ofHistory(n config.Name) *ir.Formula {
	d := l.mod.Def(n.Text)
	if d == nil || len(d.Params) != 1 || d.Params[0].Arity > 0 || d.Body == nil || d.Level > ir.StateLevel {
		return nil
	}
	p := &ir.Name{Ident: d.Params[0].Ident, Span: d.Params[0].Span}
	return &ir.Formula{Name: n.Text, Span: d.Span, Expr: &ir.OpArg{
		Span: d.Span, Params: []*ir.Name{p},
		Body: &ir.Call{Span: d.Span, Def: d, Args: []ir.Expr{&ir.NameRef{Span: p.Span, Name: p}}},
	}}
}

func (l *loading) ofStep(sys *ir.System, n config.Name) *ir.Formula {
	f := l.quietly(n)
	if f == nil || temporal.Level(f.Expr) != ir.ActionLevel {
		return nil
	}
	box := &ir.ActionBox{Span: f.Expr.Pos(), Action: f.Expr, Sub: allVariables(sys)}
	return &ir.Formula{Name: f.Name, Span: f.Span, Expr: &ir.App{Span: f.Expr.Pos(), Op: ir.Always, Args: []ir.Expr{box}}}
}

// quietly is what n names, or nil; what is wrong with it is told by who looks it
// up next.
func (l *loading) quietly(n config.Name) *ir.Formula {
	said := l.diags
	defer func() { l.diags = said }()
	l.diags = &diag.List{}
	return l.lookup(n, "an invariant")
}
