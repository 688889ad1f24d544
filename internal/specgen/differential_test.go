package specgen

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

var long = flag.Bool("long", os.Getenv("LEMMA_LONG") != "", "run many more specs")

// from lets a long run go on where another one ended.
var from = flag.Uint64("from", 0, "the seed that TestExplicit, TestBounded, TestSolvers and TestAlgorithms begin with")

// count is where a long run ends.
var count = flag.Int("count", 100_000, "the seed that TestExplicit, TestBounded and TestSolvers end before in a long run")

// What TestEyes looks with, and at how many specs.
var (
	eyes      = flag.String("eyes", "", "what TestEyes looks with: see sight")
	eyesSpecs = flag.Int("eyes-specs", 1000, "how many specs TestEyes looks at")
)

// specs is how many specs a test looks at.
func specs(short, all int) uint64 {
	if *long {
		return uint64(all)
	}
	return uint64(short)
}

// An engine is held to the reference search: it tells what is wrong, "" for
// nothing. A panic of the engine is wrong, too.
type engine func(*Spec, *ir.System) string

func (e engine) judge(s *Spec, sys *ir.System) (wrong string) {
	defer func() {
		if p := recover(); p != nil {
			wrong = fmt.Sprint("panic: ", p)
		}
	}()
	return e(s, sys)
}

// patience ends an engine that hangs; a slow machine is far from it. The solver
// may take much longer on a spec than it is worth.
const (
	patience       = 5 * time.Minute
	solverPatience = 10 * time.Second
)

// hold runs e on the spec of a seed and reports, made small, what it does wrong.
func hold(t *testing.T, seed uint64, e engine) {
	t.Helper()
	s := New(seed)
	sys, err := s.Load()
	if err != nil {
		t.Errorf("seed %d does not load: %v\n%s", seed, err, s)
		return
	}
	wrong := e.judge(s, sys)
	if wrong == "" {
		return
	}
	until := time.Now().Add(20 * time.Second)
	s.Shrink(func(s *Spec) bool {
		if time.Now().After(until) {
			return false
		}
		sys, err := s.Load()
		return err == nil && e.judge(s, sys) == wrong
	})
	t.Errorf("seed %d: %s\n%s", seed, wrong, s)
}

// Limits of the reference search in a test.
const (
	anyDepth  = 1000
	maxSearch = 1000
)

// explicitly holds the compiled search to the reference: the same verdict and,
// when all states are searched, the same counts.
func explicitly(o explicit.Options) engine {
	return func(s *Spec, sys *ir.System) string {
		want, ok := s.searched(sys)
		if !ok {
			return ""
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		return s.judgeSearch(want, explicit.Check(ctx, sys, o))
	}
}

// searched is what there is to find among all states; ok is false where the
// reference cannot tell.
func (s *Spec) searched(sys *ir.System) (want *ending, ok bool) {
	want = search(s, sys, limit{levels: anyDepth, states: maxSearch, all: s.claimsMore()})
	return want, !want.cut && !want.unsure && (len(want.found) > 0 || want.judge != nil || !s.claimsMore())
}

// judgeSearch tells what is wrong with the result of a search of all states.
func (s *Spec) judgeSearch(want *ending, r *trace.Result) string {
	if s.registers && excuse(r) != "" {
		return "" // a lasso that cannot be evaluated again
	}
	if want.judge == nil && s.aboutBehaviours(r) {
		return "" // too many states for the reference
	}
	if excuse(r) == "U155" {
		return want.allowsOnly(r.Err.Error()) // a formula whose automaton is too large, as it says
	}
	if wrong := want.allows(r); wrong != "" {
		return fmt.Sprintf("%s, %s", shown(r), wrong)
	}
	if r.Status == trace.Verified && !want.counted(s, r) {
		return fmt.Sprintf("counts %+v, want %+v or %+v", *r.Counts, want.counts, want.merged)
	}
	return ""
}

// claimsMore tells whether some property is about behaviours.
func (s *Spec) claimsMore() bool {
	return slices.ContainsFunc(s.props, property.claimsMore)
}

func (p property) claimsMore() bool {
	return slices.ContainsFunc(p.claim.conjuncts(), func(c *claim) bool { return c.temporal() && (c.op != alwaysOp || c.parts[0].temporal()) })
}

// aboutBehaviours tells whether r violates such a property.
func (s *Spec) aboutBehaviours(r *trace.Result) bool {
	return r.Status == trace.Violated && slices.ContainsFunc(s.props, func(p property) bool {
		return p.name == r.Violations[0].Name && p.claimsMore()
	})
}

// allowsOnly is "" when nothing is violated but what an engine says it has left
// out.
func (e *ending) allowsOnly(left string) string {
	spared := func(name string) bool {
		return strings.Contains(left, "the temporal property "+name+" was not checked")
	}
	if len(e.found) > 0 || e.impossible || slices.ContainsFunc(e.broken, func(p string) bool { return !spared(p) }) {
		return "nothing but " + left + ", want " + e.String()
	}
	return ""
}

// counted tells whether r's counts are right: where it says that it made use of
// the symmetry, they are those of the orbits.
func (e *ending) counted(s *Spec, r *trace.Result) bool {
	if s.symmetric && slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "symmetry") }) {
		return *r.Counts == e.merged
	}
	return *r.Counts == e.counts
}

func shown(r *trace.Result) string {
	switch r.Status {
	case trace.Violated:
		v := r.Violations[0]
		return fmt.Sprint(finding{v.Kind, v.Name, v.Step})
	case trace.Failed:
		return strings.SplitN(r.Err.Error(), "\n", 2)[0]
	}
	return r.Status.String()
}

func (f finding) String() string {
	if f.kind == "" {
		return fmt.Sprintf("an error on the way to state %d", f.step)
	}
	return fmt.Sprintf("%s %s in state %d", f.kind, f.name, f.step)
}

func (e *ending) String() string {
	switch first := e.first(); {
	case len(first) > 0:
		return first[0].String()
	case len(e.broken) > 0:
		return fmt.Sprintf("a behaviour that violates %v", e.broken)
	case e.impossible:
		return "what is to be possible is not"
	}
	return "no violation"
}

// TestTypesHold holds the generator to its word: no variable leaves its type, some
// of the specs do more than end at once, and what is to be violated is, in some.
func TestTypesHold(t *testing.T) {
	deep, seen := 0, map[finding]int{}
	for seed := range uint64(300) {
		s := New(seed)
		sys, err := s.Load()
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, s)
		}
		e := search(s, sys, limit{levels: anyDepth, states: maxSearch, past: true})
		for _, f := range e.found {
			if f.kind != "" || f.step > 1 {
				f.step = 0
			}
			seen[f]++
			if f.name == "TypeOK" {
				t.Errorf("seed %d: TypeOK is violated\n%s", seed, s)
				break
			}
		}
		if e.counts.Depth > 3 {
			deep++
		}
	}
	if deep == 0 {
		t.Error("no spec has a behaviour of more than three states")
	}
	for _, f := range []finding{{step: 1}, {}, {kind: trace.Deadlock}, {kind: trace.Invariant, name: "Inv"}, {kind: trace.Invariant, name: "Past"},
		{kind: trace.ActionProp, name: "Step"}, {kind: trace.ActionProp, name: "Moves"}} {
		if seen[f] == 0 {
			t.Errorf("in no spec is there %s: %v", f, seen)
		}
	}
}

// TestExplicit holds the compiled search to the evaluator.
func TestExplicit(t *testing.T) {
	all := specs(1500, *count)
	strands := uint64(runtime.GOMAXPROCS(0))
	for first := range strands {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			t.Parallel()
			for seed := *from + first; seed < all; seed += strands {
				hold(t, seed, explicitly(explicit.Options{Workers: 1 << (seed % 4 % 3), Fingerprint: 64 << (seed % 2), Minimal: seed%5 == 0}))
				if seed%10_000 < strands {
					t.Logf("%d of %d specs", seed, all)
				}
			}
		})
	}
}

// boundedDepth is how many steps the solver unrolls.
const boundedDepth = 4

// symbolic holds the bounded search to the reference.
type symbolic struct {
	solver  string
	specs   int
	without map[string]int // specs without a verdict, by the reason
}

func (b *symbolic) judge(s *Spec, sys *ir.System) string {
	want, ok := s.unrolled(sys)
	if !ok {
		return ""
	}
	return b.judgeBy(want, sys)
}

// judgeBy is judge where it is known what there is to find.
func (b *symbolic) judgeBy(want *ending, sys *ir.System) string {
	b.specs++
	ctx, cancel := context.WithTimeout(context.Background(), solverPatience)
	defer cancel()
	r := bmc.Check(ctx, sys, bmc.Options{Depth: boundedDepth, Solver: b.solver, Minimal: b.specs%5 == 0})
	if why := excuse(r); why != "" {
		b.without[why]++
		return ""
	}
	if wrong := want.allows(r); wrong != "" {
		return fmt.Sprintf("%s, %s", shown(r), wrong)
	}
	return ""
}

// unrolled is what there is to find within boundedDepth steps; ok is false where the
// reference cannot tell.
func (s *Spec) unrolled(sys *ir.System) (want *ending, ok bool) {
	want = search(s, sys, limit{levels: boundedDepth + 1, states: maxSearch / 4, past: true})
	if want.open || want.cut && want.levels <= boundedDepth+1 {
		return want, false
	}
	if s.claimsMore() {
		all, ok := whole(s, sys)
		if !ok {
			return want, false
		}
		want.broken, want.judge, want.prefix, want.short = all.broken, all.judge, all.prefix, all.short
		if s.hidden != "" { // a loop of what the view shows may be a longer one of states
			want.short = func(string, int) bool { return false }
		}
	}
	return want, true
}

// excuse is why r may come without a verdict: the code of what the engine does
// not support, or a solver that takes too long; "" when it may not.
func excuse(r *trace.Result) string {
	var user *diag.Error
	switch {
	case r.Status == trace.LimitReached:
		return "time"
	case r.Status == trace.Unknown && len(r.Warnings) > 0:
		return string(r.Warnings[0].Code)
	case r.Status != trace.Failed || !errors.As(r.Err, &user):
	case user.Diagnostics[0].Class == diag.Unsupported:
		return string(user.Diagnostics[0].Code)
	}
	return ""
}

// TestBounded holds the bounded search to the evaluator, and with it to
// the explicit search: the same verdict, after the same number of steps.
func TestBounded(t *testing.T) {
	b := &symbolic{without: map[string]int{}}
	all := specs(200, *count)
	for seed := *from; seed < all; seed++ {
		hold(t, seed, b.judge)
		if seed%1000 == 0 {
			t.Logf("%d of %d specs", seed, all)
		}
	}
	without := 0
	for _, n := range b.without {
		without += n
	}
	t.Logf("%d specs; without a verdict: %v", b.specs, b.without)
	if without*5 > b.specs {
		t.Errorf("%d of %d specs have no verdict: %v", without, b.specs, b.without)
	}
}

// TestShrink makes a spec small as far as it still assigns to w.
func TestShrink(t *testing.T) {
	s := New(3)
	before := len(s.Module())
	s.Shrink(func(s *Spec) bool {
		_, err := s.Load()
		return err == nil && strings.Contains(s.Module(), "w' =")
	})
	if after := len(s.Module()); after > before/2 || !strings.Contains(s.Module(), "w' =") {
		t.Errorf("%d bytes of %d are left:\n%s", after, before, s.Module())
	}
}
