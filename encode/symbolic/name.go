package symbolic

import (
	"fmt"

	"github.com/lemma-mc/lemma/smt"
)

// names are the constants that stand for terms (E3).
type names struct {
	named   map[smt.Term]smt.Term
	side    []smt.Term // what they stand for, and more; see TakeConstraints
	uniques int        // names of functions made so far
}

// Rename gives names to the terms in v, so that a later state is stated over
// names and not over the terms of all earlier ones (E3). The value matters
// only where used holds.
func (e *Builder) Rename(v Sym, name string, used smt.Term) Sym {
	switch v := v.(type) {
	case Bool:
		return Bool{e.nameTerm(v.T, name)}
	case Int:
		return Int{e.nameTerm(v.T, name)}
	case Elem:
		return Elem{e.nameTerm(v.T, name)}
	case *Union:
		return e.renameUnion(v, name, used)
	case *Set:
		return &Set{e.renameMembers(v.Members, name, used)}
	case *Tuple:
		out := make([]Sym, len(v.Elems))
		for i, x := range v.Elems {
			out[i] = e.Rename(x, fmt.Sprintf("%s.%d", name, i+1), used)
		}
		return &Tuple{out}
	case *Record:
		out := make([]Sym, len(v.Vals))
		for i, x := range v.Vals {
			out[i] = e.Rename(x, name+"."+v.Names[i], used)
		}
		return &Record{v.Names, out}
	case *Func:
		keys := e.renameMembers(v.Keys, name, used)
		out := make([]Sym, len(v.Vals))
		for i, x := range v.Vals {
			out[i] = e.Rename(x, name+"."+Describe(v.Keys[i].Val), e.Store.And(used, keys[i].In))
		}
		return &Func{keys, out}
	}
	return v
}

func (e *Builder) renameMembers(ms []Member, name string, used smt.Term) []Member {
	out := make([]Member, len(ms))
	for i, m := range ms {
		in := e.nameTerm(m.In, name)
		out[i] = Member{in, e.Rename(m.Val, name, e.Store.And(used, in))}
	}
	return out
}

// renameUnion says again that exactly one alternative holds, which helps the
// solver. Inside a value that is not used none may hold.
func (e *Builder) renameUnion(u *Union, name string, used smt.Term) Sym {
	out := make([]Alt, len(u.Alts))
	guards := make([]smt.Term, len(u.Alts))
	fresh := false
	for i, a := range u.Alts {
		if i == 1 && len(u.Alts) == 2 {
			guards[i] = e.Store.Not(guards[0])
		} else {
			guards[i] = e.nameTerm(a.When, name)
		}
		fresh = fresh || guards[i] != a.When
		out[i] = Alt{guards[i], e.Rename(a.Val, name, e.Store.And(used, guards[i]))}
	}
	if fresh && len(guards) > 2 {
		for _, t := range e.ExactlyOne(guards) {
			e.side = append(e.side, e.Store.Implies(used, t))
		}
		e.Together(guards)
	}
	return &Union{out}
}

// ForgetNames makes later steps give new names to terms that have one. A name
// means its term only together with the constraints of the step that gave it:
// who uses steps in queries of their own, and not all on one stack, must not
// let one step rely on the names of another.
func (e *Builder) ForgetNames() { clear(e.named) }

// nameTerm is a constant that is equal to t; literals need none.
func (e *Builder) nameTerm(t smt.Term, name string) smt.Term {
	switch e.Store.Op(t) {
	case smt.OpConst, smt.OpInt, smt.OpTrue, smt.OpFalse:
		return t
	case smt.OpNot:
		return e.Store.Not(e.nameTerm(e.Store.Args(t)[0], name))
	}
	if c, ok := e.named[t]; ok {
		return c
	}
	c := e.Store.Fresh(name, e.Store.Sort(t))
	e.named[t] = c
	e.side = append(e.side, e.Store.Eq(c, t))
	if e.Store.Sort(t) == smt.IntSort {
		e.keepBounds(c, t)
	}
	return c
}

// keepBounds gives c, a name of t, the bounds of t, and tells the solver those
// that it would not find by itself.
func (e *Builder) keepBounds(c, t smt.Term) {
	b, ok := e.BoundsOf(t)
	if !ok {
		return
	}
	if b.owed {
		e.side = append(e.side, e.Store.Le(e.Store.Int(b.Lo), c), e.Store.Le(c, e.Store.Int(b.Hi)))
	}
	e.bounded[c] = Bounds{Lo: b.Lo, Hi: b.Hi}
}

// TakeConstraints returns the constraints made since the last call. Terms made
// meanwhile have their meaning only together with them.
func (e *Builder) TakeConstraints() []smt.Term {
	out := e.side
	e.side = nil
	return out
}

// uniqueName is the name, or prefix of names, of functions.
func (e *Builder) uniqueName(name string) string {
	e.uniques++
	return fmt.Sprintf("%s!r%d", name, e.uniques)
}
