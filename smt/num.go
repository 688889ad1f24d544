package smt

import (
	"math/big"
	"math/bits"
)

// A num is an integer literal: small unless big is set, and big only where
// int64 does not reach.
type num struct {
	small int64
	big   *big.Int
}

func small(v int64) num { return num{small: v} }

func bigNum(v *big.Int) num {
	if v.IsInt64() {
		return num{small: v.Int64()}
	}
	return num{big: v}
}

func (a num) toBig() *big.Int {
	if a.big != nil {
		return a.big
	}
	return big.NewInt(a.small)
}

func (a num) sign() int {
	switch {
	case a.big != nil:
		return a.big.Sign()
	case a.small < 0:
		return -1
	case a.small > 0:
		return 1
	}
	return 0
}

func (a num) is(v int64) bool { return a.big == nil && a.small == v }

func (a num) cmp(b num) int {
	if a.big == nil && b.big == nil {
		switch {
		case a.small < b.small:
			return -1
		case a.small > b.small:
			return 1
		}
		return 0
	}
	return a.toBig().Cmp(b.toBig())
}

func (a num) add(b num) num {
	if a.big == nil && b.big == nil {
		if c := a.small + b.small; (c > a.small) == (b.small > 0) {
			return small(c)
		}
	}
	return bigNum(new(big.Int).Add(a.toBig(), b.toBig()))
}

func (a num) mul(b num) num {
	if a.big == nil && b.big == nil {
		hi, lo := bits.Mul64(magnitude(a.small), magnitude(b.small))
		if hi == 0 && lo < 1<<63 {
			if (a.small < 0) != (b.small < 0) {
				return small(-int64(lo))
			}
			return small(int64(lo))
		}
	}
	return bigNum(new(big.Int).Mul(a.toBig(), b.toBig()))
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func (a num) neg() num { return a.mul(small(-1)) }

func (a num) sub(b num) num { return a.add(b.neg()) }

// divMod is Euclidean division: the remainder is not negative. b is not 0.
func (a num) divMod(b num) (quo, rem num) {
	q, r := new(big.Int).DivMod(a.toBig(), b.toBig(), new(big.Int))
	return bigNum(q), bigNum(r)
}
