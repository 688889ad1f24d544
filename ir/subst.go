package ir

import "fmt"

// Subst returns e with each NameRef to a key of with replaced by its
// expression. Names are unique, so nothing can be captured. Parts of e that
// mention none of the names are shared with the result. An operator parameter
// may be replaced by an OpArg: applications of it become its body with the
// arguments put in.
func Subst(e Expr, with map[*Name]Expr) Expr {
	if len(with) == 0 || e == nil {
		return e
	}
	s := &substituter{with: with, defs: map[*Def]*Def{}}
	return s.expr(e)
}

// A substituter holds the replacements for names, and for the definitions of
// Lets whose bodies they changed.
type substituter struct {
	with map[*Name]Expr
	defs map[*Def]*Def
}

func (s *substituter) expr(e Expr) Expr {
	switch e := e.(type) {
	case nil, *Lit, *ConstRef, *VarRef:
		return e
	case *NameRef:
		if x, ok := s.with[e.Name]; ok {
			return x
		}
		return e
	case *CallName:
		return s.callName(e)
	case *Let:
		return s.let(e)
	case *Call:
		args, changed := s.exprs(e.Args)
		def, moved := s.defs[e.Def]
		switch {
		case moved:
			return &Call{e.Span, def, args}
		case changed:
			return &Call{e.Span, e.Def, args}
		}
		return e
	}
	if !s.touches(e) {
		return e
	}
	return rebuild(e, s.expr)
}

// touches tells whether any child of e changes.
func (s *substituter) touches(e Expr) bool {
	found := false
	Walk(e, func(x Expr) bool {
		switch x := x.(type) {
		case *NameRef:
			_, ok := s.with[x.Name]
			found = found || ok
		case *CallName:
			_, ok := s.with[x.Name]
			found = found || ok
		case *Call:
			_, ok := s.defs[x.Def]
			found = found || ok
		}
		return !found
	})
	return found
}

func (s *substituter) exprs(es []Expr) (out []Expr, changed bool) {
	out = make([]Expr, len(es))
	for i, x := range es {
		out[i] = s.expr(x)
		changed = changed || out[i] != x
	}
	return out, changed
}

func (s *substituter) all(es []Expr) []Expr {
	out, _ := s.exprs(es)
	return out
}

func (s *substituter) callName(e *CallName) Expr {
	args := s.all(e.Args)
	switch op := s.with[e.Name].(type) {
	case nil:
		return &CallName{e.Span, e.Name, args}
	case *OpArg:
		with := make(map[*Name]Expr, len(op.Params))
		for i, p := range op.Params {
			with[p] = args[i]
		}
		return Subst(op.Body, with)
	default:
		panic(fmt.Sprintf("ir.Subst: operator parameter %s replaced by %T", e.Name.Ident, op))
	}
}

// let copies the definitions whose bodies change. They may call one another,
// so all are copied as soon as one is touched.
func (s *substituter) let(e *Let) Expr {
	if !s.touches(e) {
		return e
	}
	defs := make([]*Def, len(e.Defs))
	for i, d := range e.Defs {
		c := *d
		defs[i] = &c
		s.defs[d] = &c
	}
	for _, d := range defs {
		d.Body = s.expr(d.Body)
	}
	return &Let{e.Span, defs, s.expr(e.Body)}
}
