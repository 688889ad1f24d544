package rows

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// actionOf compiles e with the continuation k.
func (c *Compiler) actionOf(e ir.Expr, sc env, k Action) Action {
	k = c.named(e, k)
	if branches, assigns := c.forms(e, sc, 0); !branches {
		return c.guard(e, sc, k)
	} else if !assigns {
		return c.counted(e, sc, k)
	}
	switch e := e.(type) {
	case *ir.App:
		return c.makeApp(e, sc, k)
	case *ir.Quant:
		if e.All {
			return c.makeAll(e, sc, k)
		}
		return c.tested(e, sc, k, c.makeSome(e, sc, k))
	case *ir.If:
		cond, then, els := c.cond(e.Cond, sc), c.actionOf(e.Then, sc, k), c.actionOf(e.Else, sc, k)
		return func(fr *Frame) {
			if cond(fr) {
				then(fr)
			} else {
				els(fr)
			}
		}
	case *ir.Case:
		conds, es := c.arms(e, sc)
		arms, pick := make([]Action, len(es)), firstTrue(conds)
		for i, x := range es {
			arms[i] = c.actionOf(x, sc, k)
		}
		return func(fr *Frame) { arms[pick(fr)](fr) }
	case *ir.Let:
		inner, ts := c.letScope(e, sc)
		return begun(c.actionOf(e.Body, inner, k), ts)
	case *ir.Label:
		return c.actionOf(e.Body, sc, k)
	case *ir.ActionBox:
		return c.makeBox(e, sc, k)
	case *ir.Index: // of a function whose body is an action
		return Stuck
	}
	body, inner, ts, ok := c.open(e, sc)
	if !ok || c.depth > maxInlineDepth {
		return Stuck
	}
	c.depth++
	defer func() { c.depth-- }()
	return begun(c.actionOf(body, inner, k), ts)
}

// named is k after a step of the disjunct of Next that e is, if it is one. One
// may also stand inside another, as an action that is a conjunct of another
// does: then the outer one has the last word.
func (c *Compiler) named(e ir.Expr, k Action) Action {
	i := c.acts.Index(e)
	if i == ir.Unlisted {
		return k
	}
	return func(fr *Frame) {
		fr.Action = i
		k(fr)
	}
}

func (c *Compiler) like(from, sc env) env {
	from.primed = sc.primed
	return from
}

// begun starts thunks before m runs.
func begun(m Action, ts []*thunk) Action {
	begin := start(ts)
	if begin == nil {
		return m
	}
	return func(fr *Frame) { begin(fr); m(fr) }
}

// guard goes on when e is TRUE.
func (c *Compiler) guard(e ir.Expr, sc env, k Action) Action {
	test := c.compile(e, sc, boolShape)
	if b, ok := test.constant.(value.Bool); ok {
		if b {
			return k
		}
		return func(*Frame) {}
	}
	ok := c.asBool(test)
	return func(fr *Frame) {
		if ok(fr) {
			k(fr)
		}
	}
}

// Stuck leaves the state at hand to the evaluator.
func Stuck(*Frame) { bail() }

func (c *Compiler) makeApp(e *ir.App, sc env, k Action) Action {
	switch e.Op {
	case ir.And:
		return c.inTurn(len(e.Args), k, func(i int, k Action) Action { return c.actionOf(e.Args[i], sc, k) })
	case ir.Or:
		return c.tested(e, sc, k, c.makeOr(e.Args, sc, k))
	case ir.Implies:
		cond, then := c.cond(e.Args[0], sc), c.actionOf(e.Args[1], sc, k)
		return func(fr *Frame) {
			if cond(fr) {
				then(fr)
			} else {
				k(fr)
			}
		}
	case ir.Eq:
		if v, _ := c.assignable(e.Args[0], sc); v != nil {
			return c.assign(v, e, sc, k)
		}
	case ir.In:
		if v, _ := c.assignable(e.Args[0], sc); v != nil {
			return c.assignMember(v, e, sc, k)
		}
	case ir.Subseteq:
		if v, _ := c.assignable(e.Args[0], sc); v != nil {
			return c.assignMember(v, ir.AsMember(e), sc, k)
		}
	case ir.Unchanged:
		if !c.init {
			return c.makeUnchanged(e.Args[0], sc, k)
		}
	case ir.Cdot:
		if !c.init {
			return c.makeCdot(e, sc, k)
		}
	}
	return c.guard(e, sc, k)
}

func (c *Compiler) makeOr(args []ir.Expr, sc env, k Action) Action {
	ways := make([]Action, len(args))
	for i, a := range args {
		ways[i] = c.actionOf(a, sc, k)
	}
	if found := c.found; found != 0 {
		return func(fr *Frame) {
			for i := 0; i < len(ways) && fr.loc[found] == 0; i++ {
				ways[i](fr)
			}
		}
	}
	if len(ways) == 2 {
		a, b := ways[0], ways[1]
		return func(fr *Frame) { a(fr); b(fr) }
	}
	return func(fr *Frame) {
		for _, w := range ways {
			w(fr)
		}
	}
}

// makeSome branches over the elements of the bounds.
func (c *Compiler) makeSome(e *ir.Quant, sc env, k Action) Action {
	f, ok := c.nest(e.Bounds, sc, func(in env) func(*Frame) bool {
		body := c.actionOf(e.Body, in, k)
		if found := c.found; found != 0 {
			return func(fr *Frame) bool { body(fr); return fr.loc[found] == 0 }
		}
		return func(fr *Frame) bool { body(fr); return true }
	})
	if !ok {
		return Stuck
	}
	return func(fr *Frame) { f(fr) }
}

// maxUnroll bounds the instances of a \A in an action.
const maxUnroll = 256

// makeAll makes the body true for every element in turn; the domains must be
// constant sets, for each instance is compiled by itself.
func (c *Compiler) makeAll(e *ir.Quant, sc env, k Action) Action {
	scopes := []env{sc}
	for _, b := range e.Bounds {
		if b.Domain == nil || b.Tuple {
			return Stuck
		}
		set := c.compile(b.Domain, sc, nil)
		if set.constant == nil {
			return Stuck
		}
		elems, err := value.Elements(set.constant)
		if err != nil {
			return Stuck
		}
		for _, n := range b.Names {
			if len(scopes)*len(elems) > maxUnroll {
				return Stuck
			}
			scopes = c.bindEach(scopes, n, elems)
		}
	}
	return c.inTurn(len(scopes), k, func(i int, k Action) Action { return c.actionOf(e.Body, scopes[i], k) })
}

// inTurn makes n conjuncts true one after the other: all but the first are behind
// another.
func (c *Compiler) inTurn(n int, k Action, conjunct func(i int, k Action) Action) Action {
	outer := c.behind
	defer func() { c.behind = outer }()
	for i := n - 1; i >= 0; i-- {
		c.behind = outer || i > 0
		k = conjunct(i, k)
	}
	return k
}

func (c *Compiler) bindEach(scopes []env, n *ir.Name, elems []value.Value) []env {
	var out []env
	for _, sc := range scopes {
		for _, v := range elems {
			out = append(out, c.bind(sc, n, c.constant(v)))
		}
	}
	return out
}

// makeBox is A \/ UNCHANGED v, or A /\ v' # v.
func (c *Compiler) makeBox(e *ir.ActionBox, sc env, k Action) Action {
	if e.Angle {
		same := c.unchanged(e.Sub, sc)
		return c.actionOf(e.Action, sc, func(fr *Frame) {
			if !same(fr) {
				k(fr)
			}
		})
	}
	act, still := c.actionOf(e.Action, sc, k), c.makeUnchanged(e.Sub, sc, k)
	return c.tested(e, sc, k, func(fr *Frame) { act(fr); still(fr) })
}

// makeCdot goes by way of a state between: A leads there, B leads on.
func (c *Compiler) makeCdot(e *ir.App, sc env, k Action) Action {
	n, vars := c.Slots, len(c.shapes)
	cur, nxt, set := c.newLoc(n), c.newLoc(n), c.newLoc(vars)
	mid := c.newLoc(n)
	outer := !c.composing
	c.composing = true
	defer func() { c.composing = !outer }()
	second := c.actionOf(e.Args[1], sc, func(fr *Frame) {
		copy(fr.loc[mid:mid+n], fr.Cur)
		copy(fr.Cur, fr.loc[cur:cur+n])
		fr.SetCur()
		k(fr)
		copy(fr.Cur, fr.loc[mid:mid+n])
		fr.SetCur()
	})
	first := c.actionOf(e.Args[0], sc, func(fr *Frame) {
		if !fr.complete() {
			bail()
		}
		if outer { // TLC counts the state between, too
			fr.Passed += fr.Weight
		}
		between := append([]int64(nil), fr.Next...)
		copy(fr.loc[cur:cur+n], fr.Cur)
		copy(fr.Cur, between)
		fr.SetCur()
		copy(fr.Next, fr.loc[nxt:nxt+n])
		loadFlags(fr.set, fr.loc[set:set+vars])
		second(fr)
		copy(fr.Cur, fr.loc[cur:cur+n])
		fr.SetCur()
		copy(fr.Next, between)
		for i := range fr.set {
			fr.set[i] = true
		}
	})
	return func(fr *Frame) {
		copy(fr.loc[nxt:nxt+n], fr.Next)
		saveFlags(fr.loc[set:set+vars], fr.set)
		clear(fr.set)
		first(fr)
		copy(fr.Next, fr.loc[nxt:nxt+n])
		loadFlags(fr.set, fr.loc[set:set+vars])
	}
}

func saveFlags(dst []int64, set []bool) {
	for i, b := range set {
		dst[i] = boolSlot(b)
	}
}

func loadFlags(set []bool, src []int64) {
	for i, x := range src {
		set[i] = x != 0
	}
}
