package module

import (
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

func (c *reader) subexpr(e *syntax.Subexpr) ir.Expr { return bad(e.Span) }

func (c *reader) selectLabels(u *use, args []syntax.Expr, at source.Span) ir.Expr { return bad(at) }
