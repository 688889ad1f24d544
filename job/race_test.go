package job

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

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
