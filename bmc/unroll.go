package bmc

import (
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/smt"
)

// extend asserts that step is taken; false when it plainly cannot be.
func (s *search) extend(step *encode.Step) bool {
	if step.Next == nil {
		return false
	}
	s.path = append(s.path, nil)
	for _, t := range step.Taken {
		s.assert(t)
	}
	s.states = append(s.states, step.Next)
	s.enc.SetLevel(step.Next, len(s.states))
	s.steps = append(s.steps, step)
	s.narrow()
	s.balance(step)
	return true
}

// assert asserts t of the last state, or of the step to it.
func (s *search) assert(t smt.Term) {
	if last := len(s.path) - 1; last >= 0 {
		s.path[last] = append(s.path[last], t)
	}
	s.enc.Learn(t)
	s.solver.Assert(t)
}
