package bmc

import (
	"context"
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/smt"
)

// A state is a deadlock where no branch of the step from it can be taken. Where a
// branch depends on a member chosen from a set, that is a question about all its
// members: there is a state such that for all choices the guard is false. It is
// answered by instances. For a state in which no instance of a guard holds, the
// solver is asked for a choice with which one does; that makes a new instance, and
// where there is none, the state is a deadlock. The first instances are those that
// the form of a guard suggests (encode.Witnessed).
//
// This is how Solar-Lezama's sketching solves such questions (counterexample-guided
// inductive synthesis, 2006).

// mostInstances is how many choices are tried at one depth.
const mostInstances = 512

// deadlock asks whether no branch can be taken from state k.
func (s *search) deadlock(ctx context.Context, next *encode.Step, k int) error {
	if s.found[""] || s.undecided {
		return nil
	}
	choices := s.enc.Choices(next)
	enabled := next.Enabled
	if found, err := s.sat(ctx, s.store.Not(enabled)); err != nil || !found {
		return err
	}
	for _, c := range choices {
		enabled = s.store.Or(enabled, s.enc.Witnessed(c))
	}
	for range mostInstances {
		stuck := s.store.Not(enabled)
		if found, err := s.sat(ctx, stuck); err != nil || !found {
			return err
		}
		if len(choices) == 0 {
			return s.stuck(ctx, k, stuck, nil)
		}
		here, instance, err := s.instance(ctx, k, choices)
		var gaveUp *undecidedError
		switch {
		case errors.As(err, &gaveUp):
			s.leaveDeadlock(k, choices[0].Span)
			return nil
		case err != nil:
			return err
		case instance == smt.False:
			return s.stuck(ctx, k, here, choices)
		}
		enabled = s.store.Or(enabled, instance)
	}
	s.leaveDeadlock(k, choices[0].Span)
	return nil
}

// stuck shows a deadlock after k steps, in a state in which the condition holds.
func (s *search) stuck(ctx context.Context, k int, condition smt.Term, choices []encode.Choice) error {
	if err := s.remodel(ctx, condition); err != nil {
		return err
	}
	if err := s.minimize(ctx, k, condition, condition); err != nil {
		return err
	}
	return s.deadlocked(ctx, k, choices)
}

// instance is one, for all states, of a guard of choices that holds in state k of the
// model, which is the one where here holds; False where none does.
func (s *search) instance(ctx context.Context, k int, choices []encode.Choice) (here, instance smt.Term, err error) {
	leaves, err := s.valuation(s.leaves(k))
	if err != nil {
		return smt.False, smt.False, err
	}
	here = s.equalities(leaves)
	guards := make([]smt.Term, len(choices))
	for i, c := range choices {
		guards[i] = c.Guard
	}
	found, err := s.satAny(ctx, s.store.Or(guards...), here)
	if err != nil || !found {
		return here, smt.False, err
	}
	holds, err := s.solver.Values(guards...)
	if err != nil {
		return here, smt.False, err
	}
	for i, c := range choices {
		if holds[i].Bool() {
			chosen, err := s.valuation(c.Chosen)
			return here, s.store.Substitute(c.Guard, chosen), err
		}
	}
	return here, smt.False, errNoGuard
}

var errNoGuard = errors.New("the solver's model makes a disjunction true and none of its parts")

// leaves are the constants of which state k is made.
func (s *search) leaves(k int) []smt.Term {
	all, _ := s.enc.Leaves(s.states[k])
	out := make([]smt.Term, 0, len(all))
	for t := range all {
		out = append(out, t)
	}
	slices.Sort(out)
	return out
}

// valuation gives constants the literals that are their values in the model.
func (s *search) valuation(consts []smt.Term) (map[smt.Term]smt.Term, error) {
	vs, err := s.solver.Values(consts...)
	if err != nil {
		return nil, err
	}
	out := map[smt.Term]smt.Term{}
	for i, c := range consts {
		if s.store.Sort(c) == smt.IntSort {
			out[c] = s.store.BigInt(vs[i].Big())
		} else {
			out[c] = s.store.Bool(vs[i].Bool())
		}
	}
	return out, nil
}

// equalities say that constants have the values given.
func (s *search) equalities(of map[smt.Term]smt.Term) smt.Term {
	ts := make([]smt.Term, 0, len(of))
	for c, v := range of {
		ts = append(ts, s.store.Eq(c, v))
	}
	return s.store.And(ts...)
}
