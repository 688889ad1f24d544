package encode

import (
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// Who takes a step is the first value that its action is given (package minimal).
// Encoder.Actors asks for that to be noted of branches.

// givens are names that the way to a branch has given values, innermost first.
type givens struct {
	names []*ir.Name
	env   *env
	up    *givens
}

// giving notes names bound in at.
func (mk *actionReader) giving(names []*ir.Name, at *env, up *givens) *givens {
	if !mk.e.Actors || len(names) == 0 {
		return up
	}
	return &givens{names, at, up}
}

// actor is the first of the values that d was given; nil for none.
func (mk *actionReader) actor(d draft) Sym {
	var all []*givens
	for g := d.givens; g != nil; g = g.up {
		all = append(all, g)
	}
	for i := len(all) - 1; i >= 0; i-- {
		for _, n := range all[i].names {
			if v := mk.valueOf(n, all[i].env, d); v != nil {
				return v
			}
		}
	}
	return nil
}

// valueOf is the value of n; nil where it is an operator or has none.
func (mk *actionReader) valueOf(n *ir.Name, at *env, d draft) (v Sym) {
	for b := at; b != nil; b = b.up {
		if b.name == n && b.op != nil {
			return nil
		}
	}
	mk.e.Collect(func() {
		if try(func() { v = mk.e.eval(&ir.NameRef{Name: n}, mk.contextOf(subgoal{env: at}, d)) }) != nil || symbolic.IsBottom(v) {
			v = nil
		}
	})
	return v
}

// Switch says that second, the step after first, is taken by another actor.
func (e *Encoder) Switch(first, second *Step) (t smt.Term, err error) {
	err = e.attempt(func() {
		var same []smt.Term
		for i, b := range first.Branches {
			for j, c := range second.Branches {
				if who := e.sameActor(b, c); who != smt.False {
					same = append(same, e.Store.And(first.Choice[i], second.Choice[j], who))
				}
			}
		}
		t = e.Store.Not(e.Store.Or(same...))
	})
	return t, err
}

func (e *Encoder) sameActor(b, c *Branch) smt.Term {
	if b.actor == nil || c.actor == nil {
		return e.Store.Bool(b.actor == nil && c.actor == nil && b.Name == c.Name)
	}
	return e.Eq(b.actor, c.actor)
}
