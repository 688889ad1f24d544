package syntax

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"
)

// An infix or postfix symbol may also stand before its operands: \o (s, t) is
// read as ((s) \o (t)), and ^+(r) as ((r)^+). Prefix symbols, and those that
// begin a list, are what they are, so that only - needs to be told by the comma
// after its first operand.

// atNonfix tells whether an operator symbol and the bracket of its operands
// follow.
func (p *parser) atNonfix() bool {
	if operatorSymbol(p.peek()) == "" {
		return false
	}
	after := p.peekPast(1)
	return means(&after, "(")
}

func (p *parser) nonfix() Expr {
	op := p.next()
	open := p.next()
	p.nesting++
	args := list(p, p.expr)
	p.nesting--
	p.closing(")", open)
	switch r := roles[op.Value]; {
	case r.infix != nil && len(args) == 2:
		return p.nonfixInfix(op, args[0], args[1])
	case r.postfix != nil && len(args) == 1:
		span := p.since(startOf(op))
		return &Paren{Span: span, X: &Postfix{Span: span, Op: opIdent(op, r.postfix), X: paren(args[0])}}
	}
	p.failAt(op, Unexpected, fmt.Sprintf("%s does not take %d operands in brackets after it", op.Value, len(args)), "")
	return &At{}
}

func (p *parser) nonfixInfix(op lexer.Token, x, y Expr) Expr {
	return &Paren{Span: p.since(startOf(op)), X: infix(opIdent(op, roles[op.Value].infix), paren(x), paren(y))}
}

func paren(x Expr) *Paren { return &Paren{Span: x.Pos(), X: x} }

// afterMinus tells whether the token just read is a - taken for a prefix.
func (p *parser) afterMinus() bool {
	last, n := p.before(), len(p.pending)
	return n > 0 && len(last) > 0 && p.pending[n-1].tok == last[len(last)-1] && p.pending[n-1].tok.Value == "-"
}

// nonfixMinus parses the rest of -(x, y) from the comma on: the - that waits
// for an operand is none that does.
func (p *parser) nonfixMinus(x Expr, open lexer.Token) Expr {
	minus := p.pending[len(p.pending)-1].tok
	p.pending = p.pending[:len(p.pending)-1]
	p.next()
	y := p.bracketed()
	p.closing(")", open)
	return p.nonfixInfix(minus, x, y)
}
