package bmc

import "math/big"

// equations are a homogeneous linear system over the rational numbers, in
// reduced echelon form.
type equations struct {
	unknowns int
	rows     map[int][]*big.Rat // by the unknown that leads it, which no other row has
}

func newEquations(unknowns int) *equations {
	return &equations{unknowns, map[int][]*big.Rat{}}
}

func zeros(n int) []*big.Rat {
	row := make([]*big.Rat, n)
	for i := range row {
		row[i] = new(big.Rat)
	}
	return row
}

// rank is how many equations there are that do not follow from the others.
func (e *equations) rank() int { return len(e.rows) }

// add adds the equation row * unknowns = 0.
func (e *equations) add(row []*big.Rat) {
	for i := range row {
		if r, ok := e.rows[i]; ok {
			subtract(row, row[i], r)
		}
	}
	lead := 0
	for lead < e.unknowns && row[lead].Sign() == 0 {
		lead++
	}
	if lead == e.unknowns {
		return
	}
	inverse := new(big.Rat).Inv(row[lead])
	for _, x := range row {
		x.Mul(x, inverse)
	}
	for _, r := range e.rows {
		subtract(r, r[lead], row)
	}
	e.rows[lead] = row
}

// subtract takes k times row from another, where k may be part of that.
func subtract(from []*big.Rat, k *big.Rat, row []*big.Rat) {
	if k.Sign() == 0 {
		return
	}
	k = new(big.Rat).Set(k)
	for i, x := range row {
		if x.Sign() != 0 {
			from[i].Sub(from[i], new(big.Rat).Mul(k, x))
		}
	}
}

// solutions are a basis of the space of solutions: one for each unknown that
// leads no equation, in order.
func (e *equations) solutions() (out [][]*big.Rat) {
	for free := range e.unknowns {
		if _, leads := e.rows[free]; leads {
			continue
		}
		x := zeros(e.unknowns)
		x[free].SetInt64(1)
		for lead, row := range e.rows {
			x[lead].Neg(row[free])
		}
		out = append(out, x)
	}
	return out
}
