package syntax

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
)

// A pendingOp is a prefix or infix operator that waits for its right operand.
type pendingOp struct {
	info *OpInfo
	tok  lexer.Token
}

// expr parses an expression as far as it goes. Operators and operands are kept
// on two stacks, so that the depth of recursion is that of brackets and not of
// operators.
func (p *parser) expr() Expr {
	if !p.enter() {
		return &At{}
	}
	ops, operands := len(p.pending), len(p.operands)
	for n := 0; ; n++ {
		p.checkDepth(n)
		for p.pushPrefix() {
		}
		at := *p.peek()
		x := p.operand()
		if l, ok := x.(*Labeled); ok && len(p.pending) > ops && p.err == nil {
			p.labelKeeps(l, at)
		}
		p.operands = append(p.operands, x)
		if !p.pushInfix(ops) {
			break
		}
	}
	p.reduceAll(ops)
	e := p.operands[operands]
	p.pending, p.operands = p.pending[:ops], p.operands[:operands]
	p.depth--
	return e
}

// pushPrefix consumes a prefix operator in operand position.
func (p *parser) pushPrefix() bool {
	t := p.peek()
	if t.Type != TokOp && t.Type != TokKeyword {
		return false
	}
	r := roles[t.Value]
	if r == nil || r.prefix == nil {
		return false
	}
	p.pending = append(p.pending, pendingOp{r.prefix, p.next()})
	p.checkDepth(len(p.pending))
	return p.err == nil
}

// pushInfix consumes the postfix operators and suffixes after an operand, then
// an infix operator; false when there is none.
func (p *parser) pushInfix(base int) bool {
	for {
		p.suffixes()
		t := p.peek()
		if t.Type != TokOp && t.Type != TokIn {
			return false
		}
		r := roles[t.Value]
		switch {
		case r == nil:
			return false
		case r.postfix != nil:
			p.reduceFor(base, r.postfix, *t)
			op := p.next()
			x := p.top()
			p.setTop(&Postfix{Span: x.Pos().To(SpanOf(op)), Op: opIdent(op, r.postfix), X: x})
		case r.infix != nil:
			p.reduceFor(base, r.infix, *t)
			if p.err != nil {
				return false
			}
			p.pending = append(p.pending, pendingOp{r.infix, p.next()})
			return true
		default:
			return false
		}
	}
}

// labelKeeps fails where l, at the token given, the right operand of an operator, would be taken apart by
// it if the label were not there: 1 + l :: 2 + 3.
func (p *parser) labelKeeps(l *Labeled, at lexer.Token) {
	top := p.pending[len(p.pending)-1]
	op, fix := "", InfixOp
	switch body := l.Body.(type) {
	case *Infix:
		op = body.Op.Name
	case *Postfix:
		op, fix = body.Op.Name, PostfixOp
	}
	if info, ok := Operator(op, fix); ok && top.info.Hi >= info.Lo {
		p.failAt(at, Precedence, fmt.Sprintf("without the label, %s and %s would be read otherwise", top.tok.Value, op),
			fmt.Sprintf("put what is labelled in parentheses: %s %s :: (...)", top.tok.Value, l.Name.Name))
	}
}

func opIdent(t lexer.Token, info *OpInfo) *Ident { return &Ident{Span: SpanOf(t), Name: info.Op} }

// reduceFor applies the pending operators that bind tighter than next, which
// stands at t.
func (p *parser) reduceFor(base int, next *OpInfo, t lexer.Token) {
	for len(p.pending) > base && p.err == nil {
		top := p.pending[len(p.pending)-1]
		switch {
		case bindsTighter(top.info, next):
			p.reduce()
		case top.info.Hi < next.Lo:
			return
		default:
			p.conflict(top, t)
		}
	}
}

// bindsTighter tells whether left takes the operand between left and right.
func bindsTighter(left, right *OpInfo) bool {
	return left.Lo > right.Hi || left == right && left.Assoc == LeftAssoc
}

func (p *parser) conflict(top pendingOp, t lexer.Token) {
	message := fmt.Sprintf("%s and %s next to each other need parentheses: neither binds tighter", top.tok.Value, t.Value)
	hint := ""
	if top.info.Fix == InfixOp && Canonical(top.tok.Value) == Canonical(t.Value) {
		message = fmt.Sprintf("a %s b %s c has no meaning without parentheses", t.Value, t.Value)
	}
	if top.info.Lo == 5 && top.info.Hi == 5 && top.info.Fix == InfixOp {
		hint = fmt.Sprintf(`to compare three values write a %s b /\ b %s c`, top.tok.Value, t.Value)
	}
	p.failAt(t, Precedence, message, hint)
	p.err.Diagnostic.Related = []diag.Related{{Span: SpanOf(top.tok), Message: "the other operator"}}
}

func (p *parser) reduceAll(base int) {
	for len(p.pending) > base {
		p.reduce()
	}
}

// reduce applies the last pending operator.
func (p *parser) reduce() {
	top := p.pending[len(p.pending)-1]
	p.pending = p.pending[:len(p.pending)-1]
	n := len(p.operands)
	op := opIdent(top.tok, top.info)
	if top.info.Fix == PrefixOp {
		x := p.operands[n-1]
		p.operands[n-1] = &Prefix{Span: op.Span.To(x.Pos()), Op: op, X: x}
		return
	}
	x, y := p.operands[n-2], p.operands[n-1]
	p.operands = p.operands[:n-1]
	p.operands[n-2] = infix(op, x, y)
}

func infix(op *Ident, x, y Expr) Expr {
	span := x.Pos().To(y.Pos())
	if op.Name != `\X` {
		return &Infix{Span: span, Op: op, X: x, Y: y}
	}
	if prod, ok := x.(*Product); ok {
		prod.Items = append(prod.Items, y)
		prod.Span = span
		return prod
	}
	return &Product{Span: span, Items: []Expr{x, y}}
}

// top is the last operand.
func (p *parser) top() Expr     { return p.operands[len(p.operands)-1] }
func (p *parser) setTop(e Expr) { p.operands[len(p.operands)-1] = e }

// suffixes applies f[x] and r.a to the last operand.
func (p *parser) suffixes() {
	for {
		x := p.top()
		switch t := p.peek(); {
		case t.Value == "[" && t.Type == TokPunct:
			open := p.next()
			p.nesting++
			args := list(p, p.expr)
			p.nesting--
			end := p.closing("]", open)
			p.setTop(&Index{Span: x.Pos().To(SpanOf(end)), Fun: x, Args: args})
		case t.Value == "." && t.Type == TokPunct:
			p.next()
			name := p.fieldName()
			p.setTop(&Field{Span: x.Pos().To(name.Span), X: x, Name: name})
		default:
			return
		}
		if p.err != nil {
			return
		}
	}
}

// fieldName parses the name of a record field after a dot, where reserved words
// are names as well.
func (p *parser) fieldName() *Ident {
	if p.atType(TokKeyword) {
		return identOf(p.next())
	}
	return p.ident("the name of a record field after .")
}

// bracketed parses an expression in brackets, where stop does not count.
func (p *parser) bracketed() Expr {
	p.nesting++
	e := p.expr()
	p.nesting--
	return e
}

// bounds parses x, y \in S, <<a, b>> \in T, z. A bound without a domain is an
// unbounded variable.
func (p *parser) bounds() []*Bound { return list(p, p.bound) }

func (p *parser) bound() *Bound {
	start := p.here()
	b := &Bound{}
	if p.at("<<") {
		open := p.next()
		b.Tuple = true
		b.Names = list(p, func() *Ident { return p.ident("a variable's name") })
		p.closing(">>", open)
	} else {
		b.Names = p.boundNames()
	}
	if p.atType(TokIn) {
		p.next()
		b.Domain = p.expr()
	}
	b.Span = p.since(start)
	return b
}

// boundNames parses x, y; in \A x, <<y, z>> \in S the comma ends the names.
func (p *parser) boundNames() []*Ident {
	names := []*Ident{p.ident("a variable's name")}
	for p.at(",") && p.peekPast(1).Type == TokIdent {
		p.next()
		names = append(names, p.ident("a variable's name"))
	}
	return names
}

// requireDomains fails at a bound without \in.
func (p *parser) requireDomains(bounds []*Bound) {
	for _, b := range bounds {
		if b.Domain == nil && p.err == nil {
			p.unexpected(`\in`)
		}
	}
}
