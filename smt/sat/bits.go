package sat

// A gate is a connective over literals, with its operands in one order.
type gate struct {
	kind    rule // the first of its rules
	a, b, c int32
}

// yes is the literal that is true; its negation is false.
const yes int32 = 1

func constant(v bool) int32 {
	if v {
		return yes
	}
	return -yes
}

// gateOf returns the variable of a gate; fresh tells that it has no clauses yet.
func (c *clauses) gateOf(g gate) (v int32, fresh bool) {
	if v, ok := c.gates[g]; ok {
		return v, false
	}
	v = c.variable()
	c.gates[g] = v
	return v, true
}

func (c *clauses) and(a, b int32) int32 {
	switch {
	case a == -yes || b == -yes || a == -b:
		return -yes
	case a == yes || a == b:
		return b
	case b == yes:
		return a
	case a > b:
		a, b = b, a
	}
	v, fresh := c.gateOf(gate{ruleGateAndLeft, a, b, 0})
	if fresh {
		c.emit(ruleGateAndLeft, -v, a)
		c.emit(ruleGateAndRight, -v, b)
		c.emit(ruleGateAndUp, -a, -b, v)
	}
	return v
}

func (c *clauses) or(a, b int32) int32 { return -c.and(-a, -b) }

func (c *clauses) xor(a, b int32) int32 {
	switch {
	case abs(a) == yes:
		return flip(b, a == yes)
	case abs(b) == yes:
		return flip(a, b == yes)
	case abs(a) == abs(b):
		return constant(a != b)
	}
	odd := (a < 0) != (b < 0)
	a, b = abs(a), abs(b)
	if a > b {
		a, b = b, a
	}
	v, fresh := c.gateOf(gate{ruleXorDownSome, a, b, 0})
	if fresh {
		c.emit(ruleXorDownSome, -v, a, b)
		c.emit(ruleXorDownNotAll, -v, -a, -b)
		c.emit(ruleXorUpLeft, -a, b, v)
		c.emit(ruleXorUpRight, a, -b, v)
	}
	return flip(v, odd)
}

// mux is x where cond holds and else y.
func (c *clauses) mux(cond, x, y int32) int32 {
	if cond < 0 {
		cond, x, y = -cond, y, x
	}
	switch {
	case cond == yes || x == y:
		return x
	case abs(x) == yes:
		if x == yes {
			return c.or(cond, y)
		}
		return c.and(-cond, y)
	case abs(y) == yes:
		if y == yes {
			return c.or(-cond, x)
		}
		return c.and(cond, x)
	case x == -y:
		return c.xor(cond, y)
	}
	v, fresh := c.gateOf(gate{ruleMuxDownThen, cond, x, y})
	if fresh {
		c.emit(ruleMuxDownThen, -v, -cond, x)
		c.emit(ruleMuxDownElse, -v, cond, y)
		c.emit(ruleMuxUpThen, -cond, -x, v)
		c.emit(ruleMuxUpElse, cond, -y, v)
	}
	return v
}

// majority holds where two or three of its operands do: the carry of an
// addition.
func (c *clauses) majority(x, y, z int32) int32 {
	switch {
	case abs(x) == yes:
		return c.majorityWith(x, y, z)
	case abs(y) == yes:
		return c.majorityWith(y, x, z)
	case abs(z) == yes:
		return c.majorityWith(z, x, y)
	case x == y || x == z:
		return x
	case y == z || x == -z: // of x and -z, one holds
		return y
	case x == -y:
		return z
	case y == -z:
		return x
	}
	v, fresh := c.gateOf(gate{ruleMajorityDownAB, x, y, z})
	if fresh {
		c.emit(ruleMajorityDownAB, -v, x, y)
		c.emit(ruleMajorityDownAC, -v, x, z)
		c.emit(ruleMajorityDownBC, -v, y, z)
		c.emit(ruleMajorityUpAB, -x, -y, v)
		c.emit(ruleMajorityUpAC, -x, -z, v)
		c.emit(ruleMajorityUpBC, -y, -z, v)
	}
	return v
}

func (c *clauses) majorityWith(known, a, b int32) int32 {
	if known == yes {
		return c.or(a, b)
	}
	return c.and(a, b)
}

func abs(a int32) int32 { return max(a, -a) }

func flip(a int32, negate bool) int32 {
	if negate {
		return -a
	}
	return a
}
