package module

import (
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
)

// written are the operators that stand before, between or after their arguments.
var written = []ir.Op{
	ir.And, ir.Or, ir.Not, ir.Implies, ir.Iff, ir.Eq, ir.Neq, ir.In, ir.NotIn, ir.Subseteq, ir.Cup, ir.Cap, ir.Diff,
	ir.Subset, ir.Union, ir.Product, ir.Domain, ir.Prime, ir.Unchanged, ir.Enabled, ir.Cdot, ir.Always, ir.Eventually,
	ir.LeadsTo, ir.Guarantees, ir.Add, ir.Sub, ir.Neg, ir.Mul, ir.Quo, ir.Mod, ir.Pow, ir.Lt, ir.Le, ir.Gt, ir.Ge,
	ir.DotDot, ir.Concat, ir.ColonGt, ir.AtAt,
}

// TestPrintedReadsTheSame: an operator below an operator is printed with the
// parentheses that it needs to be read as it is. Some have no meaning there: E206 and
// E216 say so of what was read.
func TestPrintedReadsTheSame(t *testing.T) {
	m, files, diags := loadText(t, &Loader{}, "EXTENDS Integers, Sequences, TLC\nVARIABLE v")
	if m == nil {
		t.Fatal(diags.Err())
	}
	v := &ir.VarRef{Var: m.Variables[0]}
	of := func(op ir.Op, first ir.Expr) *ir.App {
		args := []ir.Expr{first, v}
		if op.Arity() == 1 {
			args = args[:1]
		}
		return &ir.App{Op: op, Args: args}
	}
	for _, outer := range written {
		for _, inner := range written {
			below := of(inner, v)
			exprs := []*ir.App{of(outer, below)}
			if outer.Arity() != 1 {
				exprs = append(exprs, &ir.App{Op: outer, Args: []ir.Expr{v, below}})
			}
			for _, e := range exprs {
				text := ir.String(e)
				var list diag.List
				got := m.Expr(files.Add("<expr>", text), &list)
				meant := got != nil || len(list.Errors()) > 0 && slices.Contains([]diag.Code{"E206", "E216"}, list.Errors()[0].Code)
				if !meant || got != nil && !readAs(got, e) {
					t.Errorf("%v of %v is printed as %s: %v", outer, inner, text, list.Err())
				}
			}
		}
	}
}

// readAs tells whether a and b are the same operators of the same arguments.
func readAs(a, b ir.Expr) bool {
	x, isApp := a.(*ir.App)
	y, also := b.(*ir.App)
	if !isApp || !also {
		return a != nil && isApp == also && ir.String(a) == ir.String(b)
	}
	if x.Op != y.Op || len(x.Args) != len(y.Args) {
		return false
	}
	for i := range x.Args {
		if !readAs(x.Args[i], y.Args[i]) {
			return false
		}
	}
	return true
}
