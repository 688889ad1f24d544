package bmc

import (
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// Levels lists the reachable states of sys by the solver: Levels[k] are the
// states that are first reached after k steps, in value order. It finds them
// one by one and excludes each that it has seen, so that it suits small
// systems only: more than limit states are an error.
func Levels(ctx context.Context, sys *ir.System, opts Options, limit int) ([][]eval.State, error) {
	store := smt.NewStore()
	solver, err := backend.OpenDumping(ctx, store, opts.Solver, opts.DumpDir)
	if err != nil {
		return nil, err
	}
	defer solver.Close()
	s, err := newSearch(ctx, sys, store, solver, eval.New(sys, eval.Options{Context: ctx}), &trace.Result{})
	if err != nil {
		return nil, err
	}
	var levels [][]eval.State
	seen := 0
	for k := 0; k <= opts.Depth; k++ {
		var step *encode.Step
		if k == 0 {
			step, err = s.enc.Step(sys.Init, nil, "@0")
		} else if err = s.constrain(ctx, k-1); err == nil {
			step, err = s.enc.Step(sys.Next, s.states[k-1], fmt.Sprintf("@%d", k))
		}
		if err != nil {
			return nil, err
		}
		if !s.extend(step) {
			break
		}
		if k > 0 {
			s.order(step)
		}
		level, err := s.level(ctx, k, levels, limit-seen)
		if err != nil {
			return nil, err
		}
		if len(level) == 0 {
			break
		}
		seen += len(level)
		levels = append(levels, level)
	}
	return levels, nil
}

// level lists the states at depth k that are in none of the earlier levels.
func (s *search) level(ctx context.Context, k int, earlier [][]eval.State, limit int) ([]eval.State, error) {
	s.solver.Push()
	defer s.solver.Pop()
	exclude := func(st eval.State) error {
		same, err := s.enc.SameState(s.states[k], encode.KnownState(st))
		if err == nil {
			s.solver.Assert(s.store.Not(same))
		}
		return err
	}
	for _, l := range earlier {
		for _, st := range l {
			if err := exclude(st); err != nil {
				return nil, err
			}
		}
	}
	var out []eval.State
	for {
		found, err := s.sat(ctx, smt.True)
		if err != nil {
			return nil, err
		}
		if !found {
			slices.SortFunc(out, compareStates)
			return out, nil
		}
		st, err := s.enc.Decode(s.solver, s.states[k], nil)
		if err != nil {
			return nil, err
		}
		if len(out) == limit {
			return nil, fmt.Errorf("there are too many states to list them one by one")
		}
		out = append(out, st)
		if err := exclude(st); err != nil {
			return nil, err
		}
	}
}

func compareStates(a, b eval.State) int { return slices.CompareFunc(a, b, value.Compare) }
