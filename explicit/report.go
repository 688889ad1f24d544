package explicit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/explicit/rows"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// report makes the result of a search.
func (k *check) report(s *search, out *outcome) {
	if out == nil {
		return
	}
	k.res.Counts = &out.counts
	k.coverage(s)
	k.notes(s)
	k.verdict(s, out)
	if early := k.res.Violations; len(early) > 0 && k.res.Status != trace.Violated { // the search went on for others
		if k.res.Status != trace.Verified {
			k.note("The search for more violations ended early: " + k.res.Message)
		}
		k.res.Status, k.res.Reason, k.res.Err = trace.Violated, "", nil
		k.res.Message = early[0].Sentence()
	}
	if k.res.Status == trace.Verified {
		k.impossible(s)
	}
	switch k.res.Status {
	case trace.Verified:
		k.postConditions(s.workers[0].machine)
	case trace.Violated:
		k.afterViolation(s.workers[0].machine)
	}
}

// verdict makes the verdict of a search.
func (k *check) verdict(s *search, out *outcome) {
	if len(out.findings) > 0 {
		k.violations(s, out.findings)
		if len(s.kept) > 0 && out.limit != "" {
			k.note("The search for more violations stopped early: " + out.limit + ".")
		} else if k.res.Status == trace.Violated && k.goals.live != nil && out.counts.Left == 0 && k.wanted() > 0 {
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
			k.note(k.typeNote)
		}
		k.res.Status, k.res.Reason = trace.LimitReached, out.limit
		k.res.Message = fmt.Sprintf("Stopped early: %s. %d states generated, %d distinct, %d left to explore.", out.limit, out.counts.Generated, out.counts.Distinct, out.counts.Left)
		k.res.Notes = append(k.res.Notes, "Where the states are too many, "+hintSymbolic+".")
		return
	}
	k.res.Status = trace.Verified
	if out.counts.Generated == 0 {
		k.noBehaviour()
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
	k.res.Status = trace.Clean
	k.res.Message = fmt.Sprintf("No violation so far: %s. %d states generated, %d distinct, %d left to explore.", bySpec, c.Generated, c.Distinct, c.Left)
}

// noBehaviour says that there is nothing to check.
func (k *check) noBehaviour() {
	k.res.Message = "There is no initial state: every property holds vacuously, and nothing was checked."
	k.res.Warnings = append(k.res.Warnings, &diag.Diagnostic{Code: diag.CodeNoInit, Class: diag.Eval, Span: k.sys.Init.Pos(),
		Message: "no state satisfies the initial predicate: nothing was checked"})
}

// worthTelling is the least probability of a collision of fingerprints of the
// usual size that a result speaks of.
const worthTelling = 1e-9

// notes say what the verdict rests on.
func (k *check) notes(s *search) {
	c := k.res.Counts
	note := func(format string, args ...any) { k.res.Notes = append(k.res.Notes, fmt.Sprintf(format, args...)) }
	if p := rows.Collision(c.Distinct, c.Generated, s.Bits()); p >= worthTelling || s.Bits() != 64 {
		note("States are told apart by %d-bit fingerprints; the probability that two were taken for one is about %.1e.", s.Bits(), p)
	}
	for _, f := range k.sys.Constraints {
		note("Only states that satisfy the constraint %s were explored.", f.Name)
	}
	for _, f := range k.sys.ActionConstraints {
		note("The search did not go on from steps that violate the action constraint %s.", f.Name)
	}
	if s.sym != nil {
		note("States that the symmetry turns into each other count as one (%d permutations).", len(s.sym.perms)+1)
	}
	if k.sys.View != nil {
		note("States with the same VIEW count as one.")
	}
}

// postConditions checks the config's POSTCONDITIONS, in their order and up to
// the first that is not true, on m, which has the registers of the run.
func (k *check) postConditions(m *eval.Machine) bool {
	if len(k.sys.PostConditions) == 0 {
		return true
	}
	k.counterexample = k.graphOf(nil)
	for _, f := range k.sys.PostConditions {
		ok, err := m.Bool(f.Expr, nil, nil)
		if err != nil {
			k.fail(err)
			return false
		}
		if !ok {
			k.res.Status = trace.Violated
			k.res.Message = fmt.Sprintf("The postcondition %s is false.", f.Name)
			k.res.Violations = []*trace.Violation{{Kind: trace.Assumption, Name: f.Name}}
			return false
		}
	}
	return true
}

// violations reports the findings of a level: errors of evaluation when there
// is nothing else, the least finding of each property otherwise.
func (k *check) violations(s *search, found []*finding) {
	found = s.least(found)
	first := found[0]

	if first.kind == "" {
		k.evalError(first)
		k.showError(s, first)
		return
	}
	k.res.Status = trace.Violated
	defer k.grace(k.machine, s.workers[0].machine)()
	for _, f := range found {
		if f.kind == "" {
			if len(s.kept) > 0 {
				k.note("An error of evaluation ended the search for more violations: " + f.err.Error())
			}
			continue
		}
		if len(k.res.Violations) == k.opts.MaxErrors {
			continue
		}
		v, err := k.violation(s, f)
		if eval.Interrupted(err) {
			if len(k.res.Violations) > 0 {
				break
			}
			k.fail(unshown{f.kind, k.propertyOf(f)})
			return
		}
		if err = s.confirmed(err, "a violation"); err != nil {
			k.res.Status, k.res.Violations, k.res.Err = trace.Failed, nil, err
			k.res.Message = err.Error()
			return
		}
		k.res.Violations = append(k.res.Violations, v)
	}
	k.res.Message = k.res.Violations[0].Sentence()
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
	if f.kind == trace.Invariant && looksBack(s.goals.invariants[f.index].Expr) {
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
	k.shown = len(b.Steps)
	defer func() { k.shown, k.trace = 0, nil }()
	switch f.kind {
	case trace.Invariant:
		g := k.goals.invariants[f.index]
		if looksBack(g.Expr) && s.sym == nil {
			k.trace = k.traceRecord(b, len(b.Steps))
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
		if (err != nil || some) && repeats(k.sys) {
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
	defer k.grace(k.machine, s.workers[0].machine)()
	if b, err := k.behaviour(s, f); err == nil && len(b.Steps) > 0 {
		k.res.ErrBehaviour = b
	}
}

// evalError reports that the spec cannot be evaluated.
func (k *check) evalError(f *finding) {
	k.res.Status, k.res.Err = trace.Failed, f.err
	var d *diag.Error
	if errors.As(f.err, &d) && f.during != "" && len(d.Diagnostics) > 0 && d.Diagnostics[0].Class == diag.Eval {
		d.Diagnostics[0].Class = diag.EvalInvariant
	}
	k.res.Message = f.err.Error()
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
	for _, v := range k.sys.Variables {
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
	k.alias(b)
	return b, nil
}

// stands tells whether st is t, or one that the symmetry takes for t.
func (w *runner) stands(st, t eval.State) bool {
	same := func(a, b eval.State) bool {
		return slices.EqualFunc(a, b, func(x, y value.Value) bool { return value.Compare(x, y) == 0 })
	}
	if w.s.sym == nil {
		return same(st, t)
	}
	if same(st, t) {
		return true
	}
	for _, p := range w.s.sym.perms {
		if same(p.Values(st), t) {
			return true
		}
	}
	return false
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

// alias evaluates the config's ALIAS along b. Where that fails, the variables
// are shown, and a warning says why.
func (k *check) alias(b *trace.Behaviour) {
	if k.sys.Alias == nil {
		return
	}
	defer func() { k.shown, k.trace = 0, nil }()
	back := looksBack(k.sys.Alias) // making the trace costs the square of the number of states
	for i, st := range b.Steps {
		k.shown = i + 1
		if back {
			k.trace = k.traceRecord(b, i+1)
		}
		next := st.State
		if i+1 < len(b.Steps) {
			next = b.Steps[i+1].State
		}
		v, err := k.machine.Value(k.sys.Alias, st.State, next)
		if err != nil {
			b.Alias = nil
			k.res.Warnings = append(k.res.Warnings, aliasWarning(k.sys.Alias.Pos(), err))
			return
		}
		b.Alias = append(b.Alias, v)
	}
}

const codeAlias diag.Code = "W134" // an ALIAS that cannot be evaluated

func aliasWarning(at source.Span, err error) *diag.Diagnostic {
	w := &diag.Diagnostic{Code: codeAlias, Class: diag.Unsupported, Span: at,
		Message: "the ALIAS cannot be evaluated, so the variables are shown: " + err.Error()}
	var d *diag.Error
	if errors.As(err, &d) && len(d.Diagnostics) > 0 {
		w.Message = "the ALIAS cannot be evaluated, so the variables are shown: " + d.Diagnostics[0].Message
		w.Related = []diag.Related{{Span: d.Diagnostics[0].Span, Message: "here"}}
	}
	return w
}

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
	return diag.New(diag.Unsupported, "U151", source.Span{}, fmt.Sprintf( // a counterexample under a VIEW or symmetry that does not replay
		"%s was found among states that count as one under the VIEW or symmetry, but real states do not confirm it; check without them", what))
}
