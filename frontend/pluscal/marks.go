package pluscal

import (
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// marks tell which nodes of an expression took the place of a name in its text: an
// argument in the place of a macro's parameter, a variable with a prime and a
// subscript in that of its name. With them an expression can be written as its
// user wrote it.
type marks map[syntax.Expr]mark

// A mark is where the name stood. What was made for it has no text of its own.
type mark struct {
	at   source.Span
	made bool
}

// replaced notes that to takes the place of n, which may itself be a replacement.
func (m marks) replaced(to syntax.Expr, n *syntax.Name, made bool) {
	if m == nil {
		return
	}
	at := n.Span
	if before, ok := m[n]; ok {
		at = before.at
	}
	m[to] = mark{at, made}
}

// inherit notes that out is a copy of e.
func (m marks) inherit(out, e syntax.Expr) {
	if before, ok := m[e]; ok {
		if _, own := m[out]; !own {
			m[out] = before
		}
	}
}
