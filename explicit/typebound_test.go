package explicit

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/trace"
)

const boundSpec = `EXTENDS Naturals
CONSTANT S
VARIABLES x, f
Init == x = 0 /\ f = [s \in S |-> 0]
Wide == x \in 0..9 /\ f \in [1..14 -> 0..9]
Next == UNCHANGED <<x, f>>
Type == /\ x \in 0..9
        /\ f \in [S -> BOOLEAN \cup 0..1]
Tight == Type /\ x \in 0..3
Loose == x \in Nat /\ f \in [S -> Nat]
Half == x \in 0..9`

func TestTypeBound(t *testing.T) {
	for _, tt := range []struct{ inv, set, want string }{
		{"Type", "{1, 2, 3}", "allows 640 states"},
		{"Tight", "{1, 2, 3}", "allows 256 states"},
		{"Type", "1..60", "allows 1.3e+37 states"},
		{"Loose", "{1}", "puts no bound on x, f."},
		{"Half", "{1}", ""},
	} {
		sys := loadText(t, boundSpec, frontend.Options{Invariants: []string{tt.inv}, Constants: []string{"S=" + tt.set}})
		told := ""
		res := Check(t.Context(), sys, Options{Announce: func(s string) { told += s }})
		if tt.want == "" && told != "" || !strings.Contains(told, tt.want) {
			t.Errorf("%s with %s: told %q, want %q", tt.inv, tt.set, told, tt.want)
		}
		if told != "" && slices.Contains(res.Notes, told) != (res.Status == trace.LimitReached) {
			t.Errorf("%s: the result's notes are %q", tt.inv, res.Notes)
		}
		if len(res.Warnings) != 0 {
			t.Errorf("%s: %s", tt.inv, res.Warnings[0].Message)
		}
	}
}

// TestOutgrows: a warning when the initial states alone are too many.
func TestOutgrows(t *testing.T) {
	for init, want := range map[string]int{"Init": 0, "Wide": 1} {
		sys := loadText(t, boundSpec, frontend.Options{Init: init, Constants: []string{"S={1}"}})
		var told []string
		k := newCheck(t.Context(), sys, Options{Announce: func(s string) { told = append(told, s) }})
		k.Machine = k.newMachine(nil)
		k.announce()
		if len(k.Res.Warnings) != want || len(told) != want || want > 0 && !strings.Contains(told[0], "1.0e+15") {
			t.Errorf("%s: %v, told %q", init, warningCodes(k.Res), told)
		}
	}
}

// TestLimitHint: a search that ends early says what else there is.
func TestLimitHint(t *testing.T) {
	sys := loadText(t, `EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' \in {x + 1, x + 2}`, frontend.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	res := Check(ctx, sys, Options{})
	if res.Status != trace.LimitReached || !strings.Contains(strings.Join(res.Notes, " "), "--induct") {
		t.Errorf("%s %q", res.Status, res.Notes)
	}
}

func TestRest(t *testing.T) {
	before := Stats{Distinct: 1000, Queue: 500, Elapsed: time.Second}
	for _, tt := range []struct {
		distinct, queue int64
		want            time.Duration
	}{
		{1500, 0, 0},                 // it is over
		{2000, 1000, 0},              // it grows
		{1095, 495, 0},               // it hardly wanes: 95 new of 100
		{1100, 400, 4 * time.Second}, // 100 new of 200 explored in a second: 400 lead to 800
	} {
		now := Stats{Distinct: tt.distinct, Queue: tt.queue, Elapsed: 2 * time.Second}
		if got := rest(before, now); got != tt.want {
			t.Errorf("%+v: %s, want %s", now, got, tt.want)
		}
	}
	if rest(Stats{}, before) != 0 {
		t.Error("the first report tells the rest")
	}
}
