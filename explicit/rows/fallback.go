package rows

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// fallback leaves e to the evaluator. The names that e uses go in as an
// environment, its variables as a state; the result is remembered by the slots of
// both, so that a recursive operator runs once for each argument.
func (c *Compiler) fallback(e ir.Expr, sc env) *code {
	c.work++
	whole, holes, uses, ok := c.closed(e, sc)
	if !ok {
		return c.giveUp()
	}
	k := &code{dep: noDep, v: c.plainRun(whole, holes, uses.dep)}
	if uses.dep.impure {
		return k
	}
	return c.memoized(k, uses, holes)
}

// closed is e without the names of its scope, the holes for their values, and
// what else the value depends on.
func (c *Compiler) closed(e ir.Expr, sc env) (whole ir.Expr, holes []*hole, uses usage, ok bool) {
	cl := &closing{c: c, sc: sc}
	if whole, ok = cl.close(e); !ok {
		return nil, nil, usage{}, false
	}
	if sc.primed && !c.init {
		whole = &ir.App{Span: e.Pos(), Op: ir.Prime, Args: []ir.Expr{whole}}
	}
	uses = c.usesOf(whole)
	c.dep = c.dep.join(uses.dep)
	for _, h := range cl.holes {
		c.dep = c.dep.join(h.code.dep)
	}
	return whole, cl.holes, uses, true
}

// giveUp is code that always bails out. A routine with it in its body is not
// worth running.
func (c *Compiler) giveUp() *code {
	for _, r := range c.routines {
		r.failed = true
	}
	c.dep.impure = true
	return &code{dep: noDep, v: func(*Frame) value.Value { bail(); return nil }}
}

// A hole is a place in a closed expression for the value of a local name, which
// is bound just before the expression is evaluated.
type hole struct {
	code *code
	val  func(*Frame) value.Value
	slot keyer // appends the slots of the value
	name *ir.Name
}

// A closing makes an expression that stands in a scope into one whose only free
// names are those of its holes.
type closing struct {
	c     *Compiler
	sc    env
	holes []*hole
	depth int
}

// close wraps e in the LETs and arguments that its names need. It fails on
// what cannot be closed.
func (cl *closing) close(e ir.Expr) (ir.Expr, bool) {
	return cl.within(e, cl.sc, nil)
}

// within closes e, which stands in sc; bound names are e's own.
func (cl *closing) within(e ir.Expr, sc env, bound []*ir.Name) (ir.Expr, bool) {
	if cl.depth++; cl.depth > maxInlineDepth {
		return nil, false
	}
	defer func() { cl.depth-- }()
	for {
		l := lacksLet(e, sc)
		if l == nil {
			break
		}
		e = &ir.Let{Span: e.Pos(), Defs: l.Defs, Body: e}
	}
	var params []*ir.Name
	var args []ir.Expr
	closed := true
	for _, n := range ir.FreeNames(e) {
		if containsName(bound, n) { // a definition sees only its parameters
			params, args = append(params, n), append(args, &ir.NameRef{Span: e.Pos(), Name: n})
			continue
		}
		closed = false
		arg, ok := cl.argument(n, sc)
		if !ok {
			return nil, false
		}
		params, args = append(params, n), append(args, arg)
	}
	if closed {
		return e, true
	}
	d := &ir.Def{Name: "expression", Params: params, Body: e, Span: e.Pos(), Level: ir.ActionLevel}
	return &ir.Call{Span: e.Pos(), Def: d, Args: args}, true
}

// argument is a closed expression for what n means in sc.
func (cl *closing) argument(n *ir.Name, sc env) (ir.Expr, bool) {
	b := sc.find(n)
	switch {
	case b == nil:
		return nil, false
	case b.code != nil:
		h := &hole{code: b.code, val: cl.c.val(b.code), slot: cl.c.keyOf(b.code), name: &ir.Name{Ident: n.Ident}}
		cl.holes = append(cl.holes, h)
		return &ir.NameRef{Name: h.name}, true
	case b.thunk != nil:
		return cl.within(b.thunk.expr, b.thunk.from, nil)
	case b.op != nil:
		body, ok := cl.within(b.op.Body, b.from, b.op.Params)
		if !ok {
			return nil, false
		}
		return &ir.OpArg{Span: b.op.Span, Params: b.op.Params, Body: body}, true
	}
	return nil, false
}

func containsName(ns []*ir.Name, n *ir.Name) bool {
	for _, o := range ns {
		if o == n {
			return true
		}
	}
	return false
}

// lacksLet finds a LET of sc with a definition that e applies and does not
// hold.
func lacksLet(e ir.Expr, sc env) *ir.Let {
	held := map[*ir.Def]bool{}
	var lacks *ir.Let
	ir.Walk(e, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.Let:
			for _, d := range x.Defs {
				held[d] = true
			}
		case *ir.Call:
			if b := sc.findDef(x.Def); b != nil && b.let != nil && !held[x.Def] && lacks == nil {
				lacks = b.let
			}
		}
		return true
	})
	return lacks
}

// A usage says what of the state an expression reads.
type usage struct {
	dep  dep
	vars []int // by ID, all that may be read
	// moves tells that a part may be evaluated in another state than the
	// present one: what is primed, or under ENABLED.
	moves bool
}

// byValue tells whether what has the uses u may be given k, the code of an
// argument, as a value: not when it may ask for that in another state.
func (u usage) byValue(k *code) bool { return !u.moves || k == nil || k.dep.pure() }

// usesOf looks through e and all definitions that it reaches.
func (c *Compiler) usesOf(e ir.Expr) usage {
	u := usage{dep: noDep}
	seen := map[int]bool{}
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.VarRef:
			if !seen[x.Var.ID] {
				seen[x.Var.ID] = true
				u.vars = append(u.vars, x.Var.ID)
			}
			u.dep.state = true
		case *ir.Call:
			if c.host.Machine.Fixed(x.Def) {
				return false
			}
		case *ir.App:
			switch x.Op {
			case ir.Prime, ir.Unchanged, ir.Cdot:
				u.dep.prime, u.moves = true, true
			case ir.Enabled:
				u.dep.prime, u.moves = true, true
			}
		case *ir.ActionBox:
			u.dep.prime, u.moves = true, true
		}
		u.dep.impure = u.dep.impure || eval.EffectsOfNode(x).Any(ir.Impure)
		return true
	})
	if c.init && u.dep.state {
		u.dep.prime = true
	}
	return u
}

// plainRun evaluates a closed expression with its holes filled. What d says not
// to read the state gets none: it may run before there is one.
func (c *Compiler) plainRun(e ir.Expr, holes []*hole, d dep) func(*Frame) value.Value {
	init, l := c.init, c.Layout
	return func(fr *Frame) value.Value {
		var at eval.Env
		for _, h := range holes {
			at = at.Bind(h.name, h.val(fr))
		}
		var cur, next eval.State
		switch {
		case !d.state && !d.prime:
		case init:
			cur = fr.partial(l, fr.Next, fr.set)
		default:
			cur, next = l.Decode(fr.Cur), fr.partial(l, fr.Next, fr.set)
		}
		v, err := fr.Host.Machine.ValueIn(at, e, cur, next)
		if err != nil {
			bail()
		}
		return v
	}
}

// partial decodes the variables of row that are set.
func (fr *Frame) partial(l *Layout, row []int64, set []bool) eval.State {
	st := make(eval.State, len(l.shapes))
	for i, s := range l.shapes {
		if set[i] {
			st[i] = l.decode(s, row[l.offs[i]:])
		}
	}
	return st
}
