package bmc

import (
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A search unrolls a system depth by depth.
type search struct {
	question
	unrolled
	shortcuts

	found  map[string]bool
	lassos *lassoSearch    // for lassos; nil when there is no temporal property
	left   map[string]bool // temporal properties that are not checked
	tables map[*ir.Formula]*table
	terms  int // made before the last depth; see outgrows

	told      *told // may be nil
	minimal   bool  // see minimize
	undecided bool  // whether there is a deadlock; see leaveDeadlock
}

// A question is what is asked, and of whom.
type question struct {
	sys     *ir.System
	enc     *encode.Encoder
	store   *smt.Store
	solver  smt.Solver
	machine *eval.Machine
	props   temporal.Properties
	result  *trace.Result
	errors  int // violations to find
	from    int // the first depth that is looked at
}

// unrolled are the depths so far.
type unrolled struct {
	states []encode.State // states[k] is every state at depth k
	steps  []*encode.Step // steps[k] leads to states[k]
	path   [][]smt.Term   // path[k] is what was asserted of state k and the step to it
}

// shortcuts make queries easier without changing what they answer.
type shortcuts struct {
	local  *locality     // nil where queries are for one solver only
	last   neighbourhood // of the last step; see order
	sorted smt.Term      // assumed where the order of independent steps does not matter
	swaps  []*swapping   // symmetries
	least  smt.Term      // assumed where it does not matter which of several like values is which
	sums   *balance      // what is conserved; nil before the initial states
}

func newSearch(ctx context.Context, sys *ir.System, store *smt.Store, solver smt.Solver, m *eval.Machine, r *trace.Result) (*search, error) {
	if sys.Init == nil || sys.Next == nil {
		return nil, diag.New(diag.Config, diag.CodeNoBehaviour, noSpan, "bounded search needs an initial predicate and a next-state relation")
	}
	s := &search{
		question:  question{sys: sys, enc: encode.New(ctx, store, sys), store: store, solver: solver, machine: m, props: propertiesOf(sys), result: r},
		shortcuts: shortcuts{sorted: smt.True, least: smt.True},
		found:     map[string]bool{}, left: map[string]bool{}, tables: map[*ir.Formula]*table{},
	}
	s.enc.Possible = func(t smt.Term) bool { return s.possible(ctx, t) }
	s.enc.Machine, s.enc.LongestChosen, s.enc.Budget = m, longestChosen, lastBudget
	r.Notes = append(r.Notes, silences(sys)...)
	if len(sys.Constraints)+len(sys.ActionConstraints) > 0 {
		r.Notes = append(r.Notes, "States outside the CONSTRAINT are checked and not extended.")
	}
	var err error
	if s.lassos, err = newLassoSearch(s); err != nil {
		return nil, err
	}
	if s.lassos != nil {
		s.sorted = store.Const("sorted", smt.BoolSort)
	}
	return s, nil
}

// stateless is the verdict where there is no initial state.
func (s *search) stateless() {
	s.result.Status = trace.Verified
	s.result.Message = "There is no initial state, so that every property holds vacuously."
	if len(s.enc.Shortened()) > 0 {
		s.result.Status, s.result.Message = trace.Clean, "No initial state was found."
		return
	}
	for _, f := range s.sys.Possible {
		s.result.Status = trace.Violated
		s.result.Message = f.Name + " is not possible: there is no initial state."
		s.result.Violations = append(s.result.Violations, &trace.Violation{Kind: trace.Assumption, Name: f.Name, Message: s.result.Message})
	}
}

// depth checks depth k. more tells whether there may be behaviours of k+1
// steps; last that they are not asked for.
func (s *search) depth(ctx context.Context, k int, last bool) (more bool, err error) {
	if k == 0 {
		init, err := s.enc.Step(s.sys.Init, nil, "@0")
		if err != nil {
			return false, err
		}
		if err := s.failures(ctx, init, -1); err != nil {
			return false, err
		}
		if ok := s.extend(init); !ok {
			s.stateless()
			return false, nil
		}
		s.findSymmetries()
	}
	if err := s.prune(ctx); err != nil {
		return false, err
	}
	if err := s.checkState(ctx, k); err != nil || s.enough() {
		return false, err
	}
	if err := s.constrain(ctx, k); err != nil {
		return false, err
	}
	next, err := s.enc.Step(s.sys.Next, s.states[k], fmt.Sprintf("@%d", k+1))
	if err != nil {
		return false, err
	}
	if err := s.failures(ctx, next, k); err != nil || s.enough() {
		return false, err
	}
	if s.sys.CheckDeadlock {
		if err := s.deadlock(ctx, next, k); err != nil || s.enough() {
			return false, err
		}
	}
	if s.lassos != nil {
		if err := s.lassos.depth(ctx, k); err != nil || s.enough() {
			return false, err
		}
	}
	s.result.Bound = k
	if last {
		return false, nil
	}
	if s.extend(next) {
		s.order(next)
		s.breakSymmetries(next)
		return true, nil
	}
	s.result.Notes = append(s.result.Notes, fmt.Sprintf("No behaviour has more than %d steps.", k))
	return false, nil
}

func (s *search) enough() bool { return len(s.result.Violations) >= s.errors }

// checkState asks, for one property after the other, whether it fails in state
// k or in the step to it. One query for each is faster than one for all where
// there are many: what was shown of the earlier ones helps with the next.
func (s *search) checkState(ctx context.Context, k int) error {
	inState := func(f *ir.Formula) (smt.Term, []encode.Failure, error) { return s.enc.Truth(f.Expr, s.states[k]) }
	if err := s.checkAll(ctx, k, s.props.Invariants, inState); err != nil || s.enough() {
		return err
	}
	if err := s.checkAll(ctx, k, s.sys.Histories, s.history); err != nil || s.enough() {
		return err
	}
	if k == 0 {
		return s.checkAll(ctx, k, s.props.Initial, inState)
	}
	return s.checkAll(ctx, k, s.props.Steps, func(f *ir.Formula) (smt.Term, []encode.Failure, error) {
		return s.enc.StepTruth(f.Expr, s.states[k-1], s.states[k])
	})
}

// history encodes a formula about all states so far.
func (s *search) history(f *ir.Formula) (smt.Term, []encode.Failure, error) {
	return s.enc.HistoryTruth(f.Expr.(*ir.OpArg), s.states)
}

// A truth encodes a formula at some depth.
type truth func(*ir.Formula) (smt.Term, []encode.Failure, error)

func (s *search) checkAll(ctx context.Context, k int, fs []*ir.Formula, t truth) error {
	for _, f := range fs {
		if err := s.check(ctx, k, f, t); err != nil || s.enough() {
			return err
		}
	}
	return nil
}

// check asks whether f fails at depth k or cannot be evaluated. Where neither
// is so, that is asserted.
func (s *search) check(ctx context.Context, k int, f *ir.Formula, t truth) error {
	if s.found[f.Name] {
		return nil
	}
	holds, fails, err := s.encoded(f, t, fewValuesBudget)
	if isUnsupported(err) && slices.Contains(s.props.Invariants, f) {
		if done, err := s.byValues(ctx, k, f); done || err != nil {
			return err
		}
		holds, fails, err = s.encoded(f, t, lastBudget)
	}
	if err != nil {
		return err
	}
	bad := []smt.Term{s.store.Not(holds)}
	for _, x := range fails {
		bad = append(bad, x.When)
	}
	found, err := s.sat(ctx, s.store.Or(bad...))
	switch {
	case err != nil:
		return err
	case found:
		if err := s.minimize(ctx, k, s.store.And(s.store.Not(s.store.Or(bad[1:]...)), s.store.Not(holds)), s.store.Or(bad...)); err != nil {
			return err
		}
		return s.violated(ctx, k)
	}
	s.assert(s.store.Not(s.store.Or(bad...)))
	return nil
}

// encoded is t(f) within a budget, where f may be checked otherwise.
func (s *search) encoded(f *ir.Formula, t truth, budget int) (smt.Term, []encode.Failure, error) {
	if slices.Contains(s.props.Invariants, f) {
		defer func(old int) { s.enc.Budget = old }(s.enc.Budget)
		s.enc.Budget = budget
	}
	return t(f)
}

// sat asks whether some behaviour satisfies t, which is about its last state.
func (s *search) sat(ctx context.Context, t smt.Term) (bool, error) {
	if t == smt.False || s.known() || s.refuted(ctx, t) {
		return false, nil
	}
	return s.satAny(ctx, t, slices.DeleteFunc([]smt.Term{s.sorted, s.least}, func(x smt.Term) bool { return x == smt.True })...)
}

// satAny is sat for a t that is about the whole behaviour: no order of steps is
// excluded. Of what comes before the first depth that is looked at, the answer is
// known.
func (s *search) satAny(ctx context.Context, t smt.Term, more ...smt.Term) (bool, error) {
	if t == smt.False || s.known() {
		return false, nil
	}
	a, err := s.solver.Check(ctx, append(more, t)...)
	switch {
	case err != nil:
		return false, fmt.Errorf("depth %d: %w", len(s.states)-1, err)
	case a == smt.Unknown:
		return false, &undecidedError{len(s.states) - 1, s.solver.Reason()}
	}
	return a == smt.Sat, nil
}

// possible tells whether t may be true in the behaviours to the last state, for
// the encoder: an answer that does not come rules out nothing.
func (s *search) possible(ctx context.Context, t smt.Term) bool {
	if t == smt.True || t == smt.False {
		return t == smt.True
	}
	a, err := s.solver.Check(ctx, t)
	return err != nil || a != smt.Unsat
}

// known tells that the last state is at a depth that is not looked at: somebody
// else has, or does. Before there are states it is the choice of the first that is
// looked at, at depth 0.
func (s *search) known() bool { return max(len(s.states)-1, 0) < s.from }

// An undecidedError tells that the solver gave up.
type undecidedError struct {
	depth  int
	reason string
}

func (u *undecidedError) Error() string {
	return fmt.Sprintf("the solver gave up at depth %d: %s", u.depth, u.reason)
}
