package value

import (
	"math"
	"math/big"
	"math/bits"
)

// FromBig returns the integer n in canonical form. It may keep n.
func FromBig(n *big.Int) Value {
	if n.IsInt64() {
		return Int(n.Int64())
	}
	return &BigInt{n}
}

// ToBig returns the integer v as a big one; ok is false when v is none. The
// caller must not change it.
func ToBig(v Value) (n *big.Int, ok bool) {
	if v.Kind() != KindInt {
		return nil, false
	}
	return toBig(v), true
}

// bothInts says which of a and b is no integer, if any.
func bothInts(op string, a, b Value) error {
	if a.Kind() != KindInt {
		return Undefined("The first argument of %s should be an integer, but instead it is %s.", op, describe(a))
	}
	if b.Kind() != KindInt {
		return Undefined("The second argument of %s should be an integer, but instead it is %s.", op, describe(b))
	}
	return nil
}

// Add is a + b, Sub a - b, Mul a * b, Neg -a, over integers without bound.
func Add(a, b Value) (Value, error) {
	x, ok := a.(Int)
	y, also := b.(Int)
	if sum := x + y; ok && also && (sum > x) == (y > 0) {
		return sum, nil
	}
	return viaBig("+", a, b, (*big.Int).Add)
}

func Sub(a, b Value) (Value, error) {
	x, ok := a.(Int)
	y, also := b.(Int)
	if diff := x - y; ok && also && (diff < x) == (y > 0) {
		return diff, nil
	}
	return viaBig("-", a, b, (*big.Int).Sub)
}

func Mul(a, b Value) (Value, error) {
	x, ok := a.(Int)
	y, also := b.(Int)
	if ok && also && x != math.MinInt64 && y != math.MinInt64 {
		hi, lo := bits.Mul64(magnitude(x), magnitude(y))
		if hi == 0 && lo <= math.MaxInt64 {
			return x * y, nil
		}
	}
	return viaBig("*", a, b, (*big.Int).Mul)
}

func Neg(a Value) (Value, error) {
	if x, ok := a.(Int); ok && x != math.MinInt64 {
		return -x, nil
	}
	if a.Kind() != KindInt {
		return nil, Undefined("The argument of - should be an integer, but instead it is %s.", describe(a))
	}
	return FromBig(new(big.Int).Neg(toBig(a))), nil
}

func magnitude(x Int) uint64 {
	if x < 0 {
		return uint64(-x)
	}
	return uint64(x)
}

func viaBig(op string, a, b Value, f func(z, x, y *big.Int) *big.Int) (Value, error) {
	if err := bothInts(op, a, b); err != nil {
		return nil, err
	}
	return FromBig(f(new(big.Int), toBig(a), toBig(b))), nil
}

// Quo is a \div b: the quotient rounded towards minus infinity.
func Quo(a, b Value) (Value, error) {
	if err := bothInts(`\div`, a, b); err != nil {
		return nil, err
	}
	if b == Value(Int(0)) {
		return nil, Undefined(`The second argument of \div is 0.`)
	}
	x, ok := a.(Int)
	y, also := b.(Int)
	if ok && also && y != -1 {
		q := x / y
		if x%y != 0 && (x < 0) != (y < 0) {
			q--
		}
		return q, nil
	}
	q, r := new(big.Int).QuoRem(toBig(a), toBig(b), new(big.Int))
	if r.Sign() != 0 && r.Sign() != toBig(b).Sign() {
		q.Sub(q, big.NewInt(1))
	}
	return FromBig(q), nil
}

// Mod is a % b, in 0..b-1; b must be positive.
func Mod(a, b Value) (Value, error) {
	if err := bothInts("%", a, b); err != nil {
		return nil, err
	}
	if toBig(b).Sign() <= 0 {
		return nil, Undefined("The second argument of %% should be a positive number, but instead it is %s.", b)
	}
	x, ok := a.(Int)
	y, also := b.(Int)
	if ok && also {
		r := x % y
		if r < 0 {
			r += y
		}
		return r, nil
	}
	return FromBig(new(big.Int).Mod(toBig(a), toBig(b))), nil
}

// Pow is a ^ b for b >= 0.
func Pow(a, b Value) (Value, error) {
	if err := bothInts("^", a, b); err != nil {
		return nil, err
	}
	base, exp := toBig(a), toBig(b)
	if exp.Sign() < 0 {
		return nil, Undefined("The second argument of ^ should be a natural number, but instead it is %s.", b)
	}
	if base.Sign() == 0 && exp.Sign() == 0 {
		return nil, Undefined("0^0 is undefined.")
	}
	n := boundedPower(base, exp)
	if n == nil {
		return nil, Undefined("%s^%s is too large a number.", Brief(a), Brief(b))
	}
	return FromBig(n), nil
}

// Div is the real division a / b, defined here where its result is an integer.
func Div(a, b Value) (Value, error) {
	if err := bothInts("/", a, b); err != nil {
		return nil, err
	}
	if b == Value(Int(0)) {
		return nil, Undefined("The second argument of / is 0.")
	}
	q, r := new(big.Int).QuoRem(toBig(a), toBig(b), new(big.Int))
	if r.Sign() != 0 {
		return nil, Undefined("%s / %s is not an integer, and real numbers are not supported.", a, b)
	}
	return FromBig(q), nil
}

// CompareInts is -1, 0 or 1 as a is less than, equal to or greater than b; op
// names the operator that asks.
func CompareInts(op string, a, b Value) (int, error) {
	if err := bothInts(op, a, b); err != nil {
		return 0, err
	}
	return Compare(a, b), nil
}
