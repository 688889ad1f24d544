package induction

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/search"
	"github.com/lemma-mc/lemma/trace"
)

// TestUnfinished: an attempt that is ended in the midst of its search tells what is
// proved, which lemmas there are, and a step that breaks one of them.
func TestUnfinished(t *testing.T) {
	for _, name := range []string{"TwoPhaseCommit", "Bakery"} {
		sys := protocol(t, name, frontend.Options{})
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		r := Check(ctx, sys, Options{Progress: func(p Progress) {
			if p.Lemmas > 8 {
				stop()
			}
		}})
		if r.Status != trace.LimitReached || len(r.Lemmas) < 3 || len(r.CTIs) == 0 {
			t.Fatalf("%s: %v %v with %d lemmas and %d CTIs", name, r.Status, r.Err, len(r.Lemmas), len(r.CTIs))
		}
		for _, c := range r.CTIs {
			if len(c.Behaviour.Steps) != 2 || c.Action() == "" {
				t.Errorf("%s: the CTI of %s has no step", name, c.Goal)
			}
		}
		open := func(l *trace.Lemma) bool { return l.Open && l.For != "" }
		if !slices.ContainsFunc(r.Lemmas, open) {
			t.Errorf("%s: no lemma is open", name)
		}
		if !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.HasPrefix(n, "What is missing: a lemma that excludes") }) {
			t.Errorf("%s: nothing says what is missing: %q", name, r.Notes)
		}
	}
}

// TestUnfinishedSampling: where the time ends before a search has a counterexample of
// its own, that of the proof before it is shown.
func TestUnfinishedSampling(t *testing.T) {
	sys := protocol(t, "TwoPhaseCommit", frontend.Options{Invariants: []string{"TypeOK", "Consistent"}})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	a := &attempt{sys: sys, result: noResult(sys), searched: true, stood: &search.Standing{Instance: sys}}
	if done, err := a.prove(ctx, goals(sys), 1, 1); done || err != nil || len(a.open) == 0 {
		t.Fatalf("%v, %v: %d are open", done, err, len(a.open))
	}
	stop()
	a.end(ctx, ctx.Err())
	if r := a.result; r.Status != trace.LimitReached || len(r.CTIs) != len(a.open) {
		t.Errorf("%v with %d CTIs, where %d formulas are open", r.Status, len(r.CTIs), len(a.open))
	}
}

// TestUnfinishedClaims: what such an attempt says is proved is so.
func TestUnfinishedClaims(t *testing.T) {
	sys := protocol(t, "LockServer", frontend.Options{Invariants: []string{"TypeOK", "Mutex"}})
	claims := 0
	for most := range 8 {
		ctx, stop := context.WithCancel(t.Context())
		r := Check(ctx, sys, Options{Progress: func(p Progress) {
			if p.Lemmas > most {
				stop()
			}
		}})
		stop()
		var proved []string
		for _, l := range r.Lemmas {
			if !l.Open {
				proved = append(proved, l.Text)
			}
		}
		for _, p := range r.Proofs {
			proved = append(proved, p.Name)
		}
		if len(proved) == 0 {
			continue
		}
		claims++
		again := protocol(t, "LockServer", frontend.Options{Invariants: proved})
		if c := check(t, again, Options{K: 1, GivenOnly: true}); c.Status != trace.Verified {
			t.Errorf("after %d lemmas %q are called proved, which are not inductive: %s", most, proved, c.Message)
		}
	}
	if claims == 0 {
		t.Error("nothing was said to be proved")
	}
}
