package value

import (
	"fmt"
	"math/big"
)

// maxForce is the number of members up to which a set is spelled out.
const maxForce = 1 << 24

// Size is the number of members of a set. Infinite sets, and what is no set,
// give an error. SUBSET S, [S -> T], products and record sets are counted, not
// enumerated.
func (m *Meter) Size(set Value) (Value, error) {
	if !IsSet(set) {
		return nil, Undefined("Attempted to compute the cardinality of %s, which is not a set.", describe(set))
	}
	set = m.measurable(set)
	n, finite, known := quickSize(set)
	switch {
	case known && finite:
		return FromBig(n), nil
	case known:
		return nil, Undefined("Attempted to compute the number of elements in the infinite set %s.", Brief(set))
	}
	forced, err := m.Force(set)
	if err != nil {
		return nil, err
	}
	return FromBig(new(big.Int).SetUint64(explicitLen(forced))), nil
}

// measurable is set with those parts spelled out whose size only that tells, so
// that SUBSET (S \cup T) is counted by the members of S and T.
func (m *Meter) measurable(set Value) Value {
	if _, _, known := quickSize(set); known {
		return set
	}
	all := func(sets []Value) []Value {
		out := make([]Value, len(sets))
		for i, s := range sets {
			out[i] = m.measurable(s)
		}
		return out
	}
	switch s := set.(type) {
	case *Powerset:
		return &Powerset{m.measurable(s.Base)}
	case *KSubsets:
		return &KSubsets{s.K, m.measurable(s.Base)}
	case *FuncSet:
		return &FuncSet{m.measurable(s.Dom), m.measurable(s.Rng)}
	case *RecordSet:
		return &RecordSet{s.Names, all(s.Sets)}
	case *Product:
		return &Product{all(s.Sets)}
	}
	if listed, err := m.Force(set); err == nil {
		return listed
	}
	return set
}

// IsFinite tells whether a set is finite; an error when that is not known.
func IsFinite(set Value) (bool, error) {
	if !IsSet(set) {
		return false, Undefined("Attempted to check whether %s, which is not a set, is finite.", describe(set))
	}
	if _, finite, known := quickSize(set); known {
		return finite, nil
	}
	switch s := set.(type) {
	case *Filter:
		if ok, err := IsFinite(s.Base); err == nil && ok {
			return true, nil
		}
	case *Combine:
		return s.finite()
	case *BigUnion:
		return allFinite(s.Sets)
	}
	return false, Undefined("Attempted to check whether %s is finite, which is not known.", Brief(set))
}

func (s *Combine) finite() (bool, error) {
	x, err := IsFinite(s.X)
	if err != nil || s.Op == 'm' && x {
		return x, err
	}
	y, err := IsFinite(s.Y)
	if err != nil {
		return false, err
	}
	switch {
	case s.Op == 'u':
		return x && y, nil
	case s.Op == 'n' && (x || y):
		return true, nil
	case s.Op == 'm' && y:
		return false, nil
	}
	return false, Undefined("Attempted to check whether %s is finite, which is not known.", Brief(s))
}

func allFinite(sets []Value) (bool, error) {
	for _, s := range sets {
		if ok, err := IsFinite(s); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// quickSize finds a set's size without enumerating it. known is false where
// only enumeration can tell; n is nil when the set is infinite.
func quickSize(set Value) (n *big.Int, finite, known bool) {
	switch s := set.(type) {
	case *Set, Range:
		return new(big.Int).SetUint64(explicitLen(s)), true, true
	case Universe:
		return nil, false, true
	case *Powerset:
		base, finite, known := quickSize(s.Base)
		if !known || !finite {
			return nil, finite, known
		}
		return power(big.NewInt(2), base)
	case *KSubsets:
		base, finite, known := quickSize(s.Base)
		if !known || !finite {
			return nil, finite, known // of an infinite set, infinitely many
		}
		return binomial(base, s.K), true, true
	case *SeqSet:
		base, finite, known := quickSize(s.Base)
		if known && finite && base.Sign() == 0 {
			return big.NewInt(1), true, true
		}
		return nil, false, known
	case *FuncSet:
		return s.quickSize()
	case *RecordSet:
		return productSize(s.Sets)
	case *Product:
		return productSize(s.Sets)
	}
	return nil, false, false
}

func (s *FuncSet) quickSize() (n *big.Int, finite, known bool) {
	dom, domFinite, domKnown := quickSize(s.Dom)
	rng, rngFinite, rngKnown := quickSize(s.Rng)
	switch {
	case !domKnown || !rngKnown:
		return nil, false, false
	case domFinite && dom.Sign() == 0:
		return big.NewInt(1), true, true
	case rngFinite && rng.Cmp(big.NewInt(1)) <= 0 && domFinite:
		return rng, true, true
	case rngFinite && rng.Sign() == 0:
		return big.NewInt(0), true, true
	case rngFinite && rng.Cmp(big.NewInt(1)) == 0:
		return big.NewInt(1), true, true
	case domFinite && rngFinite:
		return power(rng, dom)
	}
	return nil, false, true
}

// productSize multiplies sizes; one empty factor makes the whole empty.
func productSize(sets []Value) (n *big.Int, finite, known bool) {
	n, finite, known = big.NewInt(1), true, true
	for _, s := range sets {
		m, f, k := quickSize(s)
		switch {
		case k && f && m.Sign() == 0:
			return big.NewInt(0), true, true
		case !k:
			known = false
		case !f:
			finite = false
		default:
			n.Mul(n, m)
		}
	}
	if !finite || !known {
		n = nil
	}
	return n, finite, known
}

// binomial is the number of subsets with k members of a set with n.
func binomial(n *big.Int, k int) *big.Int {
	switch rest := new(big.Int).Sub(n, big.NewInt(int64(k))); {
	case rest.Sign() < 0:
		return new(big.Int)
	case n.IsInt64():
		return new(big.Int).Binomial(n.Int64(), int64(k))
	}
	out := big.NewInt(1) // n is beyond int64, k is not: n!/(n-k)!/k!
	for i := range int64(k) {
		out.Mul(out, new(big.Int).Sub(n, big.NewInt(i)))
		out.Div(out, big.NewInt(i+1))
	}
	return out
}

// maxPowerBits bounds the numbers that powers and sizes may have, so that a
// slip such as 10^(10^10) is an error and not the end of memory.
const maxPowerBits = 1 << 26

func power(base, exp *big.Int) (n *big.Int, finite, known bool) {
	if n = boundedPower(base, exp); n == nil {
		return nil, false, false
	}
	return n, true, true
}

// boundedPower is base^exp for exp >= 0, or nil when that is too long a number.
func boundedPower(base, exp *big.Int) *big.Int {
	one := big.NewInt(1)
	if base.CmpAbs(one) <= 0 {
		if exp.Sign() > 0 { // only whether exp is even matters
			exp = new(big.Int).Sub(big.NewInt(2), new(big.Int).And(exp, one))
		}
	} else if !exp.IsInt64() || exp.Int64() > maxPowerBits/int64(base.BitLen()) {
		return nil
	}
	return new(big.Int).Exp(base, exp, nil)
}

// errTooLarge says that set is finite but cannot be spelled out.
func errTooLarge(set Value) error {
	size := "more than"
	if n, finite, known := quickSize(set); known && finite && n.BitLen() < 200 {
		size = n.String() + ", which is more than"
	}
	return &Error{Message: fmt.Sprintf("Attempted to list the members of %s: there are %s %d.", Brief(set), size, maxForce), Large: true}
}
