package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

func boolCode(b func(*Frame) bool) *code { return &code{shape: boolShape, b: b, dep: noDep} }
func intCode(n func(*Frame) int64) *code { return &code{shape: intShape, n: n, dep: noDep} }

// junction compiles a /\ b /\ ... (stop: FALSE) or a \/ b \/ ... (stop: TRUE).
func (c *Compiler) junction(args []ir.Expr, sc env, stop bool) *code {
	var fs []func(*Frame) bool
	for _, a := range args {
		k := c.compile(a, sc, boolShape)
		if b, ok := k.constant.(value.Bool); ok {
			if bool(b) == stop {
				fs = append(fs, func(*Frame) bool { return stop })
				break
			}
			continue
		}
		fs = append(fs, c.asBool(k))
	}
	return boolCode(junctionOf(fs, stop))
}

func junctionOf(fs []func(*Frame) bool, stop bool) func(*Frame) bool {
	switch {
	case len(fs) == 0:
		return func(*Frame) bool { return !stop }
	case len(fs) == 1:
		return fs[0]
	case len(fs) == 2 && stop:
		a, b := fs[0], fs[1]
		return func(fr *Frame) bool { return a(fr) || b(fr) }
	case len(fs) == 2:
		a, b := fs[0], fs[1]
		return func(fr *Frame) bool { return a(fr) && b(fr) }
	}
	return func(fr *Frame) bool {
		for _, f := range fs {
			if f(fr) == stop {
				return stop
			}
		}
		return !stop
	}
}

func (c *Compiler) not(e ir.Expr, sc env) *code {
	b := c.cond(e, sc)
	return boolCode(func(fr *Frame) bool { return !b(fr) })
}

func (c *Compiler) implies(e *ir.App, sc env) *code {
	a, b := c.cond(e.Args[0], sc), c.cond(e.Args[1], sc)
	return boolCode(func(fr *Frame) bool { return !a(fr) || b(fr) })
}

func (c *Compiler) iff(e *ir.App, sc env) *code {
	a, b := c.cond(e.Args[0], sc), c.cond(e.Args[1], sc)
	return boolCode(func(fr *Frame) bool { return a(fr) == b(fr) })
}

// equality compiles a = b, the second with the first's shape as a hint.
func (c *Compiler) equality(e *ir.App, sc env, negated bool) *code {
	a := c.compile(e.Args[0], sc, nil)
	b := c.compile(e.Args[1], sc, a.shape)
	if a.shape == nil && b.shape != nil {
		a = c.compile(e.Args[0], sc, b.shape)
	}
	eq := c.equal(a, b)
	if negated {
		return boolCode(func(fr *Frame) bool { return !eq(fr) })
	}
	return boolCode(eq)
}

// quant compiles \A and \E as a loop over each bound in turn. What narrows an
// infinite set only the evaluator knows.
func (c *Compiler) quant(e *ir.Quant, sc env) *code {
	if slices.ContainsFunc(e.Bounds, func(b *ir.Bound) bool { return c.isInfinite(b.Domain, sc) }) {
		return c.fallback(e, sc)
	}
	stop := !e.All
	f, ok := c.nest(e.Bounds, sc, func(in env) func(*Frame) bool {
		body := c.cond(e.Body, in)
		return func(fr *Frame) bool { return body(fr) != stop }
	})
	if !ok {
		return c.fallback(e, sc)
	}
	if e.All {
		return boolCode(f)
	}
	return boolCode(func(fr *Frame) bool { return !f(fr) })
}

func (c *Compiler) isInfinite(set ir.Expr, sc env) bool {
	if set == nil {
		return false
	}
	k := c.compile(set, sc, nil)
	return k.constant != nil && value.IsSet(k.constant) && eval.IsInfinite(k.constant)
}

// nest compiles loops over all bounds around body, which returns false to
// stop. The result is false when a body stopped; ok is false for an unbounded
// one.
func (c *Compiler) nest(bounds []*ir.Bound, sc env, body func(env) func(*Frame) bool) (f func(*Frame) bool, ok bool) {
	loops := make([]*loop, 0, len(bounds))
	var steps []*ir.Bound
	for _, b := range bounds {
		if b.Domain == nil {
			return nil, false
		}
		l := c.domain(b.Domain, sc)
		loops, steps = append(loops, l), append(steps, b)
	}
	rest := c.domainRuns(steps[min(1, len(steps)):], sc)
	if len(rest) == 0 {
		return c.nestAt(steps, loops, 0, sc, body), true
	}
	innermost, over := c.newLoc(1), loops[len(loops)-1].over
	loops[len(loops)-1].over = func(slot int, body func(*Frame) bool) func(*Frame) bool {
		run := over(slot, body)
		return func(fr *Frame) bool { fr.loc[innermost] = 1; return run(fr) }
	}
	run := c.nestAt(steps, loops, 0, sc, body)
	return func(fr *Frame) bool {
		fr.loc[innermost] = 0
		went := run(fr)
		if fr.loc[innermost] == 0 { // a set before it is empty
			for _, run := range rest {
				run(fr)
			}
		}
		return went
	}, true
}

// domainRuns evaluate the sets of bounds that are not constant. A set that has
// no value is an error also where a loop before it has nothing to do.
func (c *Compiler) domainRuns(bounds []*ir.Bound, sc env) (runs []func(*Frame)) {
	for _, b := range bounds {
		if k := c.compile(b.Domain, sc, nil); k.constant == nil {
			runs = append(runs, k.run())
		}
	}
	return runs
}

func (c *Compiler) nestAt(bounds []*ir.Bound, loops []*loop, i int, sc env, body func(env) func(*Frame) bool) func(*Frame) bool {
	if i == len(bounds) {
		return body(sc)
	}
	b, l := bounds[i], loops[i]
	if b.Tuple {
		slot, bound := c.local(l.shape)
		for j, n := range b.Names {
			sc = c.bind(sc, n, c.component(bound, j, len(b.Names)))
		}
		return l.over(slot, c.nestAt(bounds, loops, i+1, sc, body))
	}
	var slots []int
	for _, n := range b.Names {
		slot, bound := c.local(l.shape)
		slots = append(slots, slot)
		sc = c.bind(sc, n, bound)
	}
	f := c.nestAt(bounds, loops, i+1, sc, body)
	for j := len(slots) - 1; j >= 0; j-- {
		f = l.over(slots[j], f)
	}
	return f
}

// component is element j of a tuple of n elements.
func (c *Compiler) component(tuple *code, j, n int) *code {
	v := c.val(tuple)
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		t, ok := v(fr).(*value.Tuple)
		if !ok || len(t.Elems) != n {
			bail()
		}
		return t.Elems[j]
	}}
}

// unify compiles the branches of a choice to one shape.
func (c *Compiler) unify(es []ir.Expr, sc env, want *shape) []*code {
	ks := make([]*code, len(es))
	for i, e := range es {
		ks[i] = c.compile(e, sc, want)
	}
	s := ks[0].shape
	for _, k := range ks {
		if !equalShapes(k.shape, s) {
			s = nil
		}
	}
	if s == nil && want != nil {
		s = want
	}
	for i, k := range ks {
		if s == nil && k.shape != nil {
			ks[i] = &code{v: c.val(k), dep: k.dep}
		} else {
			ks[i] = c.as(k, s)
		}
	}
	return ks
}

// choice runs the code whose number pick returns.
func choice(ks []*code, pick func(*Frame) int) *code {
	s := ks[0].shape
	out := &code{shape: s, dep: noDep}
	switch {
	case s == nil:
		out.v = func(fr *Frame) value.Value { return ks[pick(fr)].v(fr) }
	case !s.scalar():
		out.row = func(fr *Frame) []int64 { return ks[pick(fr)].row(fr) }
	case s.kind == kindBool:
		out.b = func(fr *Frame) bool { return ks[pick(fr)].b(fr) }
	default:
		out.n = func(fr *Frame) int64 { return ks[pick(fr)].n(fr) }
	}
	return out
}

func (c *Compiler) ifThen(e *ir.If, sc env, want *shape) *code {
	cond := c.compile(e.Cond, sc, boolShape)
	if b, ok := cond.constant.(value.Bool); ok {
		if b {
			return c.compile(e.Then, sc, want)
		}
		return c.compile(e.Else, sc, want)
	}
	test := c.asBool(cond)
	ks := c.unify([]ir.Expr{e.Then, e.Else}, sc, want)
	return choice(ks, func(fr *Frame) int {
		if test(fr) {
			return 0
		}
		return 1
	})
}

// cases compiles CASE: the first arm that is true.
func (c *Compiler) cases(e *ir.Case, sc env, want *shape) *code {
	conds, es := c.arms(e, sc)
	return choice(c.unify(es, sc, want), firstTrue(conds))
}

func (c *Compiler) arms(e *ir.Case, sc env) (conds []func(*Frame) bool, es []ir.Expr) {
	for _, a := range e.Arms {
		conds = append(conds, c.cond(a.Cond, sc))
		es = append(es, a.Value)
	}
	if e.Other != nil {
		conds = append(conds, func(*Frame) bool { return true })
		es = append(es, e.Other)
	}
	return conds, es
}

// firstTrue is the number of the first true condition; none bails out.
func firstTrue(conds []func(*Frame) bool) func(*Frame) int {
	return func(fr *Frame) int {
		for i, f := range conds {
			if f(fr) {
				return i
			}
		}
		bail()
		return 0
	}
}

// choose compiles CHOOSE over a finite set: the least element that satisfies
// the predicate.
func (c *Compiler) choose(e *ir.Choose, sc env) *code {
	if e.Bound.Domain == nil || e.Bound.Tuple {
		return c.fallback(e, sc)
	}
	l := c.domain(e.Bound.Domain, sc)
	slot, bound := c.local(l.shape)
	pred := c.cond(e.Body, c.bind(sc, e.Bound.Names[0], bound))
	best, out := c.local(l.shape)
	found := c.newLoc(1)
	keep := c.keeper(l, slot, best, found)
	run := l.over(slot, func(fr *Frame) bool {
		if !pred(fr) {
			return true
		}
		return keep(fr)
	})
	return c.started(out, func(fr *Frame) {
		fr.loc[found] = 0
		run(fr)
		if fr.loc[found] == 0 {
			bail()
		}
	})
}

// keeper copies the name at slot to best when it is less, and goes on unless
// the loop runs in value order.
func (c *Compiler) keeper(l *loop, slot, best, found int) func(*Frame) bool {
	s := l.shape
	if s == nil {
		return func(fr *Frame) bool {
			if fr.loc[found] == 0 || value.Compare(fr.val[slot], fr.val[best]) < 0 {
				fr.val[best], fr.loc[found] = fr.val[slot], 1
			}
			return !l.sorted
		}
	}
	co := c.coder
	return func(fr *Frame) bool {
		at, to := fr.loc[slot:slot+s.size], fr.loc[best:best+s.size]
		if fr.loc[found] == 0 || value.Compare(co.decode(s, at), co.decode(s, to)) < 0 {
			copy(to, at)
			fr.loc[found] = 1
		}
		return !l.sorted
	}
}

// actionBox compiles [A]_v and <<A>>_v as a predicate on two known states.
func (c *Compiler) actionBox(e *ir.ActionBox, sc env) *code {
	act := c.cond(e.Action, sc)
	same := c.unchanged(e.Sub, sc)
	if e.Angle {
		return boolCode(func(fr *Frame) bool { return !same(fr) && act(fr) })
	}
	// Most steps of a refinement leave the variables of the refined spec alone.
	return boolCode(func(fr *Frame) bool { return same(fr) || act(fr) })
}

// unchanged compiles e' = e, part by part where e stands for a tuple.
func (c *Compiler) unchanged(e ir.Expr, sc env) func(*Frame) bool {
	if x, in := c.standsFor(e, sc); isTuple(x) {
		parts := x.(*ir.App).Args
		fs := make([]func(*Frame) bool, len(parts))
		for i, a := range parts {
			fs[i] = c.unchanged(a, in)
		}
		return junctionOf(fs, false)
	}
	primed := sc
	primed.primed = true
	a, b := c.compile(e, primed, nil), c.compile(e, sc, nil)
	return c.equal(a, b)
}

func isTuple(e ir.Expr) bool {
	a, ok := e.(*ir.App)
	return ok && a.Op == ir.Tuple
}
