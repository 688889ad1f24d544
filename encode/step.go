package encode

import (
	"fmt"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A Step is one step of the system, or the choice of an initial state: its
// branches, and the next state as one symbolic state (E14).
type Step struct {
	Branches []*Branch
	// Choice[i] says that branch i is taken.
	Choice []smt.Term
	// Enabled says that some branch can be taken. Where Exact is false, it
	// says so of the branches that do not depend on a member chosen from a
	// set; see Encoder.Enabled.
	Enabled smt.Term
	Exact   bool
	// Fails are the evaluation errors on the way.
	Fails []Failure
	Next  State
	// Taken says that the step is taken to Next: the guard of the chosen
	// branch, and the definitions of the names in Next.
	Taken []smt.Term
}

// Ways splits an action into its branches from state cur (E12); an initial
// predicate for a nil cur. The failures are evaluation errors on the way.
func (e *Encoder) Ways(x ir.Expr, cur State) (bs []*Branch, fails []Failure, err error) {
	fails = e.collect(func() {
		err = try(func() { bs = e.ways(x, nil, cur) })
	})
	return bs, fails, err
}

// Step makes the step from cur by x; the initial states for a nil cur. Names
// in Next end in suffix.
func (e *Encoder) Step(x ir.Expr, cur State, suffix string) (st *Step, err error) {
	bs, fails, err := e.Ways(x, cur)
	if err != nil {
		return nil, err
	}
	if err := try(func() { st = e.join(bs, suffix) }); err != nil {
		return nil, err
	}
	st.Fails = fails
	return st, nil
}

// join makes one step of branches.
func (e *Encoder) join(bs []*Branch, suffix string) *Step {
	st := &Step{Branches: bs, Exact: true}
	var open []smt.Term
	for _, b := range bs {
		if b.fresh {
			st.Exact = false
		} else {
			open = append(open, b.opened)
		}
		c := smt.True
		if len(bs) > 1 {
			c = e.Store.Fresh("take"+suffix, smt.BoolSort)
			e.guards[c] = b.Guard
		}
		st.Choice = append(st.Choice, c)
		st.Taken = append(st.Taken, e.Store.Implies(c, b.Guard))
	}
	st.Enabled = e.Store.Or(open...)
	st.Taken = append(st.Taken, e.exactlyOne(st.Choice)...)
	if len(bs) == 0 {
		return st
	}
	st.Next = make(State, len(e.Sys.Variables))
	cases := make([]Alt, len(bs))
	for v := range st.Next {
		for i, b := range bs {
			cases[i] = Alt{st.Choice[i], b.Next[v]}
		}
		merged := e.merge(cases)
		if e.numeric()[v] {
			merged = e.asTerms(merged)
		}
		st.Next[v] = e.rename(merged, e.Sys.Variables[v].Name+suffix, smt.True)
	}
	st.Taken = append(st.Taken, e.TakeConstraints()...)
	return st
}

// rename gives names to the terms in v, so that a later state is stated over
// names and not over the terms of all earlier ones (E3). The value matters
// only where used holds.
func (e *Encoder) rename(v Sym, name string, used smt.Term) Sym {
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
			out[i] = e.rename(x, fmt.Sprintf("%s.%d", name, i+1), used)
		}
		return &Tuple{out}
	case *Record:
		out := make([]Sym, len(v.Vals))
		for i, x := range v.Vals {
			out[i] = e.rename(x, name+"."+v.Names[i], used)
		}
		return &Record{v.Names, out}
	case *Func:
		keys := e.renameMembers(v.Keys, name, used)
		out := make([]Sym, len(v.Vals))
		for i, x := range v.Vals {
			out[i] = e.rename(x, name+"."+describe(v.Keys[i].Val), e.Store.And(used, keys[i].In))
		}
		return &Func{keys, out}
	}
	return v
}

func (e *Encoder) renameMembers(ms []Member, name string, used smt.Term) []Member {
	out := make([]Member, len(ms))
	for i, m := range ms {
		in := e.nameTerm(m.In, name)
		out[i] = Member{in, e.rename(m.Val, name, e.Store.And(used, in))}
	}
	return out
}

// renameUnion says again that exactly one alternative holds, which helps the
// solver. Inside a value that is not used none may hold.
func (e *Encoder) renameUnion(u *Union, name string, used smt.Term) Sym {
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
		out[i] = Alt{guards[i], e.rename(a.Val, name, e.Store.And(used, guards[i]))}
	}
	if fresh && len(guards) > 2 {
		for _, t := range e.exactlyOne(guards) {
			e.side = append(e.side, e.Store.Implies(used, t))
		}
		e.together(guards)
	}
	return &Union{out}
}

// ForgetNames makes later steps give new names to terms that have one. A name
// means its term only together with the constraints of the step that gave it:
// who uses steps in queries of their own, and not all on one stack, must not
// let one step rely on the names of another.
func (e *Encoder) ForgetNames() { clear(e.named) }

// nameTerm is a constant that is equal to t; literals need none.
func (e *Encoder) nameTerm(t smt.Term, name string) smt.Term {
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
func (e *Encoder) keepBounds(c, t smt.Term) {
	b, ok := e.boundsOf(t)
	if !ok {
		return
	}
	if b.owed {
		e.side = append(e.side, e.Store.Le(e.Store.Int(b.lo), c), e.Store.Le(c, e.Store.Int(b.hi)))
	}
	e.bounded[c] = bounds{lo: b.lo, hi: b.hi}
}
