package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
)

// A part of an action that assigns nothing may still be true in several ways,
// and TLC counts what follows once for each: \E m \in msgs : P(m), as a
// conjunct, leads to as many successors as there are witnesses. What follows is
// the same each time, so it runs once, with a weight.
//
// Once every variable has a value, what remains is only tested, as in TLC: it
// leads to one successor, however many ways it is true in.

// counted goes on once, with the weight of e's ways.
func (c *Compiler) counted(e ir.Expr, sc env, k Action) Action {
	ways := c.multiplicityOf(e, sc)
	return c.tested(e, sc, k, func(fr *Frame) {
		n := ways(fr)
		if n == 0 {
			return
		}
		outer := fr.Weight
		fr.Weight *= n
		k(fr)
		fr.Weight = outer
	})
}

// tested is m, which makes e true and goes on with k, but only tests e once every
// variable has a value. That can be so only behind another conjunct.
func (c *Compiler) tested(e ir.Expr, sc env, k, m Action) Action {
	if c.composing || !c.behind {
		return m
	}
	holds := c.safeCond(e, sc)
	return func(fr *Frame) {
		if !fr.complete() {
			m(fr)
		} else if holds(fr) {
			k(fr)
		}
	}
}

// forms tells whether e may be true in several ways, and whether it may assign
// a variable.
func (c *Compiler) forms(e ir.Expr, sc env, depth int) (branches, assigns bool) {
	if depth > maxInlineDepth {
		return true, true
	}
	depth++
	switch e := e.(type) {
	case *ir.App:
		return c.formsOfApp(e, sc, depth)
	case *ir.Quant:
		for _, b := range e.Bounds {
			for _, n := range b.Names {
				sc.names = &binding{parent: sc.names, name: n}
			}
		}
		branches, assigns = c.forms(e.Body, sc, depth)
		return branches || !e.All, assigns
	case *ir.If:
		return c.formsOfAny(sc, depth, e.Then, e.Else)
	case *ir.Case:
		var arms []ir.Expr
		for _, a := range e.Arms {
			arms = append(arms, a.Value)
		}
		if e.Other != nil {
			arms = append(arms, e.Other)
		}
		return c.formsOfAny(sc, depth, arms...)
	case *ir.Let:
		inner, _ := c.letScope(e, sc)
		return c.forms(e.Body, inner, depth)
	case *ir.Label:
		return c.forms(e.Body, sc, depth)
	case *ir.ActionBox:
		return true, true
	case *ir.Index:
		if f, in, ok := c.applied(e, sc); ok {
			return c.forms(f.Body, in, depth)
		}
		return false, false
	}
	return c.formsOfCall(e, sc, depth)
}

// formsOfAny is forms of what may be any of es.
func (c *Compiler) formsOfAny(sc env, depth int, es ...ir.Expr) (branches, assigns bool) {
	for _, x := range es {
		b, a := c.forms(x, sc, depth)
		branches, assigns = branches || b, assigns || a
	}
	return branches, assigns
}

func (c *Compiler) formsOfApp(e *ir.App, sc env, depth int) (branches, assigns bool) {
	switch e.Op {
	case ir.Or:
		_, assigns = c.formsOfAny(sc, depth, e.Args...)
		return true, assigns
	case ir.Cdot:
		return true, true
	case ir.Unchanged:
		return !c.init, !c.init
	case ir.And:
		return c.formsOfAny(sc, depth, e.Args...)
	case ir.Implies: // TLC takes it apart in actions, not in initial predicates
		if !c.init {
			return c.forms(e.Args[1], sc, depth)
		}
	case ir.Eq, ir.In:
		v, _ := c.assignable(e.Args[0], sc)
		return v != nil, v != nil
	}
	return false, false
}

// formsOfCall is forms of what applies a definition or an operator.
func (c *Compiler) formsOfCall(e ir.Expr, sc env, depth int) (branches, assigns bool) {
	if call, ok := e.(*ir.Call); ok && eval.IsNative(call.Def) {
		return false, false
	}
	if body, inner, ok := c.opened(e, sc); ok {
		return c.forms(body, inner, depth)
	}
	if d, args := recursionOf(e); d != nil && !slices.Contains(c.forming, d) {
		c.forming = append(c.forming, d)
		defer func() { c.forming = c.forming[:len(c.forming)-1] }()
		inner, _ := c.enter(d.Params, args, sc, c.defScope(d, sc))
		return c.forms(d.Body, inner, depth)
	}
	return false, false
}

// opened is the body of the definition or operator that e applies, with its
// scope; not ok when e applies none, or one that only the evaluator runs.
func (c *Compiler) opened(e ir.Expr, sc env) (ir.Expr, env, bool) {
	body, inner, _, ok := c.open(e, sc)
	return body, inner, ok
}

func (c *Compiler) open(e ir.Expr, sc env) (body ir.Expr, inner env, ts []*thunk, ok bool) {
	def := func(d *ir.Def, args []ir.Expr, from env) (ir.Expr, env, []*thunk, bool) {
		if d == nil || d.Body == nil || d.Recursive || len(d.Params) != len(args) {
			return nil, sc, nil, false
		}
		in, ts := c.enter(d.Params, args, sc, from)
		return d.Body, in, ts, true
	}
	switch e := e.(type) {
	case *ir.Call:
		return def(e.Def, e.Args, c.defScope(e.Def, sc))
	case *ir.CallConst:
		return def(e.Const.Def, e.Args, env{})
	case *ir.ConstRef:
		if e.Const.Value == nil {
			return def(e.Const.Def, nil, env{})
		}
	case *ir.CallName:
		if b := c.operator(e, sc); b != nil {
			in, ts := c.enter(b.op.Params, e.Args, sc, b.from)
			return b.op.Body, in, ts, true
		}
	case *ir.NameRef:
		if b := sc.find(e.Name); b != nil && b.thunk != nil {
			return b.thunk.expr, c.like(b.thunk.from, sc), nil, true
		}
	}
	return nil, sc, nil, false
}

// applied is the function that e applies to one plain argument, with the scope
// of its body; the parameter is not bound there.
func (c *Compiler) applied(e *ir.Index, sc env) (*ir.Func, env, bool) {
	fun, in := c.standsFor(e.Fun, sc)
	f, ok := fun.(*ir.Func)
	if !ok || len(f.Bounds) != 1 || f.Bounds[0].Tuple || len(f.Bounds[0].Names) != 1 {
		return nil, sc, false
	}
	return f, in, true
}

// multiplicityOf counts the ways in which e, which assigns nothing, is true.
func (c *Compiler) multiplicityOf(e ir.Expr, sc env) count {
	if b, _ := c.forms(e, sc, 0); !b {
		return oneIf(c.cond(e, sc))
	}
	switch e := e.(type) {
	case *ir.App:
		return c.waysOfApp(e, sc)
	case *ir.Quant:
		return c.waysOfQuant(e, sc)
	case *ir.If:
		cond, then, els := c.cond(e.Cond, sc), c.multiplicityOf(e.Then, sc), c.multiplicityOf(e.Else, sc)
		return func(fr *Frame) int64 {
			if cond(fr) {
				return then(fr)
			}
			return els(fr)
		}
	case *ir.Case:
		conds, es := c.arms(e, sc)
		arms, pick := make([]count, len(es)), firstTrue(conds)
		for i, x := range es {
			arms[i] = c.multiplicityOf(x, sc)
		}
		return func(fr *Frame) int64 { return arms[pick(fr)](fr) }
	case *ir.Let:
		inner, ts := c.letScope(e, sc)
		return countStarted(c.multiplicityOf(e.Body, inner), ts)
	case *ir.Label:
		return c.multiplicityOf(e.Body, sc)
	case *ir.Index:
		return c.waysOfIndex(e, sc)
	}
	if body, inner, ts, ok := c.open(e, sc); ok && c.depth <= maxInlineDepth {
		c.depth++
		defer func() { c.depth-- }()
		return countStarted(c.multiplicityOf(body, inner), ts)
	}
	if d, args := recursionOf(e); d != nil {
		return c.multiplicityOfRecursion(d, args, sc)
	}
	return oneIf(c.cond(e, sc))
}

func oneIf(f Test) count { return func(fr *Frame) int64 { return boolSlot(f(fr)) } }

func countStarted(n count, ts []*thunk) count {
	begin := start(ts)
	if begin == nil {
		return n
	}
	return func(fr *Frame) int64 { begin(fr); return n(fr) }
}

func (c *Compiler) waysOfApp(e *ir.App, sc env) count {
	var parts []count
	switch e.Op {
	case ir.And:
		for _, a := range e.Args {
			parts = append(parts, c.multiplicityOf(a, sc))
		}
		return func(fr *Frame) int64 {
			n := int64(1)
			for _, p := range parts {
				if n = mul64(n, p(fr)); n == 0 {
					break
				}
			}
			return n
		}
	case ir.Or:
		for _, a := range e.Args {
			parts = append(parts, c.multiplicityOf(a, sc))
		}
		return func(fr *Frame) (n int64) {
			for _, p := range parts {
				n = add64(n, p(fr))
			}
			return n
		}
	case ir.Implies:
		cond, then := c.cond(e.Args[0], sc), c.multiplicityOf(e.Args[1], sc)
		return func(fr *Frame) int64 {
			if cond(fr) {
				return then(fr)
			}
			return 1
		}
	}
	return oneIf(c.cond(e, sc))
}

// waysOfQuant multiplies (\A) or adds (\E) the ways for each element.
func (c *Compiler) waysOfQuant(e *ir.Quant, sc env) count {
	sum := c.newLoc(1)
	run, ok := c.nest(e.Bounds, sc, func(in env) func(*Frame) bool {
		body := c.multiplicityOf(e.Body, in)
		if e.All {
			return func(fr *Frame) bool {
				n := body(fr)
				fr.loc[sum] = mul64(fr.loc[sum], n)
				return n != 0
			}
		}
		return func(fr *Frame) bool {
			n := body(fr)
			fr.loc[sum] = add64(fr.loc[sum], n)
			return true
		}
	})
	if !ok {
		return func(*Frame) int64 { bail(); return 0 }
	}
	first := boolSlot(e.All)
	return func(fr *Frame) int64 {
		fr.loc[sum] = first
		run(fr)
		return fr.loc[sum]
	}
}

// waysOfIndex applies a function whose body may be true in several ways.
func (c *Compiler) waysOfIndex(e *ir.Index, sc env) count {
	f, in, ok := c.applied(e, sc)
	if !ok {
		return oneIf(c.cond(e, sc))
	}
	arg := c.asInt(c.compile(e.Arg, sc, intShape))
	r := c.recursions[f]
	if r == nil || f.Self == nil {
		r = c.newRecursion(f, in)
	}
	return func(fr *Frame) int64 {
		x, st := arg(fr), &fr.stack
		locs, vals := len(st.slots), len(st.vals)
		st.slots = append(st.slots, fr.loc[r.from:r.to]...)
		st.vals = append(st.vals, fr.val[r.vals:r.last]...)
		fr.loc[r.slot] = x
		n := r.body(fr)
		copy(fr.loc[r.from:r.to], st.slots[locs:])
		copy(fr.val[r.vals:r.last], st.vals[vals:])
		st.slots, st.vals = st.slots[:locs], st.vals[:vals]
		return n
	}
}

func (c *Compiler) newRecursion(f *ir.Func, in env) *recursion {
	r := &recursion{f: f, from: c.locs, vals: c.vals}
	if f.Self != nil {
		in.names = &binding{parent: in.names, name: f.Self, serial: c.serial, thunk: &thunk{expr: f, from: in, around: c.around}}
		if c.recursions == nil {
			c.recursions = map[*ir.Func]*recursion{}
		}
		c.recursions[f] = r
		defer delete(c.recursions, f)
	}
	slot, bound := c.local(intShape)
	r.slot = slot
	member := c.memberOf(bound, f.Bounds[0].Domain, in)
	body := c.multiplicityOf(f.Body, c.bind(in, f.Bounds[0].Names[0], bound))
	r.body = func(fr *Frame) int64 {
		if !member(fr) {
			bail()
		}
		return body(fr)
	}
	r.to, r.last = c.locs, c.vals
	return r
}

// recursionOf is the recursive definition that e applies, with the arguments; nil
// for none.
func recursionOf(e ir.Expr) (*ir.Def, []ir.Expr) {
	var d *ir.Def
	var args []ir.Expr
	switch e := e.(type) {
	case *ir.Call:
		d, args = e.Def, e.Args
	case *ir.CallConst:
		d, args = e.Const.Def, e.Args
	}
	if d == nil || d.Body == nil || !d.Recursive || len(d.Params) != len(args) {
		return nil, nil
	}
	return d, args
}

// multiplicityOfRecursion counts the ways of a recursive operator by a routine that
// gives their number.
func (c *Compiler) multiplicityOfRecursion(d *ir.Def, args []ir.Expr, sc env) count {
	in := c.like(c.defScope(d, sc), sc)
	if r := c.inBodyOf(d, in, true); r != nil {
		return slotOf(c.again(r, args, sc))
	}
	k := c.routine(&routine{def: d, in: in, ways: true}, d.Params, args, d.Body, sc, intShape)
	if k == nil {
		return func(*Frame) int64 { bail(); return 0 }
	}
	return slotOf(k)
}
