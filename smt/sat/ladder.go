package sat

import "github.com/lemma-mc/lemma/smt"

// A ladder is an integer of a small range in the order encoding (Tamura, Taga,
// Kitagawa and Banbara, "Compiling finite linear CSP into SAT", 2009): rung i
// says that it is lo+1+i or more. Comparisons of ladders are decided by unit
// propagation, which those of numbers in bits are not: that of ten clocks none
// is two ahead of another after a tick takes 1.5 s in bits.
type ladder struct {
	lo    int64
	rungs []int32
}

// Limits of ladders. Where a sum or a range is larger, bits are shorter.
const (
	longest = 24 // rungs
	tallest = 64 // pairs of rungs in a sum
)

func (l ladder) hi() int64 { return l.lo + int64(len(l.rungs)) }

// atLeast is the literal that says that l is v or more.
func (l ladder) atLeast(v int64) int32 {
	switch {
	case v <= l.lo:
		return yes
	case v > l.hi():
		return -yes
	}
	return l.rungs[v-l.lo-1]
}

// ladderOf returns t as a ladder, where it has a short one.
func (c *clauses) ladderOf(t smt.Term) (ladder, bool) {
	if l, ok := c.ladders[t]; ok {
		return l, l.rungs != nil || l.lo <= widest
	}
	l, ok := c.makeLadder(t)
	if !ok {
		l = ladder{lo: widest + 1} // none
	}
	c.ladders[t] = l
	return l, ok
}

func (c *clauses) makeLadder(t smt.Term) (ladder, bool) {
	r := c.known.rangeOf(t)
	if m, ok := c.known.meaning(t); ok {
		l, ok := c.ladderOf(m)
		if ok {
			l = c.within(l, r)
		}
		return l, ok
	}
	if r.hi-r.lo > longest {
		return ladder{}, false
	}
	args := c.store.Args(t)
	switch c.store.Op(t) {
	case smt.OpInt:
		return ladder{lo: r.lo}, true
	case smt.OpConst:
		return c.constLadder(t, r), true
	case smt.OpIte:
		x, okX := c.ladderOf(args[1])
		y, okY := c.ladderOf(args[2])
		if !okX || !okY {
			return ladder{}, false
		}
		cond := c.lit(args[0], both)
		return c.rungs(r, func(v int64) int32 { return c.mux(cond, x.atLeast(v), y.atLeast(v)) }), true
	case smt.OpAdd:
		return c.sumLadder(args)
	case smt.OpMul:
		k, isConst := c.store.Int64Value(args[0])
		x, ok := c.ladderOf(args[len(args)-1])
		if !isConst || len(args) != 2 || !ok {
			return ladder{}, false
		}
		return c.rungs(r, func(v int64) int32 { return x.timesAtLeast(k, v) }), true
	}
	return ladder{}, false
}

// within is l where that is known to be in r, and says so of l.
func (c *clauses) within(l ladder, r span) ladder {
	if l.lo < r.lo {
		c.emit(ruleRange, l.atLeast(r.lo))
	}
	if r.hi < l.hi() {
		c.emit(ruleRange, -l.atLeast(r.hi+1))
	}
	return c.rungs(r, l.atLeast)
}

// rungs makes a ladder of what says that it is v or more.
func (c *clauses) rungs(r span, atLeast func(v int64) int32) ladder {
	l := ladder{lo: r.lo, rungs: make([]int32, 0, r.hi-r.lo)}
	for v := r.lo + 1; v <= r.hi; v++ {
		l.rungs = append(l.rungs, atLeast(v))
	}
	return l
}

// constLadder is a ladder of its own, or one that follows the bits that the
// constant has already.
func (c *clauses) constLadder(t smt.Term, r span) ladder {
	if n, ok := c.numbers[t]; ok {
		return c.rungs(r, func(v int64) int32 { return c.atMost(literal(v, widthOf(span{v, v})), n) })
	}
	l := c.rungs(r, func(int64) int32 { return c.free() })
	for i := 1; i < len(l.rungs); i++ {
		c.emit(ruleLadder, -l.rungs[i], l.rungs[i-1])
	}
	return l
}

func (c *clauses) sumLadder(args []smt.Term) (ladder, bool) {
	acc, ok := c.ladderOf(args[0])
	for _, a := range args[1:] {
		x, okX := c.ladderOf(a)
		if ok = ok && okX && len(acc.rungs)*len(x.rungs) <= tallest; !ok {
			return ladder{}, false
		}
		acc = c.plus(acc, x)
	}
	return acc, ok
}

// plus is x + y: it is v or more when x is u and y is v-u or more, for some u.
func (c *clauses) plus(x, y ladder) ladder {
	return c.rungs(span{x.lo + y.lo, x.hi() + y.hi()}, func(v int64) int32 {
		some := -yes
		for u := x.lo; u <= x.hi(); u++ {
			some = c.or(some, c.and(x.atLeast(u), y.atLeast(v-u)))
		}
		return some
	})
}

// timesAtLeast says that k * l is v or more.
func (l ladder) timesAtLeast(k, v int64) int32 {
	q := v / k
	if k > 0 {
		if v%k != 0 && v > 0 {
			q++ // up
		}
		return l.atLeast(q)
	}
	if v%k != 0 && v > 0 {
		q-- // down
	}
	return -l.atLeast(q + 1)
}

// bits is l in two's complement: each bit is set in some runs of values.
func (c *clauses) bits(l ladder, width int) number {
	n := make(number, width)
	for i := range n {
		n[i] = -yes
		for v := l.lo; v <= l.hi(); {
			if v>>i&1 == 0 {
				v++
				continue
			}
			from := v
			for v <= l.hi() && v>>i&1 == 1 {
				v++
			}
			n[i] = c.or(n[i], c.and(l.atLeast(from), -l.atLeast(v)))
		}
	}
	return n
}

// atMostLadder is x <= y: whatever x is at least, y is.
func (c *clauses) atMostLadder(x, y ladder) int32 {
	r := yes
	for v := y.lo + 1; v <= max(x.hi(), y.lo+1); v++ {
		r = c.and(r, c.or(-x.atLeast(v), y.atLeast(v)))
	}
	return r
}

func (c *clauses) sameLadder(x, y ladder) int32 {
	if len(x.rungs) == 0 {
		x, y = y, x
	}
	if len(y.rungs) == 0 {
		return c.and(x.atLeast(y.lo), -x.atLeast(y.lo+1))
	}
	r := yes
	for v := min(x.lo, y.lo) + 1; v <= max(x.hi(), y.hi()); v++ {
		r = c.and(r, -c.xor(x.atLeast(v), y.atLeast(v)))
	}
	return r
}
