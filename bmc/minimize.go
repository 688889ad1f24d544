package bmc

import (
	"context"

	"github.com/lemma-mc/lemma/internal/minimal"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/trace"
)

// A counterexample of fewest steps is found first. Among those of its length one
// with the fewest context switches, and then the fewest changes (package minimal),
// is found by further queries about the same unrolling: each asks for one that is
// better than the last.

// minimize makes the model, in which bad holds of state k, one of the cheapest.
// Where bad is out of reach, the model is that of some.
func (s *search) minimize(ctx context.Context, k int, bad, some smt.Term) error {
	if !s.minimal {
		return nil
	}
	found, err := s.satAny(ctx, bad)
	if err != nil {
		return err
	}
	if !found {
		return s.remodel(ctx, some)
	}
	for _, measure := range []func(int) ([]smt.Term, error){s.switches, s.changes} {
		ts, err := measure(k)
		if err != nil {
			return err
		}
		for _, t := range s.enc.TakeConstraints() {
			s.solver.Assert(t)
		}
		if err := s.remodel(ctx, bad); err != nil {
			return err
		}
		if bad, err = s.fewest(ctx, bad, ts); err != nil {
			return err
		}
	}
	return nil
}

// remodel has the solver find a model again in which t holds, which can be.
func (s *search) remodel(ctx context.Context, t smt.Term) error {
	_, err := s.satAny(ctx, t)
	return err
}

// fewest is bad with the condition that as few of ts hold as can, which are no more
// than in the model.
func (s *search) fewest(ctx context.Context, bad smt.Term, ts []smt.Term) (smt.Term, error) {
	if len(ts) == 0 {
		return bad, nil
	}
	atMost := func(n int) smt.Term {
		return s.store.And(bad, s.store.Le(s.store.CountTrue(ts...), s.store.Int(int64(n))))
	}
	for {
		n, err := s.countTrue(ts)
		if err != nil || n == 0 {
			return atMost(n), err
		}
		better, err := s.satAny(ctx, atMost(n-1))
		if err != nil {
			return bad, err
		}
		if !better {
			return atMost(n), s.remodel(ctx, atMost(n))
		}
	}
}

// countTrue counts those of ts that the model makes true.
func (s *search) countTrue(ts []smt.Term) (n int, err error) {
	vs, err := s.solver.Values(ts...)
	for _, v := range vs {
		if v.Bool() {
			n++
		}
	}
	return n, err
}

// switches are the context switches on the way to state k.
func (s *search) switches(k int) ([]smt.Term, error) {
	var out []smt.Term
	for i := 2; i <= k; i++ {
		t, err := s.enc.Switch(s.steps[i-1], s.steps[i])
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// changes are those of a variable in a step to state k or before.
func (s *search) changes(k int) ([]smt.Term, error) {
	var out []smt.Term
	for i := 1; i <= k; i++ {
		for v := range s.states[i] {
			same, err := s.enc.Equal(s.states[i-1][v], s.states[i][v])
			if err != nil {
				return nil, err
			}
			out = append(out, s.store.Not(same))
		}
	}
	return out, nil
}

// relabel gives the steps of b the actions that make the fewest switches, where
// the evaluator can list them.
func (s *search) relabel(ctx context.Context, b *trace.Behaviour) {
	if s.minimal {
		_, _ = minimal.Label(ctx, s.machine, s.sys, b) // the labels that they have are right, too
		s.told.look(b)
	}
}
