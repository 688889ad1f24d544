package sample

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// restrict makes a system that chooses from infinite sets one that can be
// sampled, and tells whether there was something to do. Each step and each
// initial state still is one of the system: what is chosen, by \E of an action
// or by x' \in S, comes from a finite part of the set, and a set that is not
// chosen from is left as it is, since a guard would mean something else.
func restrict(in *ir.Instance, size int) bool {
	r := &restricter{
		machine: eval.New(in.Sys, eval.Options{}),
		largest: value.Int(size),
		chosen:  map[*ir.Def]*ir.Def{},
		part:    map[*ir.Def]*ir.Def{},
	}
	in.Sys.Init, in.Sys.Next = r.choices(in.Sys.Init), r.choices(in.Sys.Next)
	return r.restricted
}

// A restricter puts finite parts of infinite sets where they are chosen from.
type restricter struct {
	machine    *eval.Machine
	largest    value.Value
	chosen     map[*ir.Def]*ir.Def // definitions as choices makes them
	part       map[*ir.Def]*ir.Def // as subset makes them
	restricted bool
}

// choices is an action that makes only steps of e.
func (r *restricter) choices(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.App:
		switch {
		case e.Op == ir.And || e.Op == ir.Or:
			return &ir.App{Span: e.Span, Op: e.Op, Args: each(e.Args, r.choices)}
		case e.Op == ir.In && assigned(e.Args[0]):
			return &ir.App{Span: e.Span, Op: e.Op, Args: []ir.Expr{e.Args[0], r.from(e.Args[1])}}
		}
	case *ir.Quant:
		if !e.All {
			return &ir.Quant{Span: e.Span, Bounds: r.bounds(e.Bounds), Body: r.choices(e.Body)}
		}
	case *ir.If:
		return &ir.If{Span: e.Span, Cond: e.Cond, Then: r.choices(e.Then), Else: r.choices(e.Else)}
	case *ir.Case:
		return r.arms(e)
	case *ir.Label:
		out := *e
		out.Body = r.choices(e.Body)
		return &out
	case *ir.Let:
		body := r.choices(e.Body)
		return &ir.Let{Span: e.Span, Defs: r.local(e.Defs), Body: body}
	case *ir.Call:
		return &ir.Call{Span: e.Span, Def: r.definition(e.Def, r.chosen, r.choices), Args: e.Args}
	}
	return e
}

func (r *restricter) arms(e *ir.Case) ir.Expr {
	out := &ir.Case{Span: e.Span, Other: e.Other}
	for _, a := range e.Arms {
		out.Arms = append(out.Arms, ir.Arm{Cond: a.Cond, Value: r.choices(a.Value)})
	}
	if out.Other != nil {
		out.Other = r.choices(out.Other)
	}
	return out
}

// assigned tells whether e is what an action or an initial predicate gives a
// value to.
func assigned(e ir.Expr) bool {
	if p, ok := e.(*ir.App); ok && p.Op == ir.Prime {
		e = p.Args[0]
	}
	_, ok := e.(*ir.VarRef)
	return ok
}

// local are definitions of a LET, with those made of them.
func (r *restricter) local(defs []*ir.Def) []*ir.Def {
	var out []*ir.Def
	for _, d := range defs {
		out = append(out, d)
		for _, made := range []*ir.Def{r.chosen[d], r.part[d]} {
			if made != nil {
				out = append(out, made)
			}
		}
	}
	return out
}

// definition is d with its body as f makes it.
func (r *restricter) definition(d *ir.Def, made map[*ir.Def]*ir.Def, f func(ir.Expr) ir.Expr) *ir.Def {
	if d.Body == nil {
		return d
	}
	if c, ok := made[d]; ok {
		return c
	}
	c := *d
	made[d] = &c
	c.Body = f(d.Body)
	return &c
}

func (r *restricter) bounds(bs []*ir.Bound) []*ir.Bound {
	out := make([]*ir.Bound, len(bs))
	for i, b := range bs {
		c := *b
		if b.Domain != nil {
			c.Domain = r.from(b.Domain)
		}
		out[i] = &c
	}
	return out
}

// from is set, or a finite subset of it where it is infinite.
func (r *restricter) from(set ir.Expr) ir.Expr {
	if !ir.Closed(set) {
		return r.subset(set)
	}
	if v, err := r.machine.Constant(set); err == nil {
		if finite, err := value.IsFinite(v); err == nil && finite {
			return set
		}
	}
	return r.subset(set)
}

// subset is a subset of e in which each universe is cut.
func (r *restricter) subset(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.ConstRef:
		if u := universe(e.Const.Value); u != 0 {
			return r.cut(&ir.App{Span: e.Span, Op: u})
		}
		if e.Const.Def != nil {
			return r.subset(&ir.Call{Span: e.Span, Def: e.Const.Def})
		}
	case *ir.Lit:
		if u := universe(e.Value); u != 0 {
			return r.cut(&ir.App{Span: e.Span, Op: u})
		}
	case *ir.Call:
		return &ir.Call{Span: e.Span, Def: r.definition(e.Def, r.part, r.subset), Args: e.Args}
	case *ir.Label:
		return r.subset(e.Body)
	case *ir.If:
		return &ir.If{Span: e.Span, Cond: e.Cond, Then: r.subset(e.Then), Else: r.subset(e.Else)}
	case *ir.Let:
		body := r.subset(e.Body)
		return &ir.Let{Span: e.Span, Defs: r.local(e.Defs), Body: body}
	case *ir.SetFilter:
		return &ir.SetFilter{Span: e.Span, Bound: r.bounds([]*ir.Bound{e.Bound})[0], Pred: e.Pred}
	case *ir.SetMap:
		return &ir.SetMap{Span: e.Span, Elem: e.Elem, Bounds: r.bounds(e.Bounds)}
	case *ir.RecordSet:
		return &ir.RecordSet{Span: e.Span, Names: e.Names, Sets: each(e.Sets, r.subset)}
	case *ir.App:
		return r.cut(e)
	}
	return e
}

// cut is a subset of what a built-in operator gives. Only those that give a
// smaller set for a smaller argument are gone into.
func (r *restricter) cut(e *ir.App) ir.Expr {
	args := e.Args
	number := func(v value.Value) ir.Expr { return &ir.Lit{Span: e.Span, Value: v} }
	between := func(low int, high value.Value) ir.Expr {
		return &ir.App{Span: e.Span, Op: ir.DotDot, Args: []ir.Expr{number(value.Int(low)), number(high)}}
	}
	switch e.Op {
	case ir.NatSet:
		r.restricted = true
		return between(0, r.largest)
	case ir.IntSet, ir.RealSet:
		r.restricted = true
		return between(-1, r.largest)
	case ir.StringSet:
		r.restricted = true
		return number(value.NewSet([]value.Value{value.NewStr("a"), value.NewStr("b")}))
	case ir.Seq:
		r.restricted = true
		var lengths []ir.Expr
		for n := range longest + 1 {
			domain := between(1, value.Int(n))
			lengths = append(lengths, &ir.App{Span: e.Span, Op: ir.FuncSet, Args: []ir.Expr{domain, r.subset(args[0])}})
		}
		return &ir.App{Span: e.Span, Op: ir.Union, Args: []ir.Expr{&ir.App{Span: e.Span, Op: ir.SetEnum, Args: lengths}}}
	case ir.Cup, ir.Product, ir.Subset:
		return &ir.App{Span: e.Span, Op: e.Op, Args: each(args, r.subset)}
	case ir.Diff:
		return &ir.App{Span: e.Span, Op: e.Op, Args: []ir.Expr{r.subset(args[0]), args[1]}}
	case ir.FuncSet:
		return &ir.App{Span: e.Span, Op: e.Op, Args: []ir.Expr{args[0], r.subset(args[1])}}
	}
	return e
}

// longest is the length of the longest sequences that are chosen from Seq(S).
const longest = 2

// universe is the operator that a value is of that is an infinite set of
// numbers or strings; 0 for others.
func universe(v value.Value) ir.Op {
	switch v {
	case value.Nat:
		return ir.NatSet
	case value.Integers:
		return ir.IntSet
	case value.Reals:
		return ir.RealSet
	case value.Strings:
		return ir.StringSet
	}
	return 0
}

func each(es []ir.Expr, f func(ir.Expr) ir.Expr) []ir.Expr {
	out := make([]ir.Expr, len(es))
	for i, e := range es {
		out[i] = f(e)
	}
	return out
}
