package encode

import (
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
	fails = e.Collect(func() {
		err = e.attempt(func() { bs = e.ways(x, nil, cur) })
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
	if err := e.attempt(func() { st = e.join(bs, suffix) }); err != nil {
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
			e.TakenWhen(c, b.Guard)
		}
		st.Choice = append(st.Choice, c)
		st.Taken = append(st.Taken, e.Store.Implies(c, b.Guard))
	}
	st.Enabled = e.Store.Or(open...)
	st.Taken = append(st.Taken, e.ExactlyOne(st.Choice)...)
	if len(bs) == 0 {
		return st
	}
	st.Next = make(State, len(e.Sys.Variables))
	cases := make([]Alt, len(bs))
	for v := range st.Next {
		for i, b := range bs {
			cases[i] = Alt{When: st.Choice[i], Val: b.Next[v]}
		}
		merged := e.Merge(cases)
		if e.numeric()[v] {
			merged = e.AsTerms(merged)
		}
		st.Next[v] = e.Rename(merged, e.Sys.Variables[v].Name+suffix, smt.True)
	}
	st.Taken = append(st.Taken, e.TakeConstraints()...)
	return st
}
