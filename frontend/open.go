package frontend

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
)

const (
	codeNothingOpen    diag.Code = "C214" // --cinit where every constant has a value
	codeChosenSymmetry diag.Code = "W157" // a SYMMETRY of what the search chooses
)

// choose makes variables of the open constants of sys, which the initial
// predicate chooses and no step changes. The behaviours are then those of the
// spec for all values of these constants that satisfy the predicate of --cinit
// (Apalache's constant initialiser) and the ASSUMEs.
func (l *loading) choose(sys *ir.System) *ir.System {
	open := l.open(sys)
	initial := l.constInit(sys, len(open) > 0)
	if len(open) == 0 || l.diags.Err() != nil {
		return sys
	}
	l.chosen = sys.Varying(open)
	out := l.chosen.Sys
	for i, e := range initial {
		initial[i] = l.chosen.Expr(e)
	}
	out.Assumes = nil
	for i, f := range l.chosen.Formulas(sys.Assumes) {
		if l.chosen.Varies(sys.Assumes[i].Expr) {
			initial = append(initial, f.Expr)
		} else {
			out.Assumes = append(out.Assumes, f)
		}
	}
	if out.Init != nil {
		out.Init = conjunction(append(initial, out.Init))
		out.Next = restricted([]ir.Expr{l.chosen.Kept()}, out.Next, nil)
	}
	if out.View != nil { // states under other constants are other states
		args := []ir.Expr{out.View}
		for _, v := range out.Chosen {
			args = append(args, &ir.VarRef{Span: v.Span, Var: v})
		}
		out.View = &ir.App{Span: out.View.Pos(), Op: ir.Tuple, Args: args}
	}
	if sys.Symmetry != nil && l.chosen.Varies(sys.Symmetry) {
		l.diags.Add(&diag.Diagnostic{Code: codeChosenSymmetry, Class: diag.Config, Span: sys.Symmetry.Pos(),
			Message: "the symmetry is about a constant that the search chooses: it is left out"})
		out.Symmetry = nil
	}
	return out
}

// open are the constants that a search is to choose.
func (l *loading) open(sys *ir.System) []*ir.Constant {
	var out []*ir.Constant
	for _, c := range sys.Constants {
		if l.Choose && c.Any {
			out = append(out, c)
		}
	}
	return out
}

// constInit is what --cinit says, if anything.
func (l *loading) constInit(sys *ir.System, some bool) []ir.Expr {
	if l.ConstInit == "" {
		return nil
	}
	at := l.flag("--cinit", l.ConstInit)
	f := l.formula(at, "a predicate of constants", ir.ConstantLevel)
	if f == nil {
		return nil
	}
	if !some {
		l.report(codeNothingOpen, at.Span, "take a constant's value out of the config, or name the constant by --any",
			"%s is to choose constants, and every constant of module %s has a value", at.Text, sys.Name)
	}
	return []ir.Expr{f.Expr}
}
