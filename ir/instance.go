package ir

import "github.com/lemma-mc/lemma/value"

// An Instance is a copy of a system in which some constants have other values.
// The copy shares variables, bound names and literals with the original, and
// nothing else that anybody writes to, so both may be checked at once.
type Instance struct {
	Sys *System

	constants map[*Constant]*Constant
	defs      map[*Def]*Def
}

// With returns a copy of s in which each constant of vals has its value there.
// A constant that was left arbitrary is so no longer when it is given one.
func (s *System) With(vals map[*Constant]value.Value) *Instance {
	in := &Instance{constants: map[*Constant]*Constant{}, defs: map[*Def]*Def{}}
	out := *s
	in.Sys = &out
	out.Constants = make([]*Constant, len(s.Constants))
	for i, c := range s.Constants {
		k := *c
		if v, ok := vals[c]; ok {
			k.Value, k.Def, k.Any = v, nil, false
		}
		out.Constants[i], in.constants[c] = &k, &k
	}
	for _, k := range out.Constants {
		k.Def = in.def(k.Def)
	}
	out.Defs = make(map[string]*Def, len(s.Defs))
	for name, d := range s.Defs {
		out.Defs[name] = in.def(d)
	}
	for _, e := range []*Expr{&out.Init, &out.Next, &out.Sub, &out.Symmetry, &out.View, &out.Alias} {
		*e = in.Expr(*e)
	}
	out.Temporal = in.all(s.Temporal)
	for _, fs := range []*[]*Formula{&out.Assumes, &out.Invariants, &out.Properties, &out.Constraints, &out.ActionConstraints, &out.PostConditions, &out.Possible, &out.Lemmas} {
		*fs = in.Formulas(*fs)
	}
	return in
}

// Constant is the copy of c.
func (in *Instance) Constant(c *Constant) *Constant { return in.constants[c] }

// Formulas are those of the original, about the copy.
func (in *Instance) Formulas(fs []*Formula) []*Formula {
	out := make([]*Formula, len(fs))
	for i, f := range fs {
		out[i] = &Formula{Name: f.Name, Expr: in.Expr(f.Expr), Span: f.Span}
	}
	return out
}

func (in *Instance) def(d *Def) *Def {
	if d == nil || d.Body == nil {
		return d
	}
	if c, ok := in.defs[d]; ok {
		return c
	}
	c := *d
	in.defs[d] = &c
	c.Body = in.Expr(d.Body)
	return &c
}

// Expr is e, an expression of the original, about the copy.
func (in *Instance) Expr(e Expr) Expr {
	switch e := e.(type) {
	case nil, *Lit, *VarRef, *NameRef:
		return e
	case *ConstRef:
		return &ConstRef{e.Span, in.constants[e.Const]}
	case *CallConst:
		return &CallConst{e.Span, in.constants[e.Const], in.all(e.Args)}
	case *CallName:
		return &CallName{e.Span, e.Name, in.all(e.Args)}
	case *Call:
		return &Call{e.Span, in.def(e.Def), in.all(e.Args)}
	case *Let:
		defs := make([]*Def, len(e.Defs))
		for i, d := range e.Defs {
			defs[i] = in.def(d)
		}
		return &Let{e.Span, defs, in.Expr(e.Body)}
	}
	return rebuild(e, in.Expr)
}

func (in *Instance) all(es []Expr) []Expr {
	if es == nil {
		return nil
	}
	out := make([]Expr, len(es))
	for i, e := range es {
		out[i] = in.Expr(e)
	}
	return out
}
