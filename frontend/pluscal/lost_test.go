package pluscal

import (
	"strings"
	"testing"
)

// TestLost expects a warning where an outer call finds other parameters after a
// tail call, and only there.
func TestLost(t *testing.T) {
	for _, row := range []struct {
		name, p, q string // the bodies of P(a) and Q(b)
		lost       bool
	}{
		{"recursion by another", "p1: call Q(a); p2: skip; p3: return;", "q1: call P(b); return;", false}, // Q waits for none
		{"recursion and tail call", "p1: if (a > 0) { call P(a - 1); p2: skip; }; p3: call Q(a); return;", "q1: return;", true},
		{"the caller waits in the other", "p1: call Q(a); return;", "q1: if (b > 0) { call Q(b - 1); q2: skip; }; q3: call P(b); return;", true},
		{"recursion without tail calls", "p1: call P(a); p2: call Q(a); p3: return;", "q1: return;", false},
		{"no recursion", "p1: call Q(a); return;", "q1: return;", false},
		{"tail calls of each other", "p1: call Q(a); return;", "q1: call P(b); return;", false},
		{"tail call of itself", "p1: call P(a); p2: call P(a); return;", "q1: return;", false},
	} {
		x := translateText(t, "M.tla", "---- MODULE M ----\nEXTENDS Integers\n(* --algorithm A {\nprocedure P(a = 0) { "+row.p+" }\nprocedure Q(b = 0) { "+row.q+" }\n{ m: call P(1); } }\n*)\n====\n")
		if x.units == nil {
			t.Fatalf("%s: %s", row.name, x.messages())
		}
		if got := strings.Contains(x.messages(), "does not get its parameters back"); got != row.lost {
			t.Errorf("%s: warned %v, want %v: %s", row.name, got, row.lost, x.messages())
		}
	}
}
