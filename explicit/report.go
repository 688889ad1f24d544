package explicit

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/coverage"
	"github.com/lemma-mc/lemma/explicit/estimate"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/minimal"
	"github.com/lemma-mc/lemma/trace"
)

// report makes the result of a search.
func (k *check) report(s *search, out *outcome) {
	if out == nil {
		return
	}
	k.Res.Counts = &out.counts
	k.coverage(s)
	k.notes(s)
	k.verdict(s, out)
	if early := k.Res.Violations; len(early) > 0 && k.Res.Status != trace.Violated { // the search went on for others
		if k.Res.Status != trace.Verified {
			k.Note("The search for more violations ended early: %s", k.Res.Message)
		}
		k.Res.Status, k.Res.Reason, k.Res.Err = trace.Violated, "", nil
		k.Res.Message = early[0].Sentence()
	}
	if k.Res.Status == trace.Verified {
		k.impossible(s)
	}
	switch k.Res.Status {
	case trace.Verified:
		k.PostConditions(s.workers[0].machine)
	case trace.Violated:
		k.minimize(s.workers[0].machine)
		k.AfterViolation(s.workers[0].machine)
	}
}

// verdict makes the verdict of a search.
func (k *check) verdict(s *search, out *outcome) {
	if len(out.findings) > 0 {
		k.violations(s, out.findings)
		if len(s.kept) > 0 && out.limit != "" {
			k.Note("The search for more violations stopped early: %s.", out.limit)
		} else if k.Res.Status == trace.Violated && k.properties.Live != nil && out.counts.Left == 0 && k.wanted() > 0 {
			k.liveness(s)
		}
		return
	}
	if out.limit == bySpec {
		k.endedBySpec(out.counts)
		return
	}
	if out.limit != "" {
		if k.typeNote != "" {
			k.Note("%s", k.typeNote)
		}
		k.Res.Status, k.Res.Reason = trace.LimitReached, out.limit
		k.Res.Message = fmt.Sprintf("Stopped early: %s. %d states generated, %d distinct, %d left to explore.", out.limit, out.counts.Generated, out.counts.Distinct, out.counts.Left)
		k.Res.Notes = append(k.Res.Notes, "Where the states are too many, "+hintSymbolic+".")
		return
	}
	k.Res.Status = trace.Verified
	if out.counts.Generated == 0 {
		k.NoBehaviour()
	}
	k.neverEnabled(s)
	k.vacuous(s)
	if k.properties.Live != nil {
		k.liveness(s)
	}
}

// endedBySpec is the result of a search that the spec ended, without a violation
// so far.
func (k *check) endedBySpec(c trace.Counts) {
	k.Res.Status = trace.Clean
	k.Res.Message = fmt.Sprintf("No violation so far: %s. %d states generated, %d distinct, %d left to explore.", bySpec, c.Generated, c.Distinct, c.Left)
}

// worthTelling is the least probability of a collision of fingerprints of the
// usual size that a result speaks of.
const worthTelling = 1e-9

// notes say what the verdict rests on.
func (k *check) notes(s *search) {
	c := k.Res.Counts
	if p := estimate.Collision(c.Distinct, c.Generated, s.Bits()); p >= worthTelling || s.Bits() != 64 {
		k.Note("States are told apart by %d-bit fingerprints; the probability that two were taken for one is about %.1e.", s.Bits(), p)
	}
	for _, f := range k.Sys.Constraints {
		k.Note("Only states that satisfy the constraint %s were explored.", f.Name)
	}
	for _, f := range k.Sys.ActionConstraints {
		k.Note("The search did not go on from steps that violate the action constraint %s.", f.Name)
	}
	if s.sym != nil {
		k.Note("States that the symmetry turns into each other count as one (%d permutations).", len(s.sym.perms)+1)
	}
	if k.Sys.View != nil {
		k.Note("States with the same VIEW count as one.")
	}
}

// violations reports the findings of a level: errors of evaluation when there
// is nothing else, the least finding of each property otherwise.
func (k *check) violations(s *search, found []*finding) {
	found = s.least(found)
	first := found[0]

	if first.kind == "" {
		states := 1
		if first.parent != noRef {
			states = 2 // or more
		}
		k.FailIn(first.during, states, first.err)
		k.showError(s, first)
		return
	}
	k.Res.Status = trace.Violated
	defer k.Linger(k.Machine, s.workers[0].machine)()
	for _, f := range found {
		if f.kind == "" {
			if len(s.kept) > 0 {
				k.Note("An error of evaluation ended the search for more violations: %v", f.err)
			}
			continue
		}
		if len(k.Res.Violations) == k.opts.MaxErrors {
			continue
		}
		v, err := k.violation(s, f)
		if eval.Interrupted(err) {
			if len(k.Res.Violations) > 0 {
				break
			}
			k.Fail(answer.Unshown{Kind: f.kind, Name: k.propertyOf(f)})
			return
		}
		if err = s.confirmed(err, "a violation"); err != nil {
			k.Res.Status, k.Res.Violations, k.Res.Err = trace.Failed, nil, err
			k.Res.Message = err.Error()
			return
		}
		k.Res.Violations = append(k.Res.Violations, v)
	}
	k.Res.Message = k.Res.Violations[0].Sentence()
}

// violation makes the counterexample of f, replayed by the evaluator.
func (k *check) violation(s *search, f *finding) (*trace.Violation, error) {
	b, err := k.behaviour(s, f)
	if err != nil {
		return k.unrepeated(s, f, err)
	}
	if f.kind == trace.Invariant {
		if b, err = k.imageOf(s, b, k.properties.Invariants[f.index]); err != nil {
			return nil, err
		}
	}
	v := &trace.Violation{Kind: f.kind, Name: k.propertyOf(f), Step: len(b.Steps), Behaviour: b}
	if len(b.Steps) == 0 { // an Assert fails in the initial predicate
		v.Behaviour, v.Message = nil, assertText(f.err)
		return v, nil
	}
	last := b.Steps[len(b.Steps)-1].State
	k.Told.Level = len(b.Steps)
	defer func() { k.Told.Level, k.Told.Trace = 0, nil }()
	switch f.kind {
	case trace.Invariant:
		g := k.properties.Invariants[f.index]
		if answer.LooksBack(g.Expr) && s.sym == nil {
			k.Told.Trace = k.TraceOf(b, len(b.Steps))
		}
		if ok, err := k.refutes(g, last); err != nil {
			return nil, err
		} else if !ok {
			return nil, answer.Internal("the invariant %s does not fail where the compiled engine found that it does", g.Name)
		}
	case trace.AssertFail:
		v.Message = assertText(f.err)
	case trace.Deadlock:
		some, w := false, s.workers[0]
		w.drawFor(last)
		err := w.machine.Successors(last, func(eval.Successor) bool { some = true; return false })
		if eval.Interrupted(err) {
			return nil, err
		}
		if (err != nil || some) && repeats(k.Sys) {
			return nil, answer.Internal("the last state has a successor, but the compiled engine found none")
		}
	}
	return v, nil
}

// assertText is the message of the failed Assert that err is.
func assertText(err error) string {
	var assert *eval.AssertError
	errors.As(err, &assert)
	return assert.Text
}

// showError finds the way to where an error came up, as far as there is one.
func (k *check) showError(s *search, f *finding) {
	defer k.Linger(k.Machine, s.workers[0].machine)()
	if b, err := k.behaviour(s, f); err == nil && len(b.Steps) > 0 {
		k.Res.ErrBehaviour = b
	}
}

// coverage adds up what the workers counted.
func (k *check) coverage(s *search) {
	a := s.prog.actions
	total := coverage.New(len(a.List))
	for _, w := range s.workers {
		for i, t := range w.Tallies {
			total.Tallies[i].Generated += t.Generated
			total.Tallies[i].Distinct += t.Distinct
		}
		total.Degrees.Add(w.Degrees)
	}
	for i := range total.Tallies { // a search that halts takes back the steps of a state, but not what they led to
		t := &total.Tallies[i]
		t.Generated = max(t.Generated, t.Distinct)
	}
	k.Res.Coverage = answer.Coverage(a, total.Tallies)
	if d := total.Degrees; d.States > 0 {
		k.Res.OutDegree = &trace.OutDegree{Min: d.Min, Mean: float64(d.Steps) / float64(d.States), Max: d.Max}
	}
}

const codeNever diag.Code = "W135" // an action that never makes a step

// neverEnabled warns of actions without a step, once all states are known.
func (k *check) neverEnabled(s *search) {
	if s.prog.actions.Open {
		return
	}
	for _, c := range k.Res.Coverage {
		if c.Generated == 0 {
			k.Warn(codeNever, &diag.Diagnostic{Span: c.Span, Message: fmt.Sprintf("the action %s never makes a step: in no reachable state is it enabled", c.Action)})
		}
	}
}

// mostMinimal is how many states may lie on the way to a counterexample that is to
// be minimal: they are gone through by the evaluator.
const mostMinimal = 100_000

// minimize replaces the counterexamples, which are shortest ones, by those of
// their length that are the easiest to follow (package minimal), where that is
// asked for.
func (k *check) minimize(m *eval.Machine) {
	if !k.opts.Minimal {
		return
	}
	for _, v := range k.Res.Violations {
		ends := minimal.Ending(m, v, k.properties.Invariants, k.properties.ImpliedActions)
		if ends == nil {
			k.Note("The counterexample of %s is not made minimal: only those of deadlocks, invariants and action properties are.", v.Name)
			continue
		}
		s := minimal.Search{Machine: m, Sys: k.Sys, Ends: ends, Most: mostMinimal}
		b, _, err := s.Find(k.Ctx, len(v.Behaviour.Steps)-1)
		switch {
		case errors.Is(err, minimal.ErrTooMany):
			k.Note("The counterexample is not made minimal: more than %d states lie on the way to it.", mostMinimal)
		case err == nil && b != nil:
			k.Alias(b)
			v.Behaviour = b
		}
	}
}
