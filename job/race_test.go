package job

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// TestRace: whoever of two engines decides, the answer is one that is right.
func TestRace(t *testing.T) {
	off, depth := false, 3
	const counter = `---- MODULE M ----
EXTENDS Integers
CONSTANT Last
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x < Last /\ x' = x + 1 /\ y' \in {x, y}
Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Next)
Order == y <= x
Small == x < 7
Step == [][x' = x + 1]_x
End == <>(x = Last)
====
`
	for _, tt := range []struct {
		last, checks string
		want         trace.Status
		engines      []string
	}{
		{"20000000", "INVARIANT Order", trace.Verified, []string{"induct"}},
		{"20000000", "INVARIANT Small", trace.Violated, []string{"explicit", "bmc"}},
		{"5", "INVARIANT Order Small PROPERTY Step End", trace.Verified, []string{"explicit"}},
		{"3", "PROPERTY Step End", trace.Verified, []string{"explicit"}},
	} {
		j := &Job{Root: "M", Config: "M.cfg", Workers: 1, Deadlock: &off, Depth: &depth, Modules: map[string]string{
			"M.tla": counter, "M.cfg": "SPECIFICATION Spec CONSTANT Last = " + tt.last + " " + tt.checks}}
		var events []Event
		task := Load(context.Background(), j, Env{Observe: func(e Event) { events = append(events, e) }})
		if task.Err != nil {
			t.Fatal(task.Err)
		}
		r := task.race(context.Background(), 0)
		if r.Status != tt.want || !slices.Contains(tt.engines, r.Engine) {
			t.Errorf("%s of %s: %v by %s; want %v by one of %v", tt.checks, tt.last, r.Status, r.Engine, tt.want, tt.engines)
		}
		if over := slices.IndexFunc(r.Notes, func(n string) bool { return strings.Contains(n, "was not finished") }) >= 0; over != (r.Engine != "explicit") {
			t.Errorf("%s of %s: by %s, with the notes %q", tt.checks, tt.last, r.Engine, r.Notes)
		}
		if len(events) < 4 {
			t.Errorf("%s of %s: the events are %v", tt.checks, tt.last, events)
		}
	}
}

// TestFirst: what an engine does not look at it does not decide.
func TestFirst(t *testing.T) {
	answers := func(r trace.Result) search { return func(context.Context) *trace.Result { return &r } }
	works := func(ctx context.Context) *trace.Result {
		select {
		case <-ctx.Done():
			return &trace.Result{Engine: "explicit", Status: trace.LimitReached}
		case <-time.After(50 * time.Millisecond):
			return &trace.Result{Engine: "explicit", Status: trace.Verified}
		}
	}
	proved := []*trace.Proof{{Name: "Inv"}}
	post := &ir.System{PostConditions: []*ir.Formula{{Name: "Post"}}}
	for _, tt := range []struct {
		sys      *ir.System
		symbolic trace.Result
		want     string
	}{
		{&ir.System{}, trace.Result{Status: trace.Verified}, "symbolic"},
		{&ir.System{}, trace.Result{Status: trace.Violated}, "symbolic"},
		{&ir.System{}, trace.Result{Status: trace.Clean}, "explicit"},
		{&ir.System{}, trace.Result{Status: trace.Clean, Proofs: proved}, "explicit"},
		{&ir.System{}, trace.Result{Status: trace.Unknown}, "explicit"},
		{&ir.System{}, trace.Result{Status: trace.LimitReached}, "explicit"},
		{post, trace.Result{Status: trace.Verified}, "explicit"},
		{post, trace.Result{Status: trace.Violated}, "symbolic"},
	} {
		tt.symbolic.Engine = "symbolic"
		r := (&Task{Job: &Job{}, System: tt.sys}).first(context.Background(), 0, works, answers(tt.symbolic))
		if r.Engine != tt.want || r.Status != tt.symbolic.Status && tt.want == "symbolic" {
			t.Errorf("%v, postconditions %d: %s decides with %v; want %s", tt.symbolic.Status, len(tt.sys.PostConditions), r.Engine, r.Status, tt.want)
		}
	}
}

// TestDecidedInTime: what was found before the time was over is not lost when the other
// search takes until then to end.
func TestDecidedInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	slow := func(own context.Context) *trace.Result {
		<-own.Done()
		cancel()
		return &trace.Result{Status: trace.LimitReached}
	}
	found := func(context.Context) *trace.Result { return &trace.Result{Status: trace.Violated} }
	if r := (&Task{Job: &Job{}, System: &ir.System{}}).first(ctx, 0, slow, found); r.Status != trace.Violated {
		t.Errorf("a violation was found in time, and the answer is %v", r.Status)
	}
}

// TestRaceEnds: when the context ends, and when a search fails, nothing is left behind.
func TestRaceEnds(t *testing.T) {
	task := &Task{Job: &Job{}}
	ctx, cancel := context.WithCancel(context.Background())
	waits := start(ctx, func(ctx context.Context) *trace.Result {
		<-ctx.Done()
		return &trace.Result{Status: trace.LimitReached}
	})
	if waits.within(time.Millisecond) {
		t.Error("a search has ended that was not told to")
	}
	cancel()
	if r := task.preferring(ctx, waits.wait, nil); r.Status != trace.LimitReached {
		t.Errorf("a search that was told to end gives %v", r.Status)
	}
	fails := start(context.Background(), func(context.Context) *trace.Result { panic("it") })
	defer func() {
		if p := recover(); p != "it" {
			t.Errorf("the caller of a search that panics gets %v", p)
		}
	}()
	fails.wait(context.Background())
}
