package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A maker is a compiled action: it makes the action true in every way, as the
// plain evaluator does (see package eval, which gives the rules), and calls
// its continuation, compiled into it, after each.
type maker func(*frame)

// makerOf compiles e with the continuation k.
func (c *compiler) makerOf(e ir.Expr, sc lexical, k maker) maker {
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
		cond, then, els := c.cond(e.Cond, sc), c.makerOf(e.Then, sc, k), c.makerOf(e.Else, sc, k)
		return func(fr *frame) {
			if cond(fr) {
				then(fr)
			} else {
				els(fr)
			}
		}
	case *ir.Case:
		conds, es := c.arms(e, sc)
		arms, pick := make([]maker, len(es)), firstTrue(conds)
		for i, x := range es {
			arms[i] = c.makerOf(x, sc, k)
		}
		return func(fr *frame) { arms[pick(fr)](fr) }
	case *ir.Let:
		inner, ts := c.letScope(e, sc)
		return begun(c.makerOf(e.Body, inner, k), ts)
	case *ir.Label:
		return c.makerOf(e.Body, sc, k)
	case *ir.ActionBox:
		return c.makeBox(e, sc, k)
	case *ir.Index: // of a function whose body is an action
		return stuck
	}
	body, inner, ts, ok := c.open(e, sc)
	if !ok || c.depth > maxInlineDepth {
		return stuck
	}
	c.depth++
	defer func() { c.depth-- }()
	return begun(c.makerOf(body, inner, k), ts)
}

// named is k after a step of the disjunct of Next that e is, if it is one. One
// may also stand inside another, as an action that is a conjunct of another
// does: then the outer one has the last word.
func (c *compiler) named(e ir.Expr, k maker) maker {
	i := c.acts.Index(e)
	if i == ir.Unlisted {
		return k
	}
	return func(fr *frame) {
		fr.action = i
		k(fr)
	}
}

func (c *compiler) like(from, sc lexical) lexical {
	from.primed = sc.primed
	return from
}

// begun starts thunks before m runs.
func begun(m maker, ts []*thunk) maker {
	begin := start(ts)
	if begin == nil {
		return m
	}
	return func(fr *frame) { begin(fr); m(fr) }
}

// guard goes on when e is TRUE.
func (c *compiler) guard(e ir.Expr, sc lexical, k maker) maker {
	kod := c.compile(e, sc, boolShape)
	if b, ok := kod.konst.(value.Bool); ok {
		if b {
			return k
		}
		return func(*frame) {}
	}
	ok := c.asBool(kod)
	return func(fr *frame) {
		if ok(fr) {
			k(fr)
		}
	}
}

// stuck leaves the state at hand to the plain evaluator.
func stuck(*frame) { bail() }

func (c *compiler) makeApp(e *ir.App, sc lexical, k maker) maker {
	switch e.Op {
	case ir.And:
		return c.inTurn(len(e.Args), k, func(i int, k maker) maker { return c.makerOf(e.Args[i], sc, k) })
	case ir.Or:
		return c.tested(e, sc, k, c.makeOr(e.Args, sc, k))
	case ir.Implies:
		cond, then := c.cond(e.Args[0], sc), c.makerOf(e.Args[1], sc, k)
		return func(fr *frame) {
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

func (c *compiler) makeOr(args []ir.Expr, sc lexical, k maker) maker {
	ways := make([]maker, len(args))
	for i, a := range args {
		ways[i] = c.makerOf(a, sc, k)
	}
	if len(ways) == 2 {
		a, b := ways[0], ways[1]
		return func(fr *frame) { a(fr); b(fr) }
	}
	return func(fr *frame) {
		for _, w := range ways {
			w(fr)
		}
	}
}

// makeSome branches over the elements of the bounds.
func (c *compiler) makeSome(e *ir.Quant, sc lexical, k maker) maker {
	f, ok := c.nest(e.Bounds, sc, func(in lexical) func(*frame) bool {
		body := c.makerOf(e.Body, in, k)
		return func(fr *frame) bool { body(fr); return true }
	})
	if !ok {
		return stuck
	}
	return func(fr *frame) { f(fr) }
}

// maxUnroll bounds the instances of a \A in an action.
const maxUnroll = 256

// makeAll makes the body true for every element in turn; the domains must be
// constant sets, for each instance is compiled by itself.
func (c *compiler) makeAll(e *ir.Quant, sc lexical, k maker) maker {
	scopes := []lexical{sc}
	for _, b := range e.Bounds {
		if b.Domain == nil || b.Tuple {
			return stuck
		}
		set := c.compile(b.Domain, sc, nil)
		if set.konst == nil {
			return stuck
		}
		elems, err := value.Elements(set.konst)
		if err != nil {
			return stuck
		}
		for _, n := range b.Names {
			if len(scopes)*len(elems) > maxUnroll {
				return stuck
			}
			scopes = c.bindEach(scopes, n, elems)
		}
	}
	return c.inTurn(len(scopes), k, func(i int, k maker) maker { return c.makerOf(e.Body, scopes[i], k) })
}

// inTurn makes n conjuncts true one after the other: all but the first are behind
// another.
func (c *compiler) inTurn(n int, k maker, conjunct func(i int, k maker) maker) maker {
	outer := c.behind
	defer func() { c.behind = outer }()
	for i := n - 1; i >= 0; i-- {
		c.behind = outer || i > 0
		k = conjunct(i, k)
	}
	return k
}

func (c *compiler) bindEach(scopes []lexical, n *ir.Name, elems []value.Value) []lexical {
	var out []lexical
	for _, sc := range scopes {
		for _, v := range elems {
			out = append(out, c.bind(sc, n, c.constant(v)))
		}
	}
	return out
}

// makeBox is A \/ UNCHANGED v, or A /\ v' # v.
func (c *compiler) makeBox(e *ir.ActionBox, sc lexical, k maker) maker {
	if e.Angle {
		same := c.unchanged(e.Sub, sc)
		return c.makerOf(e.Action, sc, func(fr *frame) {
			if !same(fr) {
				k(fr)
			}
		})
	}
	act, still := c.makerOf(e.Action, sc, k), c.makeUnchanged(e.Sub, sc, k)
	return c.tested(e, sc, k, func(fr *frame) { act(fr); still(fr) })
}

// makeCdot goes by way of a state between: A leads there, B leads on.
func (c *compiler) makeCdot(e *ir.App, sc lexical, k maker) maker {
	n, vars := c.slots, len(c.shapes)
	cur, nxt, set := c.newLoc(n), c.newLoc(n), c.newLoc(vars)
	mid := c.newLoc(n)
	outer := !c.composing
	c.composing = true
	defer func() { c.composing = !outer }()
	second := c.makerOf(e.Args[1], sc, func(fr *frame) {
		copy(fr.loc[mid:mid+n], fr.cur)
		copy(fr.cur, fr.loc[cur:cur+n])
		fr.setCur()
		k(fr)
		copy(fr.cur, fr.loc[mid:mid+n])
		fr.setCur()
	})
	first := c.makerOf(e.Args[0], sc, func(fr *frame) {
		if !fr.complete() {
			bail()
		}
		if outer { // TLC counts the state between, too
			fr.passed += fr.weight
		}
		between := append([]int64(nil), fr.nxt...)
		copy(fr.loc[cur:cur+n], fr.cur)
		copy(fr.cur, between)
		fr.setCur()
		copy(fr.nxt, fr.loc[nxt:nxt+n])
		loadFlags(fr.set, fr.loc[set:set+vars])
		second(fr)
		copy(fr.cur, fr.loc[cur:cur+n])
		fr.setCur()
		copy(fr.nxt, between)
		for i := range fr.set {
			fr.set[i] = true
		}
	})
	return func(fr *frame) {
		copy(fr.loc[nxt:nxt+n], fr.nxt)
		saveFlags(fr.loc[set:set+vars], fr.set)
		clear(fr.set)
		first(fr)
		copy(fr.nxt, fr.loc[nxt:nxt+n])
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
