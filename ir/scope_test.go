package ir

import (
	"slices"
	"testing"
)

// TestScopes: Scopes visits what Children visits, and between them it binds all
// names that a node has.
func TestScopes(t *testing.T) {
	for _, n := range nodes {
		var want, got []Expr
		var has, bound []*Name
		Children(n.expr, func(x Expr) { want = append(want, x) })
		Binders(n.expr, func(n *Name) { has = append(has, n) })
		Scopes(n.expr, func(x Expr, names []*Name) {
			got, bound = append(got, x), append(bound, names...)
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s: children %v, want %v", n.want, got, want)
		}
		if !slices.Equal(bound, has) {
			t.Errorf("%s: binds %v, want %v", n.want, bound, has)
		}
	}
}

// TestFreeNames: a name means what it means in one place only.
func TestFreeNames(t *testing.T) {
	y := &Name{Ident: "y"}
	ry := &NameRef{Name: y}
	op := &Name{Ident: "Op", Arity: 1}
	bound := []*Bound{{Names: []*Name{x}, Domain: rx}}
	body := app(Add, rx, ry)
	f := &Def{Name: "F", Params: []*Name{x}, Body: body}
	for _, tt := range []struct {
		expr Expr
		want []*Name
	}{
		{v, nil},
		{body, []*Name{x, y}},
		{&Quant{Bounds: bound, Body: rx}, []*Name{x}}, // in its own domain
		{&Quant{Bounds: []*Bound{{Names: []*Name{x}, Domain: ry}}, Body: rx}, []*Name{y}},
		{&SetMap{Elem: rx, Bounds: bound}, []*Name{x}},
		{&Choose{Bound: &Bound{Names: []*Name{x}}, Body: body}, []*Name{y}},
		{&Func{Self: y, Bounds: []*Bound{{Names: []*Name{x}, Domain: v}}, Body: body}, nil},
		{&Except{Fun: rx, Path: []Expr{ry}, At: x, Value: rx}, []*Name{x, y}},
		{&Except{Fun: v, Path: []Expr{v}, At: x, Value: rx}, nil},
		{&OpArg{Params: []*Name{x}, Body: body}, []*Name{y}},
		{&Let{Defs: []*Def{f}, Body: &Call{Def: f, Args: []Expr{num(1)}}}, []*Name{y}},
		{&Let{Defs: []*Def{f}, Body: body}, []*Name{y, x}}, // the body once inside, once beside
		{app(Tuple, &Quant{Bounds: []*Bound{{Names: []*Name{x}}}, Body: rx}, rx), []*Name{x}},
		{&CallName{Name: op, Args: []Expr{ry, ry}}, []*Name{op, y}},
	} {
		if got := FreeNames(tt.expr); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v is free, want %v", String(tt.expr), idents(got), idents(tt.want))
		}
	}
}

func idents(ns []*Name) (out []string) {
	for _, n := range ns {
		out = append(out, n.Ident)
	}
	return out
}
