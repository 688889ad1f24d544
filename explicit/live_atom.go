package explicit

import (
	"errors"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// A liveAtom is an atom as compiled code.
type liveAtom struct {
	expr ir.Expr
	step bool // it looks at the next state
	test rows.Test
	goes rows.Test // for ENABLED: the action as a condition on two known states
}

// liveAtoms compiles the atoms. ENABLED of an action runs the action and sees
// whether it gets to its end.
func (s *search) liveAtoms(exprs []ir.Expr) ([]liveAtom, error) {
	c := s.prog.compiler
	out := make([]liveAtom, len(exprs))
	err := s.compiling(func() {
		for i, e := range exprs {
			out[i] = liveAtom{expr: e, step: plan.ReadsNext(e)}
			if plan.IsEnabled(e) {
				a := e.(*ir.App)
				out[i].step = false
				out[i].test, out[i].goes = c.Enabled(a.Args[0]), c.Test(a.Args[0])
			} else {
				out[i].test = c.Test(e)
			}
		}
	})
	return out, err
}

// holding calls holds with each of the atoms about steps, or of those about states,
// that holds on the states in the frame; where compiled code cannot tell, the
// evaluator does. One that it cannot decide either is left to open; where that is nil,
// it is an error. The steps are those out of the state in fr.Cur.
func (w *worker) holding(from *liveness.Steps, atoms []liveAtom, step bool, holds, open func(id int)) error {
	id := 0
	compiled := func(fr *rows.Frame) {
		for ; id < len(atoms); id++ {
			if a := &atoms[id]; a.step == step {
				fr.Assign(step)
				if a.test(fr) {
					holds(id)
				}
			}
		}
	}
	for ; !w.fr.Run(compiled); id++ {
		ok, err := w.decide(from, atoms[id])
		switch {
		case open != nil && errors.Is(err, errOpen):
			open(id)
		case err != nil:
			return err
		case ok:
			holds(id)
		}
	}
	return nil
}

// decide evaluates an atom by the evaluator.
func (w *worker) decide(from *liveness.Steps, a liveAtom) (ok bool, err error) {
	cur := w.s.Decode(w.fr.Cur)
	if !a.step {
		ok, err = w.machine.Bool(a.expr, cur, nil)
		if a.goes != nil && leavesOpen(err) {
			return w.leads(from, a)
		}
		return ok, err
	}
	return w.machine.Bool(a.expr, cur, w.s.Decode(w.fr.Next))
}

// leavesOpen tells whether err says that an action looks at a primed variable
// that it does not assign: an action of a refined specification whose variables
// are expressions over ours, for one.
func leavesOpen(err error) bool {
	var d *diag.Error
	return errors.As(err, &d) && len(d.Diagnostics) > 0 && d.Diagnostics[0].Code == diag.CodeUnassigned
}

// errOpen tells that ENABLED of an action cannot be decided.
var errOpen = errors.New("the action does not determine the next state, and no successor fits")

// leads decides ENABLED of such an action in a state: it is enabled when it
// leads to one of the state's successors, or to itself. When it leads to none it might still
// lead elsewhere: errOpen.
func (w *worker) leads(from *liveness.Steps, a liveAtom) (ok bool, err error) {
	for i := range from.N + 1 {
		w.s.Unpack(w.s.store.Row(from.To(i)), w.fr.Next)
		w.fr.Assign(true)
		if w.fr.Run(func(fr *rows.Frame) { ok = a.goes(fr) }) && ok {
			return true, nil
		}
	}
	return false, errOpen
}
