package natives

import (
	"math/big"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Bitwise: on natural numbers of any length.
var bitwiseNatives = map[string]Native{
	"Bitwise!&":      {2, ir.Pure, bits((*big.Int).And)},
	"Bitwise!|":      {2, ir.Pure, bits((*big.Int).Or)},
	"Bitwise!^^":     {2, ir.Pure, bits((*big.Int).Xor)},
	"Bitwise!shiftR": {2, ir.Pure, Strict(shiftRight)},
}

func bits(f func(z, x, y *big.Int) *big.Int) Func {
	return Strict(func(_ *Host, a []value.Value) (value.Value, error) {
		x, err := natural(a[0])
		if err != nil {
			return nil, err
		}
		y, err := natural(a[1])
		if err != nil {
			return nil, err
		}
		return value.FromBig(f(new(big.Int), x, y)), nil
	})
}

func shiftRight(_ *Host, a []value.Value) (value.Value, error) {
	x, err := natural(a[0])
	if err != nil {
		return nil, err
	}
	n, err := small("shiftR", a[1])
	if err != nil || n < 0 {
		return nil, value.Undefined("shiftR needs a natural number of places, but got %s.", value.Brief(a[1]))
	}
	return value.FromBig(new(big.Int).Rsh(x, uint(n))), nil
}

func natural(v value.Value) (*big.Int, error) {
	if n, ok := value.ToBig(v); ok && n.Sign() >= 0 {
		return n, nil
	}
	return nil, value.Undefined("The operators of Bitwise need natural numbers, but got %s.", value.Brief(v))
}
