package symbolic

import "github.com/lemma-mc/lemma/smt"

// What a value may be is known better once it is asserted which states there are: a
// sequence that grows in one step and shrinks in another has as many lengths as
// there are steps, by the form of the steps, and perhaps two in fact. What operators
// make of it is made for each.

// Shapes are the conditions under which parts of vs have one of several shapes, or
// functions an argument.
func Shapes(vs []Sym) []smt.Term {
	w := shapeWalk{seen: map[smt.Term]bool{}}
	w.visitAll(vs)
	return w.out
}

type shapeWalk struct {
	seen map[smt.Term]bool
	out  []smt.Term
}

func (w *shapeWalk) add(t smt.Term) {
	if t > smt.True && !w.seen[t] {
		w.seen[t] = true
		w.out = append(w.out, t)
	}
}

func (w *shapeWalk) visit(v Sym) {
	switch v := v.(type) {
	case *Union:
		for _, a := range v.Alts {
			if hasParts(a.Val) {
				w.add(a.When)
				w.visit(a.Val)
			}
		}
	case *Tuple:
		w.visitAll(v.Elems)
	case *Record:
		w.visitAll(v.Vals)
	case *Func:
		for _, k := range v.Keys {
			w.add(k.In)
		}
		w.visitAll(v.Vals)
	}
}

func (w *shapeWalk) visitAll(vs []Sym) {
	for _, v := range vs {
		w.visit(v)
	}
}

// hasParts tells whether operators make something of v part by part.
func hasParts(v Sym) bool {
	_, _, function := FuncParts(v)
	_, set := Members(v)
	return function || set
}

// Without are vs without the shapes whose conditions never hold.
func (e *Builder) Without(vs []Sym, never []smt.Term) []Sym {
	a := Assumption{e, map[smt.Term]bool{}}
	for _, t := range never {
		a.set(t, false)
	}
	return a.pruneAll(vs)
}
