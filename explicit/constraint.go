package explicit

import (
	"github.com/lemma-mc/lemma/eval"
)

// A state outside the CONSTRAINT, or the step to one, or one that violates an
// ACTION_CONSTRAINT, counts as generated, is checked, and is not explored, as in
// TLC.

// inside tells whether the constraints hold of the state in fr.Next, and of the
// step to it.
func (w *worker) inside(p *program) bool {
	if p.constraints != nil {
		w.fr.Forward()
		ok := p.constraints(w.fr)
		w.fr.Back()
		if !ok {
			return false
		}
	}
	return p.actionConstraints == nil || w.parent == noRef || p.actionConstraints(w.fr)
}

// insidePlain is inside by the evaluator.
func (w *worker) insidePlain(from, st eval.State) (bool, error) {
	if inside, err := w.boundedPlain(st); err != nil || !inside || from == nil {
		return inside, err
	}
	return w.machine.All(w.s.sys.ActionConstraints, from, st)
}

// boundedPlain evaluates the constraints on st, which is a level below the state
// at hand.
func (w *worker) boundedPlain(st eval.State) (bool, error) {
	w.fr.Level++
	defer func() { w.fr.Level-- }()
	return w.machine.All(w.s.sys.Constraints, st, nil)
}
