package ir

import "fmt"

// rebuild copies e with f applied to its children. Nodes that refer to
// definitions, and those without children, are the caller's.
func rebuild(e Expr, f func(Expr) Expr) Expr {
	r := rebuilder{f}
	switch e := e.(type) {
	case *App:
		return &App{e.Span, e.Op, r.all(e.Args)}
	case *CallConst:
		return &CallConst{e.Span, e.Const, r.all(e.Args)}
	case *OpArg:
		return &OpArg{e.Span, e.Params, f(e.Body)}
	case *Quant:
		return &Quant{e.Span, e.All, r.bounds(e.Bounds), f(e.Body)}
	case *Choose:
		return &Choose{e.Span, r.bound(e.Bound), f(e.Body)}
	case *SetFilter:
		return &SetFilter{e.Span, r.bound(e.Bound), f(e.Pred)}
	case *SetMap:
		return &SetMap{e.Span, f(e.Elem), r.bounds(e.Bounds)}
	case *Func:
		return &Func{e.Span, e.Self, r.bounds(e.Bounds), f(e.Body)}
	case *Index:
		return &Index{e.Span, f(e.Fun), f(e.Arg)}
	case *Record:
		return &Record{e.Span, e.Names, r.all(e.Vals)}
	case *RecordSet:
		return &RecordSet{e.Span, e.Names, r.all(e.Sets)}
	case *Except:
		return &Except{e.Span, f(e.Fun), r.all(e.Path), e.At, f(e.Value)}
	case *If:
		return &If{e.Span, f(e.Cond), f(e.Then), f(e.Else)}
	case *Case:
		arms := make([]Arm, len(e.Arms))
		for i, a := range e.Arms {
			arms[i] = Arm{f(a.Cond), f(a.Value)}
		}
		return &Case{e.Span, arms, r.opt(e.Other)}
	case *ActionBox:
		return &ActionBox{e.Span, e.Angle, f(e.Action), f(e.Sub)}
	case *Fair:
		return &Fair{e.Span, e.Strong, f(e.Sub), f(e.Action)}
	case *TemporalQuant:
		return &TemporalQuant{e.Span, e.All, e.Names, f(e.Body)}
	case *Label:
		return &Label{e.Span, e.Name, f(e.Body), e.Of, e.Frees, e.Shut}
	}
	panic(fmt.Sprintf("ir.rebuild: %T", e))
}

type rebuilder struct{ f func(Expr) Expr }

func (r rebuilder) opt(e Expr) Expr {
	if e == nil {
		return nil
	}
	return r.f(e)
}

func (r rebuilder) all(es []Expr) []Expr {
	out := make([]Expr, len(es))
	for i, e := range es {
		out[i] = r.f(e)
	}
	return out
}

func (r rebuilder) bound(b *Bound) *Bound {
	return &Bound{b.Names, b.Tuple, r.opt(b.Domain)}
}

func (r rebuilder) bounds(bs []*Bound) []*Bound {
	out := make([]*Bound, len(bs))
	for i, b := range bs {
		out[i] = r.bound(b)
	}
	return out
}

// Replace returns e with other expressions in the place of those parts for which
// with returns one, from the outside in. What definitions are made of stays.
func Replace(e Expr, with func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	if x := with(e); x != nil {
		return x
	}
	r := rebuilder{func(x Expr) Expr { return Replace(x, with) }}
	switch e := e.(type) {
	case *Lit, *ConstRef, *VarRef, *NameRef:
		return e
	case *Call:
		return &Call{e.Span, e.Def, r.all(e.Args)}
	case *CallName:
		return &CallName{e.Span, e.Name, r.all(e.Args)}
	case *Let:
		return &Let{e.Span, e.Defs, r.f(e.Body)}
	}
	return rebuild(e, r.f)
}
