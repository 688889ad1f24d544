package rows

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// start forgets the values of thunks, as their scope is entered anew.
func start(ts []*thunk) func(*Frame) {
	var flags []int
	for _, t := range ts {
		if t.flag != 0 {
			flags = append(flags, t.flag)
		}
	}
	switch len(flags) {
	case 0:
		return nil
	case 1:
		f := flags[0]
		return func(fr *Frame) { fr.loc[f] = 0 }
	}
	return func(fr *Frame) {
		for _, f := range flags {
			fr.loc[f] = 0
		}
	}
}

// name compiles the use of a bound name.
func (c *Compiler) name(e *ir.NameRef, sc env, want *shape) *code {
	b := sc.find(e.Name)
	switch {
	case b == nil:
		return c.fallback(e, sc)
	case b.code != nil:
		c.dep = c.dep.join(b.code.dep)
		return b.code
	case b.thunk != nil:
		return c.force(b.thunk, sc, want)
	case b.routine != nil: // it is used as a value
		return c.giveUp()
	}
	return c.fallback(e, sc)
}

// force compiles the use of a thunk. What depends on the state under
// construction is evaluated anew each time, as that state changes between
// uses; so is what costs nothing.
func (c *Compiler) force(t *thunk, use env, want *shape) *code {
	from := t.from
	if use.primed && !from.primed {
		from.primed = true
		return c.compile(t.expr, from, want)
	}
	if t.busy {
		return c.giveUp()
	}
	if t.code == nil {
		t.busy = true
		back := c.standing(t.around)
		k := c.compile(t.expr, from, want)
		back()
		t.code = withParts(c.heldTo(c.once(k, t), k, "an argument"), k)
		t.busy = false
	}
	c.dep = c.dep.join(t.code.dep)
	return t.code
}

// once makes k remember its value under t's flag.
func (c *Compiler) once(k *code, t *thunk) *code {
	if k.constant != nil || k.at != nil || k.dep.prime || k.dep.impure {
		return k
	}
	t.flag = c.newLoc(1)
	flag, out := t.flag, &code{shape: k.shape, dep: k.dep}
	switch s := k.shape; {
	case s == nil && k.idOf != nil:
		return c.onceID(k, flag)
	case s == nil:
		slot, v := c.newVal(), k.v
		out.v = func(fr *Frame) value.Value {
			if fr.loc[flag] == 0 {
				fr.val[slot] = v(fr)
				fr.loc[flag] = 1
			}
			return fr.val[slot]
		}
	case !s.scalar():
		slot, row := c.newLoc(s.size), k.row
		place := &place{src: srcLoc, off: slot, dyn: func(fr *Frame) int {
			if fr.loc[flag] == 0 {
				copy(fr.loc[slot:slot+s.size], row(fr))
				fr.loc[flag] = 1
			}
			return 0
		}}
		out = fromPlace(place, s)
		out.dep = k.dep
	case s.kind == kindBool:
		b := k.b
		out.b = func(fr *Frame) bool {
			if fr.loc[flag] == 0 {
				fr.loc[flag] = 1 + boolSlot(b(fr))
			}
			return fr.loc[flag] == 2
		}
	default:
		slot, n := c.newLoc(1), k.n
		out.n = func(fr *Frame) int64 {
			if fr.loc[flag] == 0 {
				fr.loc[slot] = n(fr)
				fr.loc[flag] = 1
			}
			return fr.loc[slot]
		}
	}
	return out
}

// onceID is once for a remembered value, which is known by its id as well.
func (c *Compiler) onceID(k *code, flag int) *code {
	get := k.entry
	entry := c.entries
	c.entries++
	at := func(fr *Frame) *memoValue {
		if fr.loc[flag] == 0 {
			fr.entries[entry] = get(fr)
			fr.loc[flag] = 1
		}
		return fr.entries[entry]
	}
	return c.fromMemo(nil, at, k.dep)
}

// enter binds params to args for the body of a definition that stands in
// from. The thunks are to be started before the body runs.
func (c *Compiler) enter(params []*ir.Name, args []ir.Expr, sc, from env) (env, []*thunk) {
	var ts []*thunk
	from.primed = sc.primed
	for i, p := range params {
		b := &binding{parent: from.names, name: p, serial: c.serial}
		if op, ok := args[i].(*ir.OpArg); ok {
			b.op, b.from, b.around = op, sc, c.around
			from.names = b
			continue
		}
		if n, ok := args[i].(*ir.NameRef); ok {
			if same := sc.find(n.Name); same != nil && (same.code != nil || same.thunk != nil || same.op != nil) {
				b.code, b.thunk, b.op, b.from, b.around = same.code, same.thunk, same.op, same.from, same.around
				from.names = b
				continue
			}
		}
		b.thunk = &thunk{expr: args[i], from: sc, around: c.around}
		ts = append(ts, b.thunk)
		from.names = b
	}
	return from, ts
}

// body compiles the body of a called definition. Recursion and very deep
// nests of calls are left to the evaluator.
func (c *Compiler) body(e ir.Expr, d *ir.Def, args []ir.Expr, sc, from env, run func(env) *code) *code {
	if d.Body == nil || d.Recursive || c.depth > maxInlineDepth || len(d.Params) != len(args) {
		return c.fallback(e, sc)
	}
	c.depth++
	defer func() { c.depth-- }()
	inner, ts := c.enter(d.Params, args, sc, from)
	if eval.Eager(d) {
		for _, call := range eval.EagerCalls(d) {
			c.eager[call] = true
		}
	}
	k := run(inner)
	if k.shape == nil && k.constant == nil && from.names == nil {
		k = c.memoizedCall(k, d, inner)
	}
	if eval.Eager(d) {
		if k = c.eagerly(k, d.Params, inner); k == nil {
			return c.fallback(e, sc)
		}
	}
	return c.started(k, start(ts))
}

// eagerly is k with what params are bound to evaluated before; nil where k is a
// constant and that may fail.
func (c *Compiler) eagerly(k *code, params []*ir.Name, sc env) *code {
	forced := c.forced(params, sc)
	if k.constant != nil && forced != nil {
		return nil
	}
	return c.started(k, forced)
}

// forced evaluates what params are bound to, which may fail; nil when nothing can.
func (c *Compiler) forced(params []*ir.Name, sc env) func(*Frame) {
	var run []func(*Frame)
	for _, p := range params {
		b := sc.find(p)
		if b.thunk == nil {
			continue
		}
		if k := c.force(b.thunk, sc, nil); k.constant == nil && (k.at == nil || k.at.dyn != nil) {
			run = append(run, k.run())
		}
	}
	if run == nil {
		return nil
	}
	return func(fr *Frame) {
		for _, f := range run {
			f(fr)
		}
	}
}

// memoizedCall makes a definition of values, not of slots, run once for each
// content of its arguments. It must read nothing but them.
func (c *Compiler) memoizedCall(k *code, d *ir.Def, inner env) *code {
	u := c.usesOf(d.Body)
	if len(d.Params) == 0 || len(u.vars) > 0 || u.dep.prime || u.dep.impure || k.dep.impure {
		return k
	}
	costly := false
	ir.Walk(d.Body, func(e ir.Expr) bool {
		switch e.(type) {
		case *ir.Quant, *ir.Choose, *ir.SetFilter, *ir.SetMap, *ir.Func:
			costly = true
		}
		return true
	})
	var holes []*hole
	for _, p := range d.Params {
		b := inner.find(p)
		var arg *code
		switch {
		case b.code != nil:
			arg = b.code
		case b.thunk != nil:
			arg = c.force(b.thunk, inner, nil)
		default:
			return k
		}
		if !u.byValue(arg) {
			return k
		}
		if arg.shape == nil && arg.constant == nil && arg.lit == nil && arg.idOf == nil && !costly {
			return k
		}
		holes = append(holes, &hole{code: arg, slot: c.keyOf(arg)})
	}
	return c.memoized(k, usage{dep: noDep}, holes)
}

// started is k with begin run before it.
func (c *Compiler) started(k *code, begin func(*Frame)) *code {
	if begin == nil || k.constant != nil {
		return k
	}
	if get := k.entry; get != nil {
		return withParts(c.fromMemo(nil, func(fr *Frame) *memoValue { begin(fr); return get(fr) }, k.dep), k)
	}
	out := &code{shape: k.shape, dep: k.dep}
	switch {
	case k.shape == nil:
		v := k.v
		out.v = func(fr *Frame) value.Value { begin(fr); return v(fr) }
	case !k.shape.scalar():
		row := k.row
		out.row = func(fr *Frame) []int64 { begin(fr); return row(fr) }
	case k.shape.kind == kindBool:
		b := k.b
		out.b = func(fr *Frame) bool { begin(fr); return b(fr) }
	default:
		n := k.n
		out.n = func(fr *Frame) int64 { begin(fr); return n(fr) }
	}
	return withParts(out, k)
}

func (c *Compiler) call(e *ir.Call, sc env, want *shape) *code {
	if b := sc.findDef(e.Def); b != nil && b.thunk != nil {
		return c.force(b.thunk, sc, want)
	}
	if c.host.Machine.Fixed(e.Def) && eval.Effects(e.Def.Body).Any(ir.Draws) {
		v, _ := c.host.Machine.Constant(e) // it is known
		return c.constant(v)
	}
	if eval.SlowBody(e.Def) {
		return c.fallback(e, sc)
	}
	if e.Def.Recursive {
		if k := c.recursive(e, sc, want); k != nil {
			return k
		}
	}
	if k := c.stateFunction(e, sc, want); k != nil {
		return k
	}
	if e.Def.Key == selectSeqKey {
		if k := c.selectSeq(e, sc, want); k != nil {
			return k
		}
	}
	return c.body(e, e.Def, e.Args, sc, c.defScope(e.Def, sc), func(in env) *code {
		return c.compile(e.Def.Body, in, want)
	})
}

// defScope is the scope that a definition stands in: its Let's, or none.
func (c *Compiler) defScope(d *ir.Def, sc env) env {
	if b := sc.findDef(d); b != nil {
		return env{names: b}
	}
	return env{}
}

// operator finds what the operator parameter that e applies is bound to; nil when
// that is nothing, or takes other arguments.
func (c *Compiler) operator(e *ir.CallName, sc env) *binding {
	b := sc.find(e.Name)
	if b == nil || b.op == nil || len(b.op.Params) != len(e.Args) {
		return nil
	}
	return b
}

func (c *Compiler) callName(e *ir.CallName, sc env, want *shape) *code {
	b := c.operator(e, sc)
	if b == nil || c.depth > maxInlineDepth {
		return c.fallback(e, sc)
	}
	c.depth++
	defer func() { c.depth-- }()
	inner, ts := c.enter(b.op.Params, e.Args, sc, b.from)
	back := c.standing(b.around)
	k := c.compile(b.op.Body, inner, want)
	back()
	if c.eager[e] {
		if k = c.eagerly(k, b.op.Params, inner); k == nil {
			return c.fallback(e, sc)
		}
	}
	return c.started(k, start(ts))
}

func (c *Compiler) callConst(e *ir.CallConst, sc env, want *shape) *code {
	d := e.Const.Def
	if d == nil {
		return c.fallback(e, sc)
	}
	return c.body(e, d, e.Args, sc, env{}, func(in env) *code { return c.compile(d.Body, in, want) })
}

// letScope binds the definitions of a Let.
func (c *Compiler) letScope(e *ir.Let, sc env) (env, []*thunk) {
	var ts []*thunk
	for _, d := range e.Defs {
		b := &binding{parent: sc.names, def: d, let: e, serial: c.serial}
		if len(d.Params) == 0 && !d.Recursive && d.Body != nil {
			b.thunk = &thunk{expr: d.Body, from: env{names: b, primed: sc.primed}, around: c.around}
			ts = append(ts, b.thunk)
		}
		sc.names = b
	}
	return sc, ts
}

func (c *Compiler) let(e *ir.Let, sc env, want *shape) *code {
	inner, ts := c.letScope(e, sc)
	return c.started(c.compile(e.Body, inner, want), start(ts))
}

// standsFor follows names and parameterless definitions.
func (c *Compiler) standsFor(e ir.Expr, sc env) (ir.Expr, env) {
	for {
		switch x := e.(type) {
		case *ir.NameRef:
			b := sc.find(x.Name)
			if b == nil || b.thunk == nil {
				return e, sc
			}
			e, sc = b.thunk.expr, c.like(b.thunk.from, sc)
		case *ir.Call:
			if len(x.Args) > 0 || x.Def.Body == nil || x.Def.Recursive {
				return e, sc
			}
			e, sc = x.Def.Body, c.like(c.defScope(x.Def, sc), sc)
		case *ir.Label:
			e = x.Body
		default:
			return e, sc
		}
	}
}
