package bmc

import (
	"context"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// An invariant may be too large to encode, or speak of sets that have no list while
// they depend on the state, and yet read little of it: whether histories of
// transactions are serializable is a matter of all their orders, but in a few steps
// there are few histories. Then the solver lists the
// values that the variables in question have in state k, each different from
// those before, and the evaluator says of each whether the invariant holds. What
// was found good is not asked again at later depths.

// Budgets of encode for one formula or step. What exceeds the first is tried value
// by value; what exceeds the second is not supported.
const (
	fewValuesBudget = 4 << 20
	lastBudget      = 200 << 20
	mostValues      = 1 << 11
)

// A table is the values with which an invariant is known to hold, in the order of
// vars.
type table struct {
	vars []*ir.Variable
	good [][]value.Value
}

// byValues checks the invariant f in state k value by value; false where there are
// too many values.
func (s *search) byValues(ctx context.Context, k int, f *ir.Formula) (done bool, err error) {
	t := s.tables[f]
	if t == nil {
		vars, ok := s.enc.Reads(f.Expr)
		if !ok {
			return false, nil
		}
		t = &table{vars: vars}
		s.tables[f] = t
	}
	if !s.bounded(k, t.vars) {
		return false, nil
	}
	others := s.store.Fresh("others", smt.BoolSort)
	for _, vs := range t.good {
		if err := s.exclude(k, t.vars, vs, others); err != nil {
			return false, err
		}
	}
	for range mostValues {
		found, err := s.satAny(ctx, s.store.And(s.sorted, s.least, others))
		if err != nil || !found {
			return err == nil, err
		}
		state, err := s.enc.Decode(s.solver, s.states[k], nil)
		if err != nil {
			return false, err
		}
		switch holds, err := s.machine.Bool(f.Expr, state, nil); {
		case isInfinite(err):
			return false, nil
		case err != nil || !holds:
			return true, s.violatedBy(ctx, k, t.vars, state)
		}
		vs := valuesOf(t.vars, state)
		t.good = append(t.good, vs)
		if err := s.exclude(k, t.vars, vs, others); err != nil {
			return false, err
		}
	}
	return false, nil
}

// bounded tells whether the integers in what the variables have in state k are: else
// there may be no end of values.
func (s *search) bounded(k int, vars []*ir.Variable) bool {
	all := true
	for _, v := range vars {
		symbolic.EachTerm(s.states[k][v.ID], func(t smt.Term) {
			if s.store.Sort(t) == smt.IntSort {
				_, ok := s.enc.BoundsOf(t)
				all = all && ok
			}
		})
	}
	return all
}

func valuesOf(vars []*ir.Variable, s eval.State) []value.Value {
	out := make([]value.Value, len(vars))
	for i, v := range vars {
		out[i] = s[v.ID]
	}
	return out
}

// exclude asserts that where others holds, the variables have not these values.
func (s *search) exclude(k int, vars []*ir.Variable, vs []value.Value, others smt.Term) error {
	same, err := s.have(k, vars, vs)
	if err == nil {
		s.solver.Assert(s.store.Implies(others, s.store.Not(same)))
	}
	return err
}

// have says that the variables have these values in state k.
func (s *search) have(k int, vars []*ir.Variable, vs []value.Value) (smt.Term, error) {
	same := smt.True
	for i, v := range vars {
		eq, err := s.enc.Equal(s.states[k][v.ID], encode.Known{V: vs[i]})
		if err != nil {
			return smt.False, err
		}
		same = s.store.And(same, eq)
	}
	return same, nil
}

// violatedBy records what is violated where the variables have the values of state.
func (s *search) violatedBy(ctx context.Context, k int, vars []*ir.Variable, state eval.State) error {
	have, err := s.have(k, vars, valuesOf(vars, state))
	if err == nil {
		err = s.minimize(ctx, k, have, have)
	}
	if err != nil {
		return err
	}
	return s.violated(ctx, k)
}

// isUnsupported tells that err names something that encoding does not support, or
// that has exceeded its budget.
func isUnsupported(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Class == diag.Unsupported
}
