package syntax

import (
	"github.com/alecthomas/participle/v2/lexer"
)

// junction parses a list of /\ or \/ whose bullets stand in one column.
func (p *parser) junction(or bool) Expr {
	start := p.here()
	limit, bullet := p.limit, p.bullet
	first := p.next()
	j := &Junction{Or: or}
	for t := first; ; t = p.next() {
		p.limit, p.bullet = first.Pos.Column, t
		j.Items = append(j.Items, p.expr())
		p.limit, p.bullet = limit, bullet
		again := p.peek()
		if again.Pos.Column != first.Pos.Column || !isBullet(again, or) {
			break
		}
	}
	j.Span = p.since(start)
	return j
}

func isBullet(t *lexer.Token, or bool) bool {
	if or {
		return means(t, `\/`)
	}
	return means(t, `/\`)
}
