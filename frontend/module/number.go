package module

import (
	"math/big"
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// bases are the prefixes of numbers that are not decimal.
var bases = map[byte]int{'b': 2, 'B': 2, 'o': 8, 'O': 8, 'h': 16, 'H': 16}

// number lowers a numeral of any base. A decimal is a quotient of integers: it
// may stand anywhere, and has a value where that is one.
func (c *reader) number(n *syntax.Number) ir.Expr {
	digits, base := n.Text, 10
	if strings.HasPrefix(digits, `\`) && len(digits) > 2 {
		base, digits = bases[digits[1]], digits[2:]
	}
	whole, fraction, decimal := strings.Cut(digits, ".")
	literal := func(i *big.Int) ir.Expr { return &ir.Lit{Span: n.Span, Value: value.FromBig(i)} }
	i, _ := new(big.Int).SetString(whole+fraction, base) // the scanner takes no other digits
	if !decimal {
		return literal(i)
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(fraction))), nil)
	return &ir.App{Span: n.Span, Op: ir.Div, Args: []ir.Expr{literal(i), literal(scale)}}
}
