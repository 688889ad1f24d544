package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A thunk is an expression that is evaluated when its value is wanted, and
// remembered together with the failures on the way: an argument, or a
// definition without parameters. F(x)' means F(x'), so that the value depends
// on the state of the place of use.
type thunk struct {
	expr ir.Expr
	env  *env
	path *symbolic.Path // on which it is evaluated, and all that want it are
	memo [2]memo        // by whether variables are primed
}

// A memo is a value with what it was computed from; or why there is none.
type memo struct {
	cur, next State
	val       Sym
	fails     []Failure
	err       error
}

// stillMeans tells whether m is the value of x in c, too. States are never changed
// in place, so that their first slot identifies them; others may have the same
// values for all that x reads, as those have that an action is making.
func (e *Encoder) stillMeans(m *memo, x ir.Expr, c evalContext) bool {
	sameCur, sameNext := first(m.cur) == first(c.cur), first(m.next) == first(c.next)
	if sameCur && sameNext {
		return true
	}
	f := e.factsOf(x)
	if !f.closed {
		return false
	}
	return (sameCur || c.primed && !f.action || agree(m.cur, c.cur, f.variables)) &&
		(sameNext || !c.primed && !f.action || agree(m.next, c.next, f.variables))
}

// agree tells whether two states have the same values for some variables.
func agree(a, b State, vars []*ir.Variable) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(vars) == 0
	}
	return !slices.ContainsFunc(vars, func(v *ir.Variable) bool {
		return a[v.ID] == nil || b[v.ID] == nil || !symbolic.Identical(a[v.ID], b[v.ID])
	})
}

func first(s State) *Sym {
	if len(s) == 0 {
		return nil
	}
	return &s[0]
}

func (e *Encoder) force(t *thunk, c evalContext) Sym {
	i := 0
	if c.primed {
		i = 1
	}
	if !e.Within(c.path, t.path) {
		t.path, t.memo = e.Common(t.path, c.path), [2]memo{}
	}
	m := &t.memo[i]
	if !m.known() || c.late || !e.stillMeans(m, t.expr, c) {
		*m = memo{} // while it is being computed
		*m = e.computed(t, c)
	}
	got := *m
	if c.late {
		*m = memo{} // who may wait is told so
	}
	if got.err != nil {
		symbolic.UnsupportedAgain(got.err)
	}
	for _, f := range got.fails {
		e.Fail(c.path, f.When, f.Err)
	}
	return got.val
}

func (m *memo) known() bool { return m.val != nil || m.err != nil }

// computed is what t comes to in the states of c. That it has no symbolic value is
// remembered like a value: those that ask for it try other ways, and where such
// arguments stand in each other, as in a recursion, each would try them all again.
func (e *Encoder) computed(t *thunk, c evalContext) memo {
	m := memo{cur: c.cur, next: c.next}
	c.env, c.path = t.env, t.path
	fails := e.Collect(func() {
		m.err = symbolic.Try(func() { m.val = e.lazily(t.expr, c) })
	})
	m.fails = e.OncePerError(fails)
	return m
}

// call applies a definition.
func (e *Encoder) call(x *ir.Call, c evalContext) Sym {
	d := x.Def
	if writes(d) {
		return Known{V: value.True}
	}
	if d.Body == nil {
		symbolic.Unsupported(codeNoBody, x.Span, "the symbolic engine has no meaning for %s", d.Name)
	}
	if len(d.Params) == 0 && !d.Recursive {
		return e.force(e.thunkOf(d, c), c)
	}
	if d.Recursive {
		return e.Recursion(c.path, func() Sym { return e.apply(x, c) })
	}
	e.Enter()
	defer e.Leave()
	return e.apply(x, c)
}

// apply is the body of a definition for its arguments.
func (e *Encoder) apply(x *ir.Call, c evalContext) Sym {
	d, inner := x.Def, c
	inner.env = e.bindParams(d.Params, x.Args, c, e.home(d, c))
	if eval.Eager(d) {
		for _, call := range eval.EagerCalls(d) {
			e.eager[call] = true
		}
	}
	if e.eager[x] || eval.Eager(d) {
		e.forceAll(d.Params, inner)
	}
	return e.lazily(d.Body, inner)
}

// forceAll evaluates what params are bound to.
func (e *Encoder) forceAll(params []*ir.Name, c evalContext) {
	for _, p := range params {
		for b := c.env; b != nil; b = b.up {
			if b.name != p {
				continue
			}
			if b.arg != nil {
				e.Whole(e.force(b.arg, c), c.path)
			}
			break
		}
	}
}

// thunkOf is the thunk of a definition without parameters.
func (e *Encoder) thunkOf(d *ir.Def, c evalContext) *thunk {
	if e.local[d] {
		for b := c.env; b != nil; b = b.up {
			if b.def == d {
				return b.arg
			}
		}
	}
	t := e.global[d]
	if t == nil {
		t = &thunk{expr: d.Body} // on any path
		e.global[d] = t
	}
	return t
}

// home is the environment in which d was defined: empty, but for a definition
// of a LET.
func (e *Encoder) home(d *ir.Def, c evalContext) *env {
	if e.local[d] {
		for b := c.env; b != nil; b = b.up {
			if b.def == d {
				return b
			}
		}
	}
	return nil
}

// bindParams binds parameters to arguments that stand in c.
func (e *Encoder) bindParams(params []*ir.Name, args []ir.Expr, c evalContext, inner *env) *env {
	for i, p := range params {
		inner = bindArg(p, args[i], c, inner)
	}
	return inner
}

func bindArg(p *ir.Name, arg ir.Expr, c evalContext, inner *env) *env {
	switch a := arg.(type) {
	case *ir.OpArg:
		return &env{name: p, op: a, home: c.env, up: inner}
	case *ir.Lit:
		return &env{name: p, val: Known{V: a.Value}, up: inner}
	case *ir.NameRef:
		for b := c.env; b != nil; b = b.up {
			if b.name == a.Name { // the binding itself, lest thunks pile up
				return &env{name: p, val: b.val, arg: b.arg, op: b.op, home: b.home, up: inner}
			}
		}
	}
	return &env{name: p, arg: &thunk{expr: arg, env: c.env, path: c.path}, up: inner}
}

// bindDefs opens a LET: its definitions see what is bound outside, and those
// before them; a recursive one sees itself.
func (e *Encoder) bindDefs(defs []*ir.Def, c evalContext) evalContext {
	for _, d := range defs {
		e.local[d] = true
		b := &env{def: d, up: c.env}
		b.arg = &thunk{expr: d.Body, env: b, path: c.path}
		c.env = b
	}
	return c
}

// callName applies an operator that is an argument.
func (e *Encoder) callName(x *ir.CallName, c evalContext) Sym {
	for b := c.env; b != nil; b = b.up {
		if b.name == x.Name {
			inner := c
			inner.env = e.bindParams(b.op.Params, x.Args, c, b.home)
			if e.eager[x] {
				e.forceAll(b.op.Params, inner)
			}
			return e.lazily(b.op.Body, inner)
		}
	}
	panic("encode: the operator " + x.Name.Ident + " is not bound")
}
