package bmc

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/monitor"
	"github.com/lemma-mc/lemma/trace"
)

// A temporal property is violated by an infinite behaviour, and if its states
// are finite in number then by one that ends in a loop. At depth k the solver is
// asked for one of k steps whose last state is also state l < k, or whose last
// state stutters for ever, such that the specification's fairness and the
// negation of the property hold of it: Biere, Heljanko, Junttila, Latvala and
// Schuppan, "Linear encodings of bounded LTL model checking" (2006). TLA has no
// "next" and no "until", so the truth of []F or <>F at a position needs F at the
// positions from there on, and at those of the loop.
//
// A property with a monitor is violated by what has happened so far, whatever the
// specification's fairness asks for: there a path whose last state stutters is
// asked for, which is a shortest bad prefix.
//
// What is found is judged by the evaluator and the definition of the operators
// before it is shown.

// A lassoSearch looks for violations of temporal properties.
type lassoSearch struct {
	*search
	goals   []lassoGoal
	assumed temporal.Formula // of the specification
	atoms   []ir.Expr
	kinds   []ir.Level // of the atoms
	// moves[i][id] is the truth of an atom on the step from state i to i+1, rests
	// that on the stuttering step of the last state.
	moves [][]smt.Term
	rests []smt.Term

	looks []look                 // of the states so far, under a VIEW; see viewed
	alike map[string]*alikeLasso // by property; see viewed
}

// A lassoGoal is a temporal property with what must hold of a behaviour that
// violates it.
type lassoGoal struct {
	*ir.Formula
	violated temporal.Formula
	prefix   bool // a bad prefix violates it
	viewed   bool // a loop may lead to a state with the same VIEW; see viewed
}

// newLassoSearch reads the temporal properties of s; those that bounded search does
// not support are left, with a warning. It is nil when there is nothing to look for.
// What cannot be evaluated in them is an error.
func newLassoSearch(s *search) (*lassoSearch, error) {
	h := &lassoSearch{search: s, alike: map[string]*alikeLasso{}}
	r := temporal.NewReader(s.machine.Constant)
	if err := levelled(moving(s.sys)...); err != nil {
		return nil, s.leaveUnread(err, s.props.Liveness...)
	}
	var assumed temporal.And
	for _, e := range s.sys.Temporal {
		f, err := r.Formula(e)
		if err != nil {
			return nil, s.leaveUnread(err, s.props.Liveness...)
		}
		assumed = append(assumed, f)
	}
	onlyFairness := temporal.OnlyFairness(s.sys.Temporal)
	for _, p := range s.props.Liveness {
		f, err := r.Formula(p.Expr)
		if err == nil {
			err = levelled(p.Expr)
		}
		if err != nil {
			if err := s.leaveUnread(err, p); err != nil {
				return nil, err
			}
			continue
		}
		not := temporal.Negate(f)
		prefix := onlyFairness && monitor.Split(not) != nil
		viewed := !prefix && s.sys.View != nil && temporal.Hidden(s.sys.View, p.Expr) == nil
		h.goals = append(h.goals, lassoGoal{p, not, prefix, viewed})
	}
	if len(h.goals) == 0 {
		return nil, nil
	}
	s.result.Notes = append(s.result.Notes, "Temporal properties were checked on behaviours that end in a loop and have no more steps than the bound.")
	h.assumed, h.atoms = assumed, r.Atoms()
	for _, a := range h.atoms {
		h.kinds = append(h.kinds, temporal.Level(a))
	}
	return h, nil
}

// leaveUnread leaves properties because of err, where that says that something is
// not supported; another error, of evaluating what a formula is about, it returns.
func (s *search) leaveUnread(err error, fs ...*ir.Formula) error {
	if list := diag.Of(err); len(list) > 0 && list[0].Class != diag.Unsupported {
		return inTemporal(err)
	}
	s.leave(err, fs...)
	return nil
}

// depth looks for lassos of k steps. The path to state k is asserted.
func (h *lassoSearch) depth(ctx context.Context, k int) error {
	if err := h.read(ctx, k); err != nil || len(h.goals) == 0 || h.enough() {
		return err
	}
	back, loop, err := h.loops(k, func(l int) (smt.Term, error) { return h.enc.SameState(h.states[k], h.states[l]) })
	if err != nil {
		return h.give(err, func(lassoGoal) bool { return true })
	}
	within := h.words(h.assumed, h.moves, loop)
	last := append(slices.Clip(h.moves), h.rests)
	stays := make([]smt.Term, k+1) // only the last position is in the loop
	for i := range stays {
		stays[i] = smt.False
	}
	stays[k] = smt.True
	still := h.words(h.assumed, last, stays)
	for _, g := range h.goals {
		if h.found[g.Name] {
			continue
		}
		bad := h.words(g.violated, last, stays)
		if !g.prefix {
			bad = h.store.Or(h.store.And(still, bad), h.store.And(back, within, h.words(g.violated, h.moves, loop)))
		}
		found, err := h.satAny(ctx, bad)
		if err != nil {
			return err
		}
		if found {
			if err := h.show(k, g); err != nil || h.enough() {
				return err
			}
		}
	}
	return h.viewed(ctx, k)
}

// read encodes the atoms on the step to state k and on the stuttering step of
// that state, and asks whether they can be evaluated there.
func (h *lassoSearch) read(ctx context.Context, k int) error {
	step, rests := make([]smt.Term, len(h.atoms)), make([]smt.Term, len(h.atoms))
	fails := make([][]encode.Failure, len(h.atoms))
	for id := range h.atoms {
		if !h.wanted(id) {
			continue
		}
		var err error
		switch {
		case k == 0:
		case h.kinds[id] < ir.ActionLevel:
			step[id] = h.rests[id]
		default:
			step[id], err = h.truth(id, h.states[k-1], h.states[k], &fails[id])
		}
		if err == nil {
			rests[id], err = h.truth(id, h.states[k], h.states[k], &fails[id])
		}
		if err != nil {
			if err = h.give(err, h.asks(id)); err != nil {
				return err
			}
		}
	}
	if k > 0 {
		h.moves = append(h.moves, step)
	}
	h.rests = rests
	for _, t := range h.enc.TakeConstraints() {
		h.solver.Assert(t)
	}
	return h.evaluates(ctx, k, fails)
}

// truth encodes the atom id, and adds where it fails to fails.
func (h *lassoSearch) truth(id int, from, to encode.State, fails *[]encode.Failure) (smt.Term, error) {
	t, fs, err := h.enc.StepTruth(h.atoms[id], from, to)
	*fails = append(*fails, fs...)
	return t, err
}

// asks tells of a goal whether it asks for the atom id.
func (h *lassoSearch) asks(id int) func(lassoGoal) bool {
	all := temporal.Mentions(h.assumed, id)
	return func(g lassoGoal) bool { return all || temporal.Mentions(g.violated, id) }
}

// wanted tells whether a goal that is left asks for the atom id.
func (h *lassoSearch) wanted(id int) bool { return slices.ContainsFunc(h.goals, h.asks(id)) }

// give leaves the goals that want what err says is not supported, or cannot be
// decided; the search goes on without them. Other errors it returns.
func (h *lassoSearch) give(err error, wants func(lassoGoal) bool) error {
	var d *diag.Error
	var unclear *unclearError
	supported := !errors.As(err, &d) || d.Diagnostics[0].Class != diag.Unsupported
	if supported && !errors.As(err, &unclear) {
		return err
	}
	h.goals = slices.DeleteFunc(h.goals, func(g lassoGoal) bool {
		if wants(g) && !h.found[g.Name] {
			h.leave(err, g.Formula)
		}
		return wants(g)
	})
	return nil
}

// evaluates asks whether evaluating an atom fails at depth k, and asserts that
// it does not.
func (h *lassoSearch) evaluates(ctx context.Context, k int, fails [][]encode.Failure) error {
	bad := make([]smt.Term, len(fails))
	for id, fs := range fails {
		or := make([]smt.Term, len(fs))
		for i, f := range fs {
			or[i] = f.When
		}
		bad[id] = h.store.Or(or...)
	}
	found, err := h.satAny(ctx, h.store.Or(bad...))
	if err != nil {
		return err
	}
	if found {
		if err := h.fails(k); err != nil {
			return err
		}
	}
	for id, t := range bad {
		if !h.wanted(id) {
			continue
		}
		if found {
			fail, err := h.satAny(ctx, t)
			if err != nil {
				return err
			}
			if fail {
				if err := h.give(&unclearError{fails[id][0].Err}, h.asks(id)); err != nil {
					return err
				}
				continue
			}
		}
		h.solver.Assert(h.store.Not(t))
	}
	return nil
}

// fails is the error of evaluating an atom on the last step of the model, or on
// the stuttering step of its last state; nil where the evaluator, which looks at
// no more than it needs, meets none.
func (h *lassoSearch) fails(k int) error {
	b, err := h.behaviour(k)
	if err != nil {
		return err
	}
	last := b.Steps[k].State
	for id, a := range h.atoms {
		if !h.wanted(id) {
			continue
		}
		if k > 0 {
			_, err = h.machine.Bool(a, b.Steps[k-1].State, last)
		}
		if err == nil {
			_, err = h.machine.Bool(a, last, last)
		}
		if err != nil {
			return h.evalError(inTemporal(err), b)
		}
	}
	return nil
}

// An unclearError tells that the solver meets an error of the spec in a temporal
// formula where the evaluator does not.
type unclearError struct{ cause error }

func (u *unclearError) Error() string { return u.cause.Error() }
func (u *unclearError) Unwrap() error { return u.cause }

// inTemporal gives an evaluation error the class of one in a temporal property.
func inTemporal(err error) error {
	if d, ok := err.(*diag.Error); ok {
		for _, x := range d.Diagnostics {
			x.Class = diag.EvalLiveness
		}
	}
	return err
}

// loops says that state k is an earlier one, where is(l) says that it is state l:
// back that there is a state l to which the last step leads, and loop[i] that
// position i is in the loop.
func (h *lassoSearch) loops(k int, is func(l int) (smt.Term, error)) (back smt.Term, loop []smt.Term, err error) {
	var to []smt.Term
	in := smt.False
	for l := range k {
		same, err := is(l)
		if err != nil {
			return smt.False, nil, err
		}
		begins := smt.False
		if same != smt.False {
			begins = h.store.And(h.store.Fresh(fmt.Sprintf("loop@%d.%d", k, l), smt.BoolSort), same)
		}
		to = append(to, begins)
		in = h.store.Or(in, begins)
		loop = append(loop, in)
	}
	for _, t := range h.enc.TakeConstraints() {
		h.solver.Assert(t)
	}
	return h.store.Or(to...), loop, nil
}

// words is the truth of f of the behaviour with the atoms given at each
// position, of which those with in are in the loop.
func (h *lassoSearch) words(f temporal.Formula, atoms [][]smt.Term, in []smt.Term) smt.Term {
	if len(in) == 0 {
		return smt.False // no behaviour
	}
	return h.positions(f, atoms, in)[0]
}

// positions is the truth of f at each position.
func (h *lassoSearch) positions(f temporal.Formula, atoms [][]smt.Term, in []smt.Term) []smt.Term {
	out := make([]smt.Term, len(in))
	switch f := f.(type) {
	case temporal.Atom:
		for i := range out {
			out[i] = atoms[i][f.ID]
			if f.Not {
				out[i] = h.store.Not(out[i])
			}
		}
	case temporal.And:
		return h.join(f, smt.True, h.store.And, atoms, in)
	case temporal.Or:
		return h.join(f, smt.False, h.store.Or, atoms, in)
	case temporal.Always:
		inLoop := func(in, t smt.Term) smt.Term { return h.store.Implies(in, t) }
		return fromEach(h.positions(f.F, atoms, in), in, smt.True, h.store.And, inLoop)
	case temporal.Eventually:
		inLoop := func(in, t smt.Term) smt.Term { return h.store.And(in, t) }
		return fromEach(h.positions(f.F, atoms, in), in, smt.False, h.store.Or, inLoop)
	default:
		panic(fmt.Sprintf("bmc: formula %T", f))
	}
	return out
}

// fromEach joins, for each position, what is so there and at all positions that come
// after it: those behind it, and those of the loop.
func fromEach(at, in []smt.Term, unit smt.Term, join func(...smt.Term) smt.Term, inLoop func(in, t smt.Term) smt.Term) []smt.Term {
	out := make([]smt.Term, len(at))
	rest := unit
	for i, t := range at {
		rest = join(rest, inLoop(in[i], t))
	}
	for i := len(out) - 1; i >= 0; i-- {
		rest = join(at[i], rest)
		out[i] = rest
	}
	return out
}

// join joins the truths of fs at each position.
func (h *lassoSearch) join(fs []temporal.Formula, empty smt.Term, by func(...smt.Term) smt.Term, atoms [][]smt.Term, in []smt.Term) []smt.Term {
	out := make([]smt.Term, len(in))
	for i := range out {
		out[i] = empty
	}
	for _, f := range fs {
		for i, t := range h.positions(f, atoms, in) {
			out[i] = by(out[i], t)
		}
	}
	return out
}

// show records the violation of g by the model, a lasso of k steps.
func (h *lassoSearch) show(k int, g lassoGoal) error {
	b, err := h.behaviour(k)
	if err != nil {
		return err
	}
	if g.prefix {
		return h.showPrefix(k, g, b)
	}
	path := states(b)
	for l := range k + 1 {
		closed := path // its last state is where the loop leads to
		if l == k {
			closed = append(path, path[k]) // it stutters
		} else if !path[k].Equal(path[l]) {
			continue
		}
		holds, err := h.judge(h.whole(g), closed, l)
		if err != nil {
			return h.evalError(inTemporal(err), b)
		}
		if holds {
			lasso := lassoOf(b, len(closed)-1, l)
			h.record(&trace.Violation{Kind: trace.Liveness, Name: g.Name, Step: len(lasso.Steps), Behaviour: lasso})
			return nil
		}
	}
	return answer.Internal("the solver's lasso of %d steps does not violate %s, or is not fair", k, g.Name)
}

// showPrefix records the violation of g by b, a bad prefix of k steps.
func (h *lassoSearch) showPrefix(k int, g lassoGoal, b *trace.Behaviour) error {
	switch bad, err := h.judge(g.violated, append(states(b), b.Steps[k].State), k); {
	case err != nil:
		return h.evalError(inTemporal(err), b)
	case !bad:
		return answer.Internal("the solver's behaviour of %d steps is no bad prefix of %s", k, g.Name)
	}
	if len(h.result.Violations) == 0 {
		h.result.Message = fmt.Sprintf("Temporal property %s is violated.", g.Name)
	}
	h.record(&trace.Violation{Kind: trace.Invariant, Name: g.Name, Step: k + 1, Behaviour: b})
	return nil
}

// whole is what holds of a fair behaviour that violates g.
func (h *lassoSearch) whole(g lassoGoal) temporal.Formula {
	return temporal.And{h.assumed, g.violated}
}

// judge evaluates f, by the definition of the operators, on the behaviour that goes
// through path, whose last state is where the loop leads to, which begins at state l.
func (h *lassoSearch) judge(f temporal.Formula, path []eval.State, l int) (holds bool, err error) {
	holds = temporal.Holds(f, len(path)-1, l, func(id, i int) bool {
		ok, failed := h.machine.Bool(h.atoms[id], path[i], path[i+1])
		if err == nil {
			err = failed
		}
		return ok
	})
	return holds, err
}

// lassoOf is the behaviour of n states that goes back to state l.
func lassoOf(b *trace.Behaviour, n, l int) *trace.Behaviour {
	out := *b
	out.Steps = b.Steps[:n]
	if l == n-1 && n == len(b.Steps) {
		out.Stuttering = true
	} else {
		out.LoopStart = l + 1
	}
	return &out
}
