package induction

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/induction/search"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// Options are what a proof attempt may be told.
type Options struct {
	K       int    // largest k; 0 means 5
	Solver  string // a name for backend.Open; "" means the one linked in
	DumpDir string // where every query goes as SMT-LIB 2; "" means nowhere
	Seed    uint64 // of the search for lemmas: the same seed finds the same
	// GivenOnly has no lemmas looked for: the proof is made of what is given.
	GivenOnly bool
	Condition func(Condition) // for Recheck: told of each that was shown; may be nil
	Progress  func(Progress)  // called before each formula, and for each lemma; may be nil
}

// Progress tells how far an attempt has come.
type Progress struct {
	About   string // which sizes of sets it is about, where that is a choice: "any Servers"
	K       int
	Proved  int    // formulas, for good
	Open    int    // those that are tried together
	Held    int    // of these so far: they are proved if all that they rest on are
	Goal    string // the one that is tried now
	Queries int

	// While lemmas are looked for: how many there are, the newest, and the number
	// of sampled states that they are held against.
	Lemmas int
	Newest string
	States int
}

// Check proves the invariants and lemmas of sys. The result is Verified when
// all are proved, Violated when the base finds a real violation, and else
// Unknown, with a CTI for each formula that is open.
func Check(ctx context.Context, sys *ir.System, opts Options) *trace.Result {
	if sets := setsOfAnySize(sys); len(sets) > 0 {
		return checkAnySize(ctx, sys, sets, opts)
	}
	start := time.Now()
	r := noResult(sys)
	a := &attempt{sys: sys, opts: opts, result: r}
	a.end(ctx, a.run(ctx))
	r.Duration = time.Since(start)
	return r
}

// noResult is the result of an attempt on sys that has not begun.
func noResult(sys *ir.System) *trace.Result {
	return &trace.Result{Spec: sys.Name, Engine: "induct", Bound: -1, Effort: &trace.Effort{}}
}

// finish sets the verdict of a run that ended with err.
func finish(ctx context.Context, r *trace.Result, err error) {
	var user *diag.Error
	var assumption *prover.AssumptionError
	switch {
	case err == nil:
	case ctx.Err() != nil:
		r.Status, r.Reason = trace.LimitReached, fmt.Sprint(context.Cause(ctx))
	case errors.As(err, &assumption):
		assumptionFails(r, assumption)
	case errors.As(err, &user):
		r.Status, r.Err = trace.Failed, user
	default:
		r.Status, r.Err = trace.Failed, err
	}
}

// assumptionFails reports that the assumptions leave nothing to prove.
func assumptionFails(r *trace.Result, a *prover.AssumptionError) {
	if a.Formula == nil {
		r.Status, r.Reason = trace.Unknown, a.Error()
		r.Message = "Nothing is proved: " + a.Error() + "."
		return
	}
	answer.FalseAssumption(r, a.Formula)
}

// goals are the formulas to prove together: invariants, also those stated as
// properties, and lemmas.
func goals(sys *ir.System) []*ir.Formula {
	return slices.Concat(sys.Invariants, temporal.Sort(sys.Properties).Invariants, sys.Lemmas)
}

// left are the parts of properties that are no invariants.
func left(sys *ir.System) []*ir.Formula {
	p := temporal.Sort(sys.Properties)
	return slices.Concat(p.Initial, p.Steps, p.Liveness)
}

// An attempt is one run of Check.
type attempt struct {
	sys    *ir.System
	opts   Options
	result *trace.Result
	prover *prover.Prover
	otherSizes
	proofs

	found    []*ir.Formula                 // lemmas
	hints    map[*ir.Formula][]*ir.Formula // what was needed for each elsewhere
	whole    bool                          // proving some of the goals is no use
	searched bool                          // lemmas were looked for
	stood    *search.Standing              // where that ended, if it did not come through
}

// OtherSizes are what an attempt has to do with sets of other sizes than its own.
type otherSizes struct {
	about     string         // which sizes it is about, for Progress
	sets      []*ir.Constant // of which what is proved is to hold whatever their sizes
	again     bool           // lemmas were found before, and hold for small sets alone
	elsewhere bool           // the violation is one of other sets than the system has
}

// Proofs are how far an attempt has come.
type proofs struct {
	begin   []*ir.Formula // those that hold initially
	proved  []*ir.Formula
	k       map[*ir.Formula]int // of each that is proved
	open    []*ir.Formula
	why     map[*ir.Formula]*prover.Obstacle // of open ones, at the largest k tried
	deepest int                              // k that was tried
}

func (a *attempt) run(ctx context.Context) error {
	if a.sys.Init == nil || a.sys.Next == nil {
		return diag.New(diag.Config, diag.CodeNoBehaviour, source.Span{}, "a proof needs an initial predicate and a next-state relation")
	}
	a.open = goals(a.sys)
	if len(a.open) == 0 {
		return diag.New(diag.Config, "C206", source.Span{}, // nothing to prove
			"there is no invariant to prove: name one in the config or with --invariant")
	}
	a.warnings()
	limit := a.opts.K
	if limit == 0 {
		limit = 5
	}
	goals := a.open
	tried := 0
	if a.opts.GivenOnly || len(prover.Untyped(a.sys, goals)) == 0 {
		if tried = limit; !a.opts.GivenOnly {
			tried = min(limit, early)
		}
		if done, err := a.prove(ctx, goals, 1, tried); done || err != nil {
			return err
		}
	}
	if len(a.open) > 0 && !a.opts.GivenOnly {
		if done, err := a.search(ctx, goals); done || err != nil {
			return err
		}
		if done, err := a.prove(ctx, slices.Concat(goals, a.found), 1, 1); done || err != nil {
			return err
		}
	}
	a.dropLemmas()
	if rest := slices.Concat(goals, a.found); len(a.open) > 0 && tried < limit && len(prover.Untyped(a.sys, rest)) == 0 {
		if done, err := a.deeper(ctx, rest, limit); done || err != nil {
			return err
		}
		a.dropLemmas()
	}
	a.verdict()
	return nil
}

// deeper tries larger k where lemmas were not enough. Several steps with messages or
// sequences are hard for a solver: of those two are tried, and not for long, unless
// somebody asks for more.
func (a *attempt) deeper(ctx context.Context, formulas []*ir.Formula, limit int) (done bool, err error) {
	if a.opts.K > 0 || a.prover == nil || a.prover.Plain() {
		return a.prove(ctx, formulas, 1, limit)
	}
	short, stop := context.WithTimeout(ctx, twoSteps)
	defer stop()
	b := *a
	b.opts.K = early
	done, err = b.prove(short, formulas, 1, early)
	if short.Err() != nil && ctx.Err() == nil {
		return false, nil // what is known stands
	}
	b.opts = a.opts
	*a = b
	return done, err
}

// twoSteps is how long deeper tries two steps.
const twoSteps = 10 * time.Second

// early is the largest k that is tried before lemmas are looked for: what holds
// that simply needs no lemma.
const early = 2

// prove tries to prove formulas with k from lo to hi, from nothing. done tells
// that a real violation was found.
func (a *attempt) prove(ctx context.Context, formulas []*ir.Formula, lo, hi int) (done bool, err error) {
	store := smt.NewStore()
	solver, err := backend.OpenDumping(ctx, store, a.opts.Solver, a.opts.DumpDir)
	if err != nil {
		if ctx.Err() != nil {
			a.result.Notes = append(a.result.Notes, err.Error())
		}
		return true, err
	}
	defer func() {
		a.result.Solver = solver.Name() // now it is known which ones were asked
		_ = solver.Close()
	}()
	if a.prover, err = prover.New(ctx, a.sys, store, solver, formulas); err != nil {
		return true, err
	}
	a.prover.AskLarger(func(store *smt.Store) (smt.Solver, error) {
		return backend.OpenDumping(ctx, store, a.opts.Solver, a.larger())
	})
	defer func() {
		a.result.Effort.Queries += a.prover.Queries
		_ = a.prover.Close()
	}()
	a.prover.Hints = a.hints
	a.open, a.begin, a.proved, a.k = formulas, nil, nil, map[*ir.Formula]int{}
	u, err := a.prover.FromInit()
	if err != nil {
		return true, err
	}
	if a.opts.K == 0 && !a.prover.Plain() && (!a.opts.GivenOnly || a.prover.Sequences()) {
		hi = lo // who asks for more waits for it
	}
	a.deepest = max(a.deepest, hi)
	for k := lo; k <= hi && len(a.open) > 0; k++ {
		if k > 1 {
			if err := a.prover.Extend(u); err != nil {
				return true, err
			}
		}
		if done, err := a.round(ctx, u, k); done || err != nil {
			return true, err
		}
	}
	if hi == 1 && len(a.open) > 0 {
		return a.firstStep(ctx, u)
	}
	return false, nil
}

// larger is where queries about sets of any size go in the proof of an instance.
func (a *attempt) larger() string {
	if a.opts.DumpDir == "" {
		return ""
	}
	return filepath.Join(a.opts.DumpDir, "any-size")
}

// firstStep looks for a violation after one step from the initial states u, where
// no proof with a larger k does that. What cannot be decided says nothing.
func (a *attempt) firstStep(ctx context.Context, u *prover.Unrolling) (done bool, err error) {
	if a.prover.Extend(u) != nil {
		return false, nil
	}
	for _, g := range a.open {
		if slices.Contains(a.found, g) {
			continue
		}
		o, err := a.prover.Base(ctx, u, g)
		if ctx.Err() != nil {
			return true, context.Cause(ctx)
		}
		if err == nil && o != nil && o.CTI != nil && (o.Stuck || a.prover.ConfirmViolation(o.CTI, g) == nil) {
			return true, a.violated(ctx, g, o)
		}
	}
	return false, nil
}

// round tries to prove the open formulas with one k. done tells that a real
// violation was found.
func (a *attempt) round(ctx context.Context, u *prover.Unrolling, k int) (done bool, err error) {
	a.why = map[*ir.Formula]*prover.Obstacle{}
	var live []*ir.Formula
	for _, g := range a.open {
		o, err := a.prover.Base(ctx, u, g)
		switch {
		case err != nil:
			return true, err
		case o == nil:
			live = append(live, g)
			if k == 1 {
				a.begin = append(a.begin, g)
			}
		case slices.Contains(a.found, g):
			a.why[g] = o // nobody asked for it, and it is no lemma
		default:
			return true, a.violated(ctx, g, o)
		}
	}
	for {
		held, err := a.survivors(ctx, live, k)
		if err != nil {
			return true, err
		}
		if len(held) == len(live) {
			break
		}
		live = held
	}
	for _, g := range live {
		a.k[g] = k
	}
	a.proved = append(a.proved, live...)
	var open []*ir.Formula
	for _, g := range a.open {
		if a.k[g] == 0 {
			open = append(open, g)
		}
	}
	a.open = open
	return false, nil
}

// errPart tells that a goal is not proved, where all of them must be.
var errPart = errors.New("not all formulas could be proved")

// survivors are the formulas of live whose step holds when all of live and
// what is proved are hypotheses.
func (a *attempt) survivors(ctx context.Context, live []*ir.Formula, k int) ([]*ir.Formula, error) {
	hyps := append(a.proved[:len(a.proved):len(a.proved)], live...)
	var held []*ir.Formula
	for _, g := range live {
		a.report(Progress{K: k, Proved: len(a.proved), Open: len(live), Held: len(held), Goal: g.Name, Queries: a.prover.Queries})
		o, err := a.prover.Step(ctx, hyps, g, k)
		if err != nil {
			return nil, err
		}
		if o == nil {
			held = append(held, g)
		} else {
			a.why[g] = o
			if a.whole && !slices.Contains(a.found, g) {
				return nil, errPart
			}
			if o.CTI != nil {
				if err := a.prover.ConfirmCTI(o, hyps, g); err != nil {
					return nil, err
				}
			}
		}
	}
	return held, nil
}

// report tells how far the attempt has come.
func (a *attempt) report(p Progress) {
	if p.About = a.about; a.opts.Progress != nil {
		a.opts.Progress(p)
	}
}

// violated reports a violation of g, found by the base or as a counterexample
// to induction.
func (a *attempt) violated(ctx context.Context, g *ir.Formula, o *prover.Obstacle) error {
	if o.CTI == nil {
		a.result.Status, a.result.Reason = trace.Unknown, o.Reason
		a.result.Message = fmt.Sprintf("The base case of %s could not be decided: %s.", g.Name, o.Reason)
		return nil
	}
	if o.Stuck {
		return a.fails(ctx, g, o)
	}
	if err := a.prover.ConfirmViolation(o.CTI, g); err != nil {
		if assert := (*eval.AssertError)(nil); errors.As(err, &assert) {
			a.asserted(ctx, o.CTI, assert)
			return nil
		}
		if !o.Spurious(err) {
			return err
		}
		o.CTI, o.Reason = nil, err.Error()
		return a.violated(ctx, g, o)
	}
	a.shown(ctx, o.CTI, &trace.Violation{Kind: trace.Invariant, Name: g.Name})
	return nil
}

// fails reports that a step out of a reachable state, the last of o, cannot be
// evaluated.
func (a *attempt) fails(ctx context.Context, g *ir.Formula, o *prover.Obstacle) error {
	found, err := a.prover.ConfirmStuck(o.CTI)
	if err != nil {
		o.CTI = nil
		return a.violated(ctx, g, o)
	}
	if assert := (*eval.AssertError)(nil); errors.As(found, &assert) {
		a.asserted(ctx, o.CTI, assert)
		return nil
	}
	if b := o.CTI.Behaviour; len(b.Steps) > 0 {
		a.result.ErrBehaviour = b
	}
	a.noteConstants(o.CTI)
	return found
}

// asserted reports that an Assert fails at the end of f.
func (a *attempt) asserted(ctx context.Context, f *prover.Finding, assert *eval.AssertError) {
	a.shown(ctx, f, &trace.Violation{Kind: trace.AssertFail, Name: "Assert", Message: assert.Text})
}

// shown makes v, which f shows, the result.
func (a *attempt) shown(ctx context.Context, f *prover.Finding, v *trace.Violation) {
	if v.Step = len(f.Behaviour.Steps); v.Step > 0 {
		v.Behaviour = f.Behaviour
	}
	a.result.Status, a.result.Violations = trace.Violated, []*trace.Violation{v}
	answer.ShowAlias(ctx, a.prover.In(f).System(), a.result)
	a.noteConstants(f)
}

// verdict says what was proved and what stands in the way of the rest.
func (a *attempt) verdict() {
	r := a.result
	a.tell()
	if len(a.open) == 0 {
		r.Status = trace.Verified
		r.Message = allProved(len(a.proved))
		if ps := left(a.sys); len(ps) > 0 {
			r.Status = trace.Unknown
			r.Reason = fmt.Sprintf("induction proves invariants only: the property %s was not checked", ps[0].Name)
			r.Message = fmt.Sprintf("The property %s was not checked: a proof by induction is about invariants, and those are proved.", ps[0].Name)
		}
		return
	}
	r.Status = trace.Unknown
	for _, g := range a.open {
		o := a.why[g]
		if o.CTI != nil {
			a.showCTI(g.Name, o)
		} else {
			r.Notes = append(r.Notes, fmt.Sprintf("%s: %s.", g.Name, o.Reason))
		}
	}
	r.Reason = fmt.Sprintf("%s not inductive, up to k = %d", isAre(a.open), a.deepest)
	r.Message = fmt.Sprintf("%s neither proved nor refuted: a lemma is missing.", isAre(a.open))
	if a.stood != nil && a.stood.Why != "" {
		a.missing(a.stood.Goal, a.stood.Why)
	}
}

// tell says in the result what is proved.
func (a *attempt) tell() {
	r := a.result
	for _, g := range a.proved {
		if !isLemma(a.sys, g) && !slices.Contains(a.found, g) {
			r.Proofs = append(r.Proofs, &trace.Proof{Name: a.says(g), K: a.k[g], ForAny: forAny(a.sys), Lemmas: names(a.proved, g), Needs: a.needs(g)})
		}
	}
	r.Lemmas = a.lemmas()
}

// says is the name of g, which is proved; its text where g is only a part of what has
// the name, since the rest may be violated.
func (a *attempt) says(g *ir.Formula) string {
	part := func(f *ir.Formula) bool { return f.Name == g.Name && f.Span == g.Span }
	if slices.ContainsFunc(left(a.sys), part) {
		return ir.String(g.Expr)
	}
	return g.Name
}

// showCTI shows the counterexample o to the induction of goal.
func (a *attempt) showCTI(goal string, o *prover.Obstacle) {
	a.result.CTIs = append(a.result.CTIs, &trace.CTI{Goal: goal, Behaviour: o.CTI.Behaviour})
	if o.Stuck {
		a.result.Notes = append(a.result.Notes, fmt.Sprintf("%s: the last state of its counterexample has a step that cannot be evaluated.", goal))
	}
	a.noteConstants(o.CTI)
}

func allProved(n int) string {
	if n == 1 {
		return "The formula is proved for every reachable state."
	}
	return fmt.Sprintf("All %d formulas are proved for every reachable state.", n)
}

func isAre(fs []*ir.Formula) string {
	if len(fs) == 1 {
		return fs[0].Name + " is"
	}
	return list(fs) + " are"
}

func isLemma(sys *ir.System, g *ir.Formula) bool {
	for _, l := range sys.Lemmas {
		if l == g {
			return true
		}
	}
	return false
}

// forAny lists the constants that were left open.
func forAny(sys *ir.System) []string {
	var out []string
	for _, c := range sys.Constants {
		if c.Any {
			out = append(out, c.Name)
		}
	}
	return out
}

// names are those of all formulas but one.
func names(fs []*ir.Formula, but *ir.Formula) []string {
	var out []string
	for _, f := range fs {
		if f != but {
			out = append(out, f.Name)
		}
	}
	return out
}

// warnings say which parts of the config a proof does not look at.
func (a *attempt) warnings() {
	said := map[string]bool{}
	for _, p := range left(a.sys) {
		if said[p.Name] {
			continue
		}
		said[p.Name] = true
		a.result.Warnings = append(a.result.Warnings, &diag.Diagnostic{
			Code: "W120", Class: diag.Unsupported, Span: p.Span, // a property that no proof is tried of
			Message: fmt.Sprintf("%s says more than an invariant; induction proves invariants only, so it was not checked", p.Name),
		})
	}
	if a.sys.CheckDeadlock {
		a.result.Notes = append(a.result.Notes, "A deadlock is not looked for: a proof is about invariants.")
	}
	if n := len(a.sys.Constraints) + len(a.sys.ActionConstraints); n > 0 {
		a.result.Notes = append(a.result.Notes, "The config's constraints are not used: the proof is about all behaviours.")
	}
}

// noteConstants says for which values of the open constants a finding is.
func (a *attempt) noteConstants(f *prover.Finding) {
	for _, c := range a.sys.Constants {
		if v, ok := f.Constants[c]; ok {
			a.result.Notes = append(a.result.Notes, fmt.Sprintf("The states shown are for %s = %s.", c.Name, v))
		}
	}
}
