package encode

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/ir"
)

// A keyPart is a decision on the way to a branch, innermost first: which
// disjunct, or which member of a set. Only decisions that are the same in all
// states are noted, so that a branch has one key at every depth.
type keyPart struct {
	names []*ir.Name // bound to a member of a set that depends on no variable
	text  string
	up    *keyPart
}

func (k *keyPart) either(i int) *keyPart { return &keyPart{text: fmt.Sprint("#", i), up: k} }

func (k *keyPart) member(names []*ir.Name, v Sym) *keyPart {
	w, ok := known(v)
	if !ok {
		return k
	}
	return &keyPart{names: names, text: w.String(), up: k}
}

// binds tells whether n is bound to a member that the key notes.
func (k *keyPart) binds(n *ir.Name) bool {
	for ; k != nil; k = k.up {
		for _, m := range k.names {
			if m == n {
				return true
			}
		}
	}
	return false
}

// String is the key: the members and then the disjuncts, both outermost first,
// so that in the order of keys comes one process after the other.
func (k *keyPart) String() string {
	var members, disjuncts []string
	for ; k != nil; k = k.up {
		if k.names != nil {
			members = append(members, k.text)
		} else {
			disjuncts = append(disjuncts, k.text)
		}
	}
	var b strings.Builder
	for i := len(members) - 1; i >= 0; i-- {
		b.WriteString(members[i])
		b.WriteByte(' ')
	}
	for i := len(disjuncts) - 1; i >= 0; i-- {
		b.WriteString(disjuncts[i])
	}
	return b.String()
}

// stateless tells whether the value of x, in the environment at, is the same in
// all states, given the decisions of k.
func (e *Encoder) stateless(x ir.Expr, at *env, k *keyPart) bool {
	f := e.factsOf(x)
	if len(f.variables) > 0 || f.action || !f.closed {
		return false
	}
	for _, n := range f.names {
		if !k.binds(n) && !e.statelessName(n, at, k) {
			return false
		}
	}
	return true
}

// statelessName is stateless for a parameter that stands for its argument.
func (e *Encoder) statelessName(n *ir.Name, at *env, k *keyPart) bool {
	for b := at; b != nil; b = b.up {
		if b.name == n {
			return b.arg != nil && e.stateless(b.arg.expr, b.arg.env, k)
		}
	}
	return false
}
