package explicit

import "testing"

// TestWaysOnceComplete: what stands after the last assignment is tested, and
// counts as one way; what stands before it counts for each.
func TestWaysOnceComplete(t *testing.T) {
	for _, c := range []struct {
		init, next string
		generated  int64
	}{
		{`x = 0 /\ (1 = 1 \/ 2 = 2 \/ 3 = 3)`, `x' = x`, 2},
		{`(1 = 1 \/ 2 = 2 \/ 3 = 3) /\ x = 0`, `x' = x`, 4},
		{`x \in 0..3 /\ (x > 0 \/ x < 3)`, `x' = x`, 8},
		{`x = 0`, `x' = 0 /\ (1 = 1 \/ 2 = 2 \/ 3 = 3)`, 2},
		{`x = 0`, `(1 = 1 \/ 2 = 2 \/ 3 = 3) /\ x' = 0`, 4},
		{`x = 0`, `x' = 0 /\ \E i \in {1, 2, 3} : i > x`, 2},
		{`x = 0`, `x' = 0 /\ (IF x = 0 THEN TRUE \/ TRUE ELSE FALSE)`, 2},
		{`x = 0`, `x' \in {0, 1} /\ (x' = 1 - x \/ x' \in {0, 1} \/ x' = x)`, 5},
		{`x = 0`, `UNCHANGED x /\ [x' = x]_x`, 2},
		{`x = <<>>`, `UNCHANGED x /\ (x' = <<>> \/ Head(x') = 1)`, 2},
	} {
		sys := load(t, "VARIABLE x\nInit == "+c.init+"\nNext == "+c.next, plainConfig)
		r := Check(t.Context(), sys, Options{Workers: 1})
		if r.Counts == nil || r.Counts.Generated != c.generated {
			t.Errorf("Init == %s, Next == %s: %s %v, want %d generated", c.init, c.next, r.Message, r.Counts, c.generated)
		}
	}
}
