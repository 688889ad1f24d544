package ir

import (
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// An Instance is a copy of a system in which some constants have other values,
// or are variables.
// The copy shares variables, bound names and literals with the original, and
// nothing else that anybody writes to, so both may be checked at once.
type Instance struct {
	Sys *System

	constants map[*Constant]*Constant
	vars      map[*Constant]*Variable // constants that are variables in the copy
	varying   map[*Def]bool           // definitions that reach one of vars
	kept      Expr                    // that none of vars changes
	defs      map[*Def]*Def
}

// With returns a copy of s in which each constant of vals has its value there.
// A constant that was left arbitrary is so no longer when it is given one.
func (s *System) With(vals map[*Constant]value.Value) *Instance {
	in := &Instance{constants: map[*Constant]*Constant{}, defs: map[*Def]*Def{}}
	in.copy(s)
	for c, v := range vals {
		k := in.constants[c]
		k.Value, k.Def, k.Any = v, nil, false
	}
	return in
}

// Varying returns a copy of s in which constants of arity 0 are variables, after
// those of s. Wherever the copy speaks of a step that need not be one of the
// behaviour (ENABLED, \cdot, fairness), none of them changes in it. How they
// begin, and that they stay, is for the caller to add to Init and Next.
func (s *System) Varying(constants []*Constant) *Instance {
	in := &Instance{constants: map[*Constant]*Constant{}, defs: map[*Def]*Def{}, vars: map[*Constant]*Variable{}, varying: map[*Def]bool{}}
	vars, refs := slices.Clone(s.Variables), []Expr{}
	for _, c := range constants {
		v := &Variable{Name: c.Name, Span: c.Span, ID: len(vars)}
		vars, in.vars[c] = append(vars, v), v
		refs = append(refs, &VarRef{c.Span, v})
	}
	in.kept = &App{Op: Unchanged, Args: []Expr{&App{Op: Tuple, Args: refs}}}
	in.copy(s)
	in.Sys.Variables, in.Sys.Chosen = vars, vars[len(s.Variables):]
	return in
}

// Kept is the action that changes none of the constants that are variables in
// the copy.
func (in *Instance) Kept() Expr { return in.kept }

// copy makes the copy of s. What differs from s, in says or is put in later.
func (in *Instance) copy(s *System) {
	out := *s
	in.Sys = &out
	out.Constants = nil
	for _, c := range s.Constants {
		if in.vars[c] == nil && !in.varies(c.Def) {
			k := *c
			k.ID = len(out.Constants)
			out.Constants, in.constants[c] = append(out.Constants, &k), &k
		}
	}
	for _, k := range out.Constants {
		k.Def = in.def(k.Def)
	}
	out.Defs = make(map[string]*Def, len(s.Defs))
	for name, d := range s.Defs {
		out.Defs[name] = in.def(d)
	}
	for _, e := range []*Expr{&out.Init, &out.Next, &out.Sub, &out.Written, &out.Symmetry, &out.View, &out.Alias} {
		*e = in.Expr(*e)
	}
	out.Temporal = in.all(s.Temporal)
	for _, fs := range []*[]*Formula{&out.Assumes, &out.Invariants, &out.Properties, &out.Histories, &out.Constraints, &out.ActionConstraints, &out.PostConditions, &out.Possible, &out.Lemmas, &out.Hints} {
		*fs = in.Formulas(*fs)
	}
}

// Constant is the copy of c.
func (in *Instance) Constant(c *Constant) *Constant { return in.constants[c] }

// Constants are the copies of cs.
func (in *Instance) Constants(cs []*Constant) []*Constant {
	out := make([]*Constant, len(cs))
	for i, c := range cs {
		out[i] = in.constants[c]
	}
	return out
}

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
	if in.varies(d) {
		c.Level = max(c.Level, StateLevel)
	}
	c.Body = in.Expr(d.Body)
	return &c
}

// varies tells whether d depends on a constant that is a variable in the copy.
func (in *Instance) varies(d *Def) bool {
	if len(in.vars) == 0 || d == nil || d.Body == nil {
		return false
	}
	v, known := in.varying[d]
	if !known {
		v = in.Varies(d.Body)
		in.varying[d] = v
	}
	return v
}

// Varies tells whether e, an expression of the original, depends on a constant
// that is a variable in the copy.
func (in *Instance) Varies(e Expr) bool {
	found := false
	Reach(e, map[*Def]bool{}, func(x Expr) bool {
		if ref, ok := x.(*ConstRef); ok {
			found = found || in.vars[ref.Const] != nil
		}
		return !found
	})
	return found
}

// Expr is e, an expression of the original, about the copy.
func (in *Instance) Expr(e Expr) Expr {
	switch e := e.(type) {
	case nil, *Lit, *VarRef, *NameRef:
		return e
	case *ConstRef:
		if v := in.vars[e.Const]; v != nil {
			return &VarRef{e.Span, v}
		}
		if k := in.constants[e.Const]; k != nil {
			return &ConstRef{e.Span, k}
		}
		return &Call{e.Span, in.def(e.Const.Def), nil}
	case *CallConst:
		if k := in.constants[e.Const]; k != nil {
			return &CallConst{e.Span, k, in.all(e.Args)}
		}
		return &Call{e.Span, in.def(e.Const.Def), in.all(e.Args)}
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
	case *App:
		if e.Op == Enabled || e.Op == Cdot {
			return &App{e.Span, e.Op, in.keeping(e.Args)}
		}
	case *Fair:
		return &Fair{e.Span, e.Strong, in.Expr(e.Sub), in.keeping([]Expr{e.Action})[0]}
	}
	return rebuild(e, in.Expr)
}

// keeping are actions about the copy, in steps that keep what is kept.
func (in *Instance) keeping(actions []Expr) []Expr {
	out := in.all(actions)
	if in.kept != nil {
		for i, a := range out {
			out[i] = &App{a.Pos(), And, []Expr{in.kept, a}}
		}
	}
	return out
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
