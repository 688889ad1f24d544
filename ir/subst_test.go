package ir

import (
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func TestSubst(t *testing.T) {
	x, y, f, p := &Name{Ident: "x"}, &Name{Ident: "y"}, &Name{Ident: "F", Arity: 1}, &Name{Ident: "p"}
	ref := func(n *Name) Expr { return &NameRef{Name: n} }
	one := &Lit{Value: value.Int(1)}
	s := &VarRef{Var: &Variable{Name: "s"}}
	local := &Def{Name: "D", Body: &App{Op: Add, Args: []Expr{ref(x), one}}}
	inc := &OpArg{Params: []*Name{p}, Body: &App{Op: Add, Args: []Expr{ref(p), one}}}
	tests := []struct {
		name string
		e    Expr
		with map[*Name]Expr
		want string
	}{
		{"name", &App{Op: Add, Args: []Expr{ref(x), ref(y)}}, map[*Name]Expr{x: one}, "1 + y"},
		{"under a quantifier", &Quant{Bounds: []*Bound{{Names: []*Name{y}, Domain: ref(x)}},
			Body: &App{Op: Eq, Args: []Expr{ref(x), ref(y)}}}, map[*Name]Expr{x: s}, `\E y \in s : s = y`},
		{"in a local definition", &Let{Defs: []*Def{local}, Body: &Call{Def: local}}, map[*Name]Expr{x: s},
			"LET D == s + 1 IN D"},
		{"operator parameter", &CallName{Name: f, Args: []Expr{ref(y)}}, map[*Name]Expr{f: inc, y: s}, "s + 1"},
	}
	for _, test := range tests {
		before := String(test.e)
		if got := String(Subst(test.e, test.with)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
		if String(test.e) != before {
			t.Errorf("%s: the original changed to %s", test.name, String(test.e))
		}
	}
}

func TestSubstSharesWhatItDoesNotTouch(t *testing.T) {
	x, y := &Name{Ident: "x"}, &Name{Ident: "y"}
	e := &App{Op: Not, Args: []Expr{&NameRef{Name: y}}}
	if Subst(e, map[*Name]Expr{x: &Lit{Value: value.True}}) != Expr(e) {
		t.Error("an expression without the name was copied")
	}
}
