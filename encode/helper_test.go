package encode

import (
	"testing"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// exprOf parses a constant expression.
func exprOf(t testing.TB, text string) ir.Expr {
	t.Helper()
	return module(t, "---- MODULE T ----\nEXTENDS Integers, Sequences\nVARIABLE v\nInit == v = 0\nNext == v' = v\nE == "+text+"\n====\n").Defs["E"].Body
}

func elems(v value.Value) []value.Value { return v.(*value.Tuple).Elems }
