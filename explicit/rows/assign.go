package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// assignable is the variable that an equation with e on its left assigns: e is
// x' in an action, x in an initial predicate, perhaps by way of a parameter or
// definition. Else nil.
func (c *Compiler) assignable(e ir.Expr, sc env) (*ir.Variable, env) {
	e, sc = c.standsFor(e, sc)
	if !c.init {
		p, ok := e.(*ir.App)
		if !ok || p.Op != ir.Prime {
			return nil, sc
		}
		e, sc = c.standsFor(p.Args[0], sc)
	}
	if v, ok := e.(*ir.VarRef); ok {
		return v.Var, sc
	}
	return nil, sc
}

// target is the variable v in the state under construction.
func (c *Compiler) target(v *ir.Variable) *code {
	return fromPlace(&place{src: srcNext, off: c.offs[v.ID]}, c.shapes[v.ID])
}

// assign is x' = e: an assignment when x' has no value yet, else a test.
func (c *Compiler) assign(v *ir.Variable, e *ir.App, sc env, k Action) Action {
	put := c.into(e.Args[1], sc, c.shapes[v.ID])
	same := c.equal(c.target(v), c.compile(e.Args[1], sc, c.shapes[v.ID]))
	return c.setting(v, put, same, k)
}

func (c *Compiler) setting(v *ir.Variable, put putter, same Test, k Action) Action {
	n, off, end := v.ID, c.offs[v.ID], c.offs[v.ID]+c.shapes[v.ID].size
	return func(fr *Frame) {
		if fr.set[n] {
			if same(fr) {
				k(fr)
			}
			return
		}
		put(fr, fr.Next[off:end])
		fr.set[n] = true
		k(fr)
		fr.set[n] = false
	}
}

// assignMember is x' \in S: one way for each member when x' has no value yet.
func (c *Compiler) assignMember(v *ir.Variable, e *ir.App, sc env, k Action) Action {
	if m := c.assignFiltered(v, e.Args[1], sc, k); m != nil {
		return m
	}
	n, s := v.ID, c.shapes[v.ID]
	in := c.memberOf(c.target(v), e.Args[1], sc)
	done := c.branching(func(fr *Frame) {
		fr.set[n] = true
		k(fr)
		fr.set[n] = false
	})
	var each Action
	if set := c.compile(e.Args[1], sc, nil); set.constant != nil {
		each = c.writer(set.constant, s, c.offs[n], done)
	}
	if each == nil {
		l := c.domain(e.Args[1], sc)
		slot, bound := c.local(l.shape)
		put, off := c.storing(bound, s), c.offs[n]
		run := l.over(slot, func(fr *Frame) bool {
			put(fr, fr.Next[off:])
			done(fr)
			return true
		})
		each = func(fr *Frame) { run(fr) }
	}
	return func(fr *Frame) {
		if !fr.set[n] {
			each(fr)
		} else if in(fr) {
			k(fr)
		}
	}
}

// writer writes each member of a constant set, in shape s, where off points in
// the state under construction; nil when it knows no way to.
func (c *Compiler) writer(set value.Value, s *shape, off int, k Action) Action {
	switch set := set.(type) {
	case *value.FuncSet:
		keys, err := value.Elements(set.Dom)
		if err == nil && s.kind == kindFun && sameValues(keys, s.keys) {
			return c.writeParts(s, off, func(int) value.Value { return set.Rng }, k)
		}
		return nil
	case *value.RecordSet:
		if s.kind == kindFun && sameNames(set.Names, s.keys) {
			return c.writeParts(s, off, func(i int) value.Value { return set.Sets[i] }, k)
		}
		return nil
	case *value.Powerset:
		return c.writeSubsets(set, s, off, k)
	case *value.Set, value.Range:
		return c.writeListed(set, s, off, k)
	}
	return nil
}

func (c *Compiler) writeParts(s *shape, off int, set func(i int) value.Value, k Action) Action {
	for i := len(s.keys) - 1; i >= 0; i-- {
		if k = c.writer(set(i), s.elems[i], off+s.offs[i], k); k == nil {
			return nil
		}
	}
	return k
}

func (c *Compiler) writeSubsets(set *value.Powerset, s *shape, off int, k Action) Action {
	elems, err := value.Elements(set.Base)
	if err != nil || s.kind != kindSet || !s.scalar() || !s.dict.holds(elems) {
		return nil
	}
	var all int64
	for _, v := range elems {
		all |= 1 << s.dict.bit(v)
	}
	if bits.OnesCount64(uint64(all)) > 40 {
		return nil
	}
	return func(fr *Frame) {
		for sub := int64(0); ; sub = (sub - all) & all {
			fr.Next[off] = sub
			k(fr)
			if sub == all {
				return
			}
		}
	}
}

func (c *Compiler) writeListed(set value.Value, s *shape, off int, k Action) Action {
	if !hasFew(set) {
		return nil
	}
	elems, err := value.Elements(set)
	if err != nil {
		return nil
	}
	var rows [][]int64
	for _, v := range elems {
		row, ok := c.encodeNow(s, v)
		if !ok {
			return nil
		}
		rows = append(rows, row)
	}
	if s.size == 1 {
		return func(fr *Frame) {
			for _, r := range rows {
				fr.Next[off] = r[0]
				k(fr)
			}
		}
	}
	return func(fr *Frame) {
		for _, r := range rows {
			copy(fr.Next[off:], r)
			k(fr)
		}
	}
}

// makeUnchanged is UNCHANGED e: an assignment for each variable that e is made
// of.
func (c *Compiler) makeUnchanged(e ir.Expr, sc env, k Action) Action {
	e, sc = c.standsFor(e, sc)
	if t, ok := e.(*ir.App); ok && t.Op == ir.Tuple {
		return c.makeAllUnchanged(t.Args, sc, k)
	}
	v, ok := e.(*ir.VarRef)
	if !ok {
		same := c.unchanged(e, sc)
		return func(fr *Frame) {
			if same(fr) {
				k(fr)
			}
		}
	}
	now := fromPlace(&place{src: srcCur, off: c.offs[v.Var.ID]}, c.shapes[v.Var.ID])
	return c.setting(v.Var, c.storing(now, now.shape), equalSlots(c.target(v.Var), now), k)
}

// makeAllUnchanged copies several variables at once when none has a value yet.
func (c *Compiler) makeAllUnchanged(es []ir.Expr, sc env, k Action) Action {
	slow := k
	for i := len(es) - 1; i >= 0; i-- {
		slow = c.makeUnchanged(es[i], sc, slow)
	}
	var vars []int
	for _, e := range es {
		x, _ := c.standsFor(e, sc)
		v, ok := x.(*ir.VarRef)
		if !ok {
			return slow
		}
		vars = append(vars, v.Var.ID)
	}
	runs := c.runs(vars)
	return func(fr *Frame) {
		for _, v := range vars {
			if fr.set[v] {
				slow(fr)
				return
			}
		}
		for _, r := range runs {
			copy(fr.Next[r[0]:r[1]], fr.Cur[r[0]:r[1]])
		}
		for _, v := range vars {
			fr.set[v] = true
		}
		k(fr)
		for _, v := range vars {
			fr.set[v] = false
		}
	}
}

// runs are the slots of vars, as from and to of contiguous stretches.
func (c *Compiler) runs(vars []int) (rs [][2]int) {
	for _, v := range vars {
		from, to := c.offs[v], c.offs[v]+c.shapes[v].size
		if n := len(rs); n > 0 && rs[n-1][1] == from {
			rs[n-1][1] = to
		} else {
			rs = append(rs, [2]int{from, to})
		}
	}
	return rs
}
