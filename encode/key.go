package encode

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A keyPart is a decision on the way to a branch, innermost first: which
// disjunct, or which member of a set. Only decisions that are the same in all
// states are noted, so that a branch has one key at every depth.
type keyPart struct {
	names    []*ir.Name  // bound to a member of a set that depends on no variable,
	member   value.Value // which is this one
	disjunct int
	up       *keyPart
}

func (k *keyPart) either(i int) *keyPart { return &keyPart{disjunct: i, up: k} }

func (k *keyPart) of(names []*ir.Name, v Sym) *keyPart {
	w, ok := symbolic.Concrete(v)
	if !ok {
		return k
	}
	return &keyPart{names: names, member: w, up: k}
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

// Key names the way that the branch takes: the members and then the disjuncts,
// both outermost first, so that in the order of keys comes one process after the
// other. It is the same at every depth; several branches may have one key.
func (b *Branch) Key() string {
	key, _ := b.KeyUnder(func(v value.Value) (value.Value, bool) { return v, true })
	return key
}

// KeyUnder is Key with the image of each member instead; false where image cannot
// tell one.
func (b *Branch) KeyUnder(image func(value.Value) (value.Value, bool)) (key string, ok bool) {
	var members, disjuncts []string
	for k := b.key; k != nil; k = k.up {
		if k.names == nil {
			disjuncts = append(disjuncts, fmt.Sprint("#", k.disjunct))
			continue
		}
		v, known := image(k.member)
		if !known {
			return "", false
		}
		members = append(members, v.String()+" ")
	}
	slices.Reverse(members)
	slices.Reverse(disjuncts)
	return strings.Join(append(members, disjuncts...), ""), true
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
