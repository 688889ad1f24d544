package explicit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/source"
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
		k.AfterViolation(s.workers[0].machine)
	}
}

// verdict makes the verdict of a search.
func (k *check) verdict(s *search, out *outcome) {
	if len(out.findings) > 0 {
		k.violations(s, out.findings)
		if len(s.kept) > 0 && out.limit != "" {
			k.Note("The search for more violations stopped early: %s.", out.limit)
		} else if k.Res.Status == trace.Violated && k.goals.live != nil && out.counts.Left == 0 && k.wanted() > 0 {
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
	if k.goals.live != nil {
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
	if p := rows.Collision(c.Distinct, c.Generated, s.Bits()); p >= worthTelling || s.Bits() != 64 {
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
		k.FailIn(first.during, first.err)
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

// order of kinds among findings of one level.
var kindOrder = []trace.ViolationKind{trace.Invariant, trace.ActionProp, trace.AssertFail, trace.Deadlock, ""}

// Rank is the place of a kind of violation among those that a search meets at the
// same level, of which it shows the first; "" stands for an error of evaluation.
func Rank(kind trace.ViolationKind) int { return slices.Index(kindOrder, kind) }

// least picks the least finding of each property, in a fixed order.
func (s *search) least(found []*finding) []*finding {
	for _, f := range found {
		s.settleParent(f)
	}
	slices.SortFunc(found, func(a, b *finding) int {
		return cmp.Or(
			cmp.Compare(a.level, b.level),
			cmp.Compare(slices.Index(kindOrder, a.kind), slices.Index(kindOrder, b.kind)),
			cmp.Compare(a.index, b.index), cmp.Compare(a.name, b.name),
			a.print.Compare(b.print), s.refPrint(a.parent).Compare(s.refPrint(b.parent)))
	})
	var out []*finding
	for _, f := range found {
		if !slices.ContainsFunc(out, f.same) {
			out = append(out, f)
		}
	}
	return out
}

// same tells whether f and g violate the same property.
func (f *finding) same(g *finding) bool {
	return f.kind == g.kind && f.index == g.index && f.name == g.name
}

// settleParent gives a finding that depends on its state alone the parent that the
// store has for the state: who found it first is chance. What a VIEW takes for the
// state may not be a step away from that one, and an invariant that looks back may
// hold on the way through it.
func (s *search) settleParent(f *finding) {
	if f.packed == nil || f.step || s.sys.View != nil {
		return
	}
	if f.kind == trace.Invariant && answer.LooksBack(s.goals.invariants[f.index].Expr) {
		return
	}
	if r, known := s.store.Find(f.print); known {
		f.parent = s.store.Parent(r)
	}
}

// violation makes the counterexample of f, replayed by the plain evaluator.
func (k *check) violation(s *search, f *finding) (*trace.Violation, error) {
	b, err := k.behaviour(s, f)
	if err != nil {
		return k.unrepeated(s, f, err)
	}
	if f.kind == trace.Invariant {
		if b, err = k.imageOf(s, b, k.goals.invariants[f.index]); err != nil {
			return nil, err
		}
	}
	v := &trace.Violation{Kind: f.kind, Name: k.propertyOf(f), Step: len(b.Steps), Behaviour: b}
	last := b.Steps[len(b.Steps)-1].State
	k.Told.Level = len(b.Steps)
	defer func() { k.Told.Level, k.Told.Trace = 0, nil }()
	switch f.kind {
	case trace.Invariant:
		g := k.goals.invariants[f.index]
		if answer.LooksBack(g.Expr) && s.sym == nil {
			k.Told.Trace = k.TraceOf(b, len(b.Steps))
		}
		if ok, err := k.refutes(g, last); err != nil {
			return nil, err
		} else if !ok {
			return nil, answer.Internal("the invariant %s does not fail where the compiled engine found that it does", g.Name)
		}
	case trace.AssertFail:
		var assert *eval.AssertError
		errors.As(f.err, &assert)
		v.Message = assert.Text
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

// propertyOf is the name of the property that f violates.
func (k *check) propertyOf(f *finding) string {
	if f.kind == trace.Invariant {
		return k.goals.invariants[f.index].Name
	}
	return f.name
}

// showError finds the way to where an error came up, as far as there is one.
func (k *check) showError(s *search, f *finding) {
	defer k.Linger(k.Machine, s.workers[0].machine)()
	if b, err := k.behaviour(s, f); err == nil && len(b.Steps) > 0 {
		k.Res.ErrBehaviour = b
	}
}

// behaviour rebuilds the way to f: the chain of fingerprints leads from an
// initial state to the finding, and the plain evaluator walks along it.
func (k *check) behaviour(s *search, f *finding) (*trace.Behaviour, error) {
	var prints []fingerprint
	for r := f.parent; r != noRef; r = s.store.Parent(r) {
		prints = append(prints, s.store.Print(r))
	}
	slices.Reverse(prints)
	b := &trace.Behaviour{}
	for _, v := range k.Sys.Variables {
		b.Vars = append(b.Vars, v.Name)
	}
	w := s.workers[0]
	w.s.stopped.Store(nil)
	for i, print := range prints {
		if err := w.step(b, i, func(st eval.State) bool { return w.printOf(st, i) == print }); err != nil {
			return nil, err
		}
	}
	if f.packed != nil {
		s.Unpack(f.packed, w.spare)
		last := s.Decode(w.spare)
		if err := w.step(b, len(prints), func(st eval.State) bool { return w.stands(st, last) }); err != nil {
			return nil, err
		}
	}
	k.Alias(b)
	return b, nil
}

// stands tells whether st is t, or one that the symmetry takes for t.
func (w *runner) stands(st, t eval.State) bool {
	if w.s.sym == nil || st.Equal(t) {
		return st.Equal(t)
	}
	return slices.ContainsFunc(w.s.sym.perms, func(p *rows.Permutation) bool { return t.Equal(p.Values(st)) })
}

// printOf is the fingerprint under which the search knows st.
func (w *runner) printOf(st eval.State, depth int) (print fingerprint) {
	w.fr.ForgetStates()
	if !w.s.Encode(st, w.fr.Next, w.packed) {
		return fingerprint{}
	}
	w.parent = noRef
	w.fr.Assign(true)
	w.fr.Run(func(*rows.Frame) {
		if w.s.sym != nil {
			print, _ = w.s.sym.least(w)
		} else {
			print = w.s.prog.view.Fingerprint(w.fr, w.packed)
		}
	})
	w.fr.Assign(false)
	return print
}

// step extends b by the first state that is right.
func (w *runner) step(b *trace.Behaviour, i int, right func(eval.State) bool) error {
	return w.stepAt(b, i, i, right)
}

// stepAt is step where TLCGet("level") is the level given.
func (w *runner) stepAt(b *trace.Behaviour, i, level int, right func(eval.State) bool) error {
	var found *trace.Step
	var err error
	w.fr.Level = level
	w.prefix = b
	defer func() { w.prefix = nil }()
	if i == 0 {
		w.drawFor(nil)
		err = w.machine.Init(func(st eval.State) bool {
			if right(st) {
				found = &trace.Step{Action: "InitialState", State: st}
			}
			return found == nil
		})
	} else {
		w.drawFor(b.Steps[i-1].State)
		err = w.machine.Successors(b.Steps[i-1].State, func(t eval.Successor) bool {
			if right(t.State) {
				found = &trace.Step{Action: t.Action.String(), Span: t.Action.Span, State: t.State}
			}
			return found == nil
		})
	}
	if found == nil {
		if err := cmp.Or(err, w.machine.Ended()); err != nil {
			return err
		}
		return answer.Internal("state %d of the counterexample does not replay", i+1)
	}
	b.Steps = append(b.Steps, *found)
	return nil
}

const codeMerged diag.Code = "U151" // a counterexample under a VIEW or symmetry that does not replay

// confirmed is err, unless that says that a counterexample does not replay which
// was found among states that count as one: the VIEW or symmetry may be to blame.
func (s *search) confirmed(err error, what string) error {
	var ours *answer.InternalError
	if !errors.As(err, &ours) {
		return err
	}
	if !repeats(s.sys) {
		return diag.New(diag.Unsupported, "U156", s.sys.Next.Pos(), what+ // a lasso of a behaviour that reads registers, files or the clock
			" was found, but the behaviour reads registers, files, the clock or the state of the search, which have changed since, so it cannot be evaluated again")
	}
	if !s.merges() {
		return err
	}
	return diag.New(diag.Unsupported, codeMerged, source.Span{}, fmt.Sprintf(
		"%s was found among states that count as one under the VIEW or symmetry, but real states do not confirm it; check without them", what))
}
