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

// number lowers a numeral of any base. Decimals are no integers, and TLC has no
// reals.
func (c *reader) number(n *syntax.Number) ir.Expr {
	digits, base := n.Text, 10
	if strings.HasPrefix(digits, `\`) && len(digits) > 2 {
		base, digits = bases[digits[1]], digits[2:]
	}
	i, ok := new(big.Int).SetString(digits, base)
	if !ok {
		c.fail(problem(codeNumber, n.Span, "%s is no integer", n.Text).
			hint("real numbers cannot be computed with; scale the model to integers"))
		return bad(n.Span)
	}
	return &ir.Lit{Span: n.Span, Value: value.FromBig(i)}
}
