package sat

import "github.com/lemma-mc/lemma/smt"

// A side is one side of a comparison: a sum of integers, none of which is
// subtracted. x - y <= 1 is compared as x <= y + 1, which is easier to refute
// than by way of the difference.
type side struct {
	constant int64
	parts    []part
}

// A part is a multiple of an integer.
type part struct {
	factor int64 // above 0
	term   smt.Term
}

// sides brings all of x and y to the side where it is added.
func (c *clauses) sides(x, y smt.Term) (left, right side) {
	c.collect(x, 1, &left, &right)
	c.collect(y, 1, &right, &left)
	return left, right
}

// collect adds k * t to one side, or its opposite to the other.
func (c *clauses) collect(t smt.Term, k int64, to, other *side) {
	args := c.store.Args(t)
	switch v, isConst := c.store.Int64Value(t); {
	case isConst && k*v >= 0:
		to.constant += k * v
	case isConst:
		other.constant -= k * v
	case c.store.Op(t) == smt.OpAdd:
		for _, a := range args {
			c.collect(a, k, to, other)
		}
	case c.store.Op(t) == smt.OpMul && len(args) == 2 && c.isLiteral(args[0]):
		v, _ := c.store.Int64Value(args[0])
		c.collect(args[1], k*v, to, other)
	case k > 0:
		to.parts = append(to.parts, part{k, t})
	default:
		other.parts = append(other.parts, part{-k, t})
	}
}

func (c *clauses) isLiteral(t smt.Term) bool {
	_, ok := c.store.Int64Value(t)
	return ok
}

// ladderOfSide is the side as a ladder, where that is short.
func (c *clauses) ladderOfSide(s side) (ladder, bool) {
	acc := ladder{lo: s.constant}
	for _, p := range s.parts {
		l, ok := c.ladderOf(p.term)
		if !ok {
			return ladder{}, false
		}
		if p.factor != 1 {
			l = c.rungs(span{p.factor * l.lo, p.factor * l.hi()}, func(v int64) int32 { return l.timesAtLeast(p.factor, v) })
		}
		if len(acc.rungs)*len(l.rungs) > tallest || len(l.rungs) > longest {
			return ladder{}, false
		}
		acc = c.plus(acc, l)
	}
	return acc, true
}

// bitsOfSide is the side in bits.
func (c *clauses) bitsOfSide(s side) number {
	r := span{s.constant, s.constant}
	acc := literal(s.constant, widthOf(r))
	for _, p := range s.parts {
		of := c.known.rangeOf(p.term)
		r = span{r.lo + p.factor*of.lo, r.hi + p.factor*of.hi}
		n := c.number(p.term)
		if p.factor != 1 {
			n = c.product(literal(p.factor, widthOf(span{p.factor, p.factor})), n, widthOf(span{p.factor * of.lo, p.factor * of.hi}))
		}
		acc = c.sum(acc, n, -yes, widthOf(r))
	}
	return acc
}

// compare is the literal of a comparison.
func (c *clauses) compare(t smt.Term) int32 {
	args := c.store.Args(t)
	switch c.store.Op(t) {
	case smt.OpLe:
		return c.compareTwo(args[0], args[1], c.atMostLadder, c.atMost)
	case smt.OpEq:
		return c.compareTwo(args[0], args[1], c.sameLadder, c.same)
	}
	r := yes
	for i, x := range args {
		for _, y := range args[:i] {
			r = c.and(r, -c.compareTwo(x, y, c.sameLadder, c.same))
		}
	}
	return r
}

// compareTwo compares ladders where both sides have one, and else bits.
func (c *clauses) compareTwo(x, y smt.Term, ladders func(x, y ladder) int32, bits func(x, y number) int32) int32 {
	left, right := c.sides(x, y)
	a, okA := c.ladderOfSide(left)
	b, okB := c.ladderOfSide(right)
	if okA && okB {
		return ladders(a, b)
	}
	return bits(c.bitsOfSide(left), c.bitsOfSide(right))
}
