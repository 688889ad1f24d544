package specgen

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// whole searches all states of a spec whatever is found on the way, and decides
// every property; ok is false when that is too much, or when something cannot be
// evaluated.
func whole(s *Spec, sys *ir.System) (want *ending, ok bool) {
	want = search(s, sys, limit{levels: anyDepth, states: maxGraph, all: true})
	broken := slices.ContainsFunc(want.found, func(f finding) bool { return f.kind == "" })
	return want, !want.cut && !want.unsure && !broken && want.judge != nil
}

// byItself checks each invariant and each property of a spec alone, and
// deadlock: one that is violated must not hide the others.
func byItself(s *Spec, sys *ir.System) string {
	want, ok := whole(s, sys)
	if !ok {
		return ""
	}
	check := func(name string, one ir.System) string {
		r := explicit.Check(context.Background(), &one, explicit.Options{Workers: 1 + len(name)%2, FindSymmetry: sys.Symmetry == nil})
		if excuse(r) == "U155" {
			return want.only(name).allowsOnly(r.Err.Error())
		}
		if wrong := want.only(name).allows(r); wrong != "" {
			return fmt.Sprintf("%q alone: %s, %s", name, shown(r), wrong)
		}
		return ""
	}
	nothing := *sys
	nothing.Invariants, nothing.Properties, nothing.Possible, nothing.CheckDeadlock = nil, nil, nil, false
	for _, f := range sys.Invariants {
		one := nothing
		one.Invariants = []*ir.Formula{f}
		if wrong := check(f.Name, one); wrong != "" {
			return wrong
		}
	}
	for _, f := range sys.Properties {
		one := nothing
		one.Properties = []*ir.Formula{f}
		if wrong := check(f.Name, one); wrong != "" {
			return wrong
		}
	}
	if s.possible != nil {
		one := nothing
		one.Possible = sys.Possible
		if wrong := check("Possible", one); wrong != "" {
			return wrong
		}
	}
	if sys.CheckDeadlock {
		one := nothing
		one.CheckDeadlock = true
		return check("", one)
	}
	return ""
}

// only is what there is to find of one property.
func (e *ending) only(name string) *ending {
	o := *e
	o.found = slices.DeleteFunc(slices.Clone(e.found), func(f finding) bool { return f.name != name })
	o.broken = slices.DeleteFunc(slices.Clone(e.broken), func(p string) bool { return p != name })
	o.impossible = e.impossible && name == "Possible"
	return &o
}

// simulated holds random behaviours to the reference: what they violate is
// violated, and where there is but one behaviour they see all that it violates.
func simulated(s *Spec, sys *ir.System) string {
	want, ok := whole(s, sys)
	if !ok || s.symmetric || s.hidden != "" {
		return ""
	}
	r := simulate.Run(context.Background(), sys, simulate.Options{Seed: 1, Depth: 2 * maxGraph, Count: 3, Workers: 1 + len(s.vars)%2})
	switch r.Status {
	case trace.Violated:
		v := r.Violations[0]
		if !want.violates(v) {
			return fmt.Sprintf("%s, which is no violation", shown(r))
		}
	case trace.Clean, trace.Verified:
		if r.Status == trace.Verified && want.counts.Distinct > 0 {
			return "VERIFIED by random behaviours"
		}
		if want.single && slices.ContainsFunc(want.found, func(f finding) bool { return !want.initial(f, s) }) {
			return "the only behaviour has no violation, want " + want.String()
		}
	default:
		return shown(r)
	}
	return ""
}

// violates tells whether v is a violation: one that is there to be found, or a
// behaviour that violates its property however it goes on.
func (e *ending) violates(v *trace.Violation) bool {
	if slices.ContainsFunc(e.found, func(f finding) bool { return f.kind == v.Kind && f.name == v.Name && f.step <= v.Step }) {
		return true
	}
	return v.Behaviour != nil && e.prefix(v.Name, v.Behaviour) == ""
}

// initial tells whether f is what a property says of initial states, which
// simulation leaves out.
func (e *ending) initial(f finding, s *Spec) bool {
	return f.kind == trace.ActionProp && f.step == 1
}

// proofs counts what induction came to.
type proofs struct {
	specs, proved, refuted, open int
	otherwise                    map[string]int
}

// judge holds proofs to the reference: what is proved is not violated, and a
// counterexample to induction is a step of the spec that leads from where
// everything holds to where its goal fails.
func (p *proofs) judge(s *Spec, sys *ir.System) string {
	want, ok := whole(s, sys)
	if !ok || s.constraint != nil || s.actionConstraint != nil {
		return ""
	}
	p.specs++
	ctx, cancel := context.WithTimeout(context.Background(), solverPatience)
	defer cancel()
	r := induction.Check(ctx, sys, induction.Options{K: 2})
	for _, proof := range r.Proofs {
		p.proved++
		if slices.ContainsFunc(want.found, func(f finding) bool { return f.kind == trace.Invariant && f.name == proof.Name }) {
			return fmt.Sprintf("%s is proved, want %s", proof.Name, want)
		}
	}
	for _, cti := range r.CTIs {
		p.open++
		if wrong := wrongCTI(sys, cti); wrong != "" {
			return wrong
		}
	}
	switch r.Status {
	case trace.Violated:
		p.refuted++
		v := r.Violations[0]
		if !want.violates(v) {
			return fmt.Sprintf("%s, which is no violation", shown(r))
		}
	case trace.Failed, trace.LimitReached, trace.Unknown:
		p.otherwise[strings.Join(strings.Fields(shown(r) + " " + r.Reason)[:2], " ")]++
	case trace.Verified:
		if slices.ContainsFunc(want.found, func(f finding) bool { return f.kind == trace.Invariant && (f.name == "Inv" || f.name == "TypeOK") }) {
			return "all invariants are proved, want " + want.String()
		}
	}
	return ""
}

// wrongCTI tells what is wrong with a counterexample to induction.
func wrongCTI(sys *ir.System, cti *trace.CTI) string {
	if cti.Behaviour == nil || len(cti.Behaviour.Steps) == 0 {
		return ""
	}
	m := eval.New(sys, eval.Options{})
	steps := cti.Behaviour.Steps
	for i := range len(steps) - 1 {
		ok, err := m.Check(sys.Next, steps[i].State, steps[i+1].State)
		if err == nil && !ok && !eval.State(steps[i].State).Equal(steps[i+1].State) {
			return fmt.Sprintf("the counterexample to the induction of %s takes a step that is none", cti.Goal)
		}
	}
	last := steps[len(steps)-1].State
	if m.Successors(last, func(eval.Successor) bool { return true }) != nil {
		return "" // the next step cannot be evaluated: that is in the way
	}
	for _, f := range sys.Invariants {
		if f.Name == cti.Goal {
			if ok, err := m.Bool(f.Expr, last, nil); err == nil && ok {
				return fmt.Sprintf("the counterexample to the induction of %s ends where it holds", cti.Goal)
			}
		}
	}
	return ""
}

// TestByItself checks each property alone.
func TestByItself(t *testing.T) {
	for seed := range specs(150, 20_000) {
		hold(t, seed, byItself)
	}
}

// TestSimulated holds simulation to the reference.
func TestSimulated(t *testing.T) {
	for seed := range specs(150, 20_000) {
		hold(t, seed, simulated)
	}
}

// replacing holds what the config puts in place of a definition to the spec that
// says so itself.
func replacing(s *Spec, sys *ir.System) string {
	if s.sub == nil || !s.sub.replaces {
		return ""
	}
	s.sub.replaces = false
	plain, err := s.Load()
	s.sub.replaces = true
	if err != nil {
		return err.Error()
	}
	got, want := explicit.Check(context.Background(), sys, explicit.Options{Workers: 1}), explicit.Check(context.Background(), plain, explicit.Options{Workers: 1})
	if shown(got) != shown(want) || *got.Counts != *want.Counts {
		return fmt.Sprintf("%s, and %s when it is written out", shown(got), shown(want))
	}
	return ""
}

// TestReplaced holds the config's replacements to the text.
func TestReplaced(t *testing.T) {
	for seed := range specs(1000, 20_000) {
		hold(t, seed, replacing)
	}
}

// TestProofs holds proofs to the reference.
func TestProofs(t *testing.T) {
	p := &proofs{otherwise: map[string]int{}}
	for seed := range specs(30, 5_000) {
		hold(t, seed, p.judge)
	}
	t.Logf("%+v", *p)
	if p.proved == 0 {
		t.Errorf("nothing was seen: %+v", *p)
	}
}

// TestEyes runs all engines over a few specs and ends at the first difference:
// what a fault that was put in on purpose is looked for with (internal/eyes).
func TestEyes(t *testing.T) {
	if *eyes == "" {
		t.Skip("for make test-eyes")
	}
	for seed, looked := uint64(0), 0; looked < *eyesSpecs; seed++ {
		if *eyes == "pluscal" {
			looked++
			if wrong := algorithmic(NewAlgorithm(seed)); wrong != "" {
				t.Fatalf("seed %d: %s", seed, wrong)
			}
			continue
		}
		look, at := sight(*eyes, seed)
		s := New(seed)
		if !at(s) {
			continue
		}
		looked++
		sys, err := s.Load()
		if err != nil {
			t.Fatalf("seed %d does not load: %v", seed, err)
		}
		if wrong := look.judge(s, sys); wrong != "" {
			t.Fatalf("seed %d: %s", seed, wrong)
		}
	}
}

// sight is an engine, and the specs that it is to look at.
func sight(name string, seed uint64) (engine, func(*Spec) bool) {
	all := func(*Spec) bool { return true }
	search := explicitly(explicit.Options{Workers: 1 + int(seed%4/2), Fingerprint: 64 << (seed % 2)})
	switch name {
	case "explicit":
		return search, all
	case "live":
		return search, (*Spec).claimsMore
	case "view":
		return search, func(s *Spec) bool { return s.hidden != "" }
	case "symmetry":
		return search, func(s *Spec) bool { return s.symmetric }
	case "each":
		return byItself, all
	case "bounded":
		return (&symbolic{without: map[string]int{}}).judge, all
	case "simulate":
		return simulated, all
	case "parts":
		return inParts("explicit", seed), all
	case "depths":
		return inParts("bmc", seed), all
	case "replaced":
		return replacing, func(s *Spec) bool { return s.sub != nil && s.sub.replaces }
	case "induct":
		return (&proofs{otherwise: map[string]int{}}).judge, all
	}
	panic("specgen: nothing to look with is called " + name)
}
