package sat

import "github.com/lemma-mc/lemma/smt"

// A number is an integer in two's complement: literals from the lowest bit to
// the sign, at least one.
type number []int32

// bit is bit i, where the sign goes on for ever.
func (n number) bit(i int) int32 { return n[min(i, len(n)-1)] }

// widthOf is how many bits, with the sign, hold all of r.
func widthOf(r span) int {
	w := 1
	for r.lo < -1<<(w-1) || r.hi >= 1<<(w-1) {
		w++
	}
	return w
}

func literal(v int64, width int) number {
	n := make(number, width)
	for i := range n {
		n[i] = constant(v>>i&1 == 1)
	}
	return n
}

// number returns t in literals.
func (c *clauses) number(t smt.Term) number {
	if n, ok := c.numbers[t]; ok {
		return n
	}
	n := c.makeNumber(t)
	c.numbers[t] = n
	return n
}

func (c *clauses) makeNumber(t smt.Term) number {
	r := c.known.rangeOf(t)
	w := widthOf(r)
	if m, ok := c.known.meaning(t); ok {
		return c.numberWithin(m, r)
	}
	if l, ok := c.ladders[t]; ok && l.lo <= widest {
		return c.bits(l, w)
	}
	args := c.store.Args(t)
	switch c.store.Op(t) {
	case smt.OpInt:
		v, _ := c.store.Int64Value(t)
		return literal(v, w)
	case smt.OpConst:
		return c.fresh(r, w)
	case smt.OpIte:
		cond, x, y := c.lit(args[0], both), c.number(args[1]), c.number(args[2])
		n := make(number, w)
		for i := range n {
			n[i] = c.mux(cond, x.bit(i), y.bit(i))
		}
		return n
	case smt.OpAdd:
		n := c.number(args[0])
		for _, a := range args[1:] {
			n = c.sum(n, c.number(a), -yes, w)
		}
		return n
	case smt.OpMul:
		n := c.number(args[0])
		for _, a := range args[1:] {
			n = c.product(n, c.number(a), w)
		}
		return n
	}
	return c.division(t, args)
}

// numberWithin is t where that is known to be in r, and says so of t.
func (c *clauses) numberWithin(t smt.Term, r span) number {
	n, all, w := c.number(t), c.known.rangeOf(t), widthOf(r)
	if all.lo < r.lo {
		c.emit(ruleRange, c.atMost(literal(r.lo, w), n))
	}
	if r.hi < all.hi {
		c.emit(ruleRange, c.atMost(n, literal(r.hi, w)))
	}
	return n[:min(w, len(n))]
}

// fresh is a number whose literals are its own. Where it cannot be negative
// its sign is known.
func (c *clauses) fresh(r span, width int) number {
	n := make(number, width)
	for i := range n {
		n[i] = c.free()
	}
	if r.lo >= 0 {
		n[width-1] = -yes
	}
	return n
}

// sum is x + y + carry, of that width.
func (c *clauses) sum(x, y number, carry int32, width int) number {
	n := make(number, width)
	for i := range n {
		a, b := x.bit(i), y.bit(i)
		n[i] = c.xor(c.xor(a, b), carry)
		carry = c.majority(a, b, carry)
	}
	return n
}

// product is x * y, of that width, as a sum of shifted copies of y. In two's
// complement the sign goes on to the left.
func (c *clauses) product(x, y number, width int) number {
	acc := literal(0, width)
	for i := range width {
		bit := x.bit(i)
		if bit == -yes {
			continue
		}
		row := literal(0, width)
		for j := i; j < width; j++ {
			row[j] = c.and(bit, y.bit(j-i))
		}
		acc = c.sum(acc, row, -yes, width)
	}
	return acc
}

// division makes quotient and remainder of a division by a literal, which are
// the only ones with x = y * q + r and 0 <= r < |y|.
func (c *clauses) division(t smt.Term, args []smt.Term) number {
	key := [2]smt.Term{args[0], args[1]}
	parts, ok := c.quotients[key]
	if !ok {
		x := c.number(args[0])
		y, _ := c.store.Int64Value(args[1])
		size := max(y, -y)
		most := int64(1) << (len(x) - 1)
		rest := span{0, size - 1}
		q := c.fresh(span{-most, most}, len(x)+1)
		r := c.fresh(rest, widthOf(rest))
		w := len(x) + widthOf(span{-size, size}) + 2
		product := c.product(literal(y, widthOf(span{y, y})), q, w)
		for i, bit := range c.sum(product, r, -yes, w) {
			c.emit(ruleDivision, -bit, x.bit(i))
			c.emit(ruleDivision, bit, -x.bit(i))
		}
		c.emit(ruleRemainder, c.atMost(r, literal(size-1, widthOf(rest))))
		parts = [2]number{q, r}
		c.quotients[key] = parts
	}
	if c.store.Op(t) == smt.OpDiv {
		return parts[0]
	}
	return parts[1]
}

// atMost is x <= y: from the lowest bit up, the highest one that differs
// decides, and of signs the other way round.
func (c *clauses) atMost(x, y number) int32 {
	w := max(len(x), len(y))
	r := yes
	for i := range w - 1 {
		r = c.majority(-x.bit(i), y.bit(i), r)
	}
	return c.majority(x.bit(w-1), -y.bit(w-1), r)
}

// same is x = y.
func (c *clauses) same(x, y number) int32 {
	r := yes
	for i := range max(len(x), len(y)) {
		r = c.and(r, -c.xor(x.bit(i), y.bit(i)))
	}
	return r
}
