package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/trace"
)

// What is fixed before the search is the same for every worker, and the level
// is that of the state at hand: 0 before there is one.
const settledSpec = `EXTENDS Integers, TLC
VARIABLES x, level
Drawn == RandomElement(1..1000000)
ASSUME TLCSet(1, 5) /\ TLCGet("level") = 0 /\ ~TLCGet("config").deadlock
Init == x = Drawn /\ level = TLCGet("level") + 1
Next == TLCGet("level") < TLCGet(1) /\ x' = Drawn /\ level' = TLCGet("level")'
Same == x = Drawn
Level == level = TLCGet("level")
Low == TLCGet("level") < 4`

func TestSettled(t *testing.T) {
	for _, c := range []struct {
		invariants []string
		status     trace.Status
		step       int
	}{
		{[]string{"Same", "Level"}, trace.Verified, 0},
		{[]string{"Same", "Low"}, trace.Violated, 4},
	} {
		sys := loadText(t, settledSpec, frontend.Options{Invariants: c.invariants, NoDeadlock: true})
		for _, workers := range []int{1, 2} {
			res := Check(t.Context(), sys, Options{Workers: workers})
			if res.Status != c.status {
				t.Fatalf("%v with %d workers: %s: %s", c.invariants, workers, res.Status, res.Message)
			}
			switch {
			case c.step > 0 && res.Violations[0].Step != c.step:
				t.Errorf("%v is violated in state %d, want %d", c.invariants, res.Violations[0].Step, c.step)
			case c.step == 0 && res.Counts.Distinct != 5:
				t.Errorf("%d distinct states, want 5", res.Counts.Distinct)
			}
		}
	}
}

// TestDrawsAreReplayed: a counterexample is made of the states that were drawn, and
// is the same whoever drew.
func TestDrawsAreReplayed(t *testing.T) {
	for _, next := range []string{`x' = RandomElement(1..1000)`, `LET r == RandomElement(1..1000) IN x' = r`} {
		sys := load(t, `VARIABLES x, z
			Init == x \in {RandomElement(1..1000), RandomElement(2000..3000)} /\ z = 0
			Next == `+next+` /\ z' = (z + 1) % 5
			Inv == z < 3`, plainConfig+"INVARIANT Inv\n")
		first := ""
		for workers := 1; workers <= 3; workers++ {
			r := Check(t.Context(), sys, Options{Workers: workers, Seed: 7})
			if r.Status != trace.Violated || r.Violations[0].Step != 4 {
				t.Fatalf("%s: %s", next, r.Message)
			}
			if got := story(r); first == "" {
				first = got
			} else if got != first {
				t.Errorf("%s with %d workers\n%swant\n%s", next, workers, got, first)
			}
		}
	}
}

// TestDrawnDeadlock: a deadlock that was drawn is one when it is shown.
func TestDrawnDeadlock(t *testing.T) {
	sys := load(t, `VARIABLE x
		Init == x = 0
		Next == LET r == RandomElement(1..3) IN r # 2 /\ x' = x + r`, "INIT Init\nNEXT Next\n")
	for seed := range uint64(8) {
		r := Check(t.Context(), sys, Options{Workers: 1, Seed: seed})
		if r.Status != trace.Violated || r.Violations[0].Kind != trace.Deadlock {
			t.Errorf("seed %d: %s, want a deadlock", seed, r.Message)
		}
	}
}

// TestRecursionIsNotShared: a recursive function remembers what it has come to,
// and each machine for itself, although the assumptions have begun on it.
func TestRecursionIsNotShared(t *testing.T) {
	sys := loadText(t, `EXTENDS Integers
VARIABLES x, y
fac[n \in 0..15] == IF n = 0 THEN 1 ELSE n * fac[n - 1]
ASSUME fac[3] = 6
Init == x \in 0..9 /\ y = 0
Next == x' \in {(x + 1) % 10, fac[x] % 10} /\ y' = (y + fac[(x + y) % 12]) % 40
Inv == fac[x] >= 1`, frontend.Options{Invariants: []string{"Inv"}, NoDeadlock: true})
	for range 20 {
		if r := Check(t.Context(), sys, Options{Workers: 4}); r.Status != trace.Verified {
			t.Fatalf("%v %v", r.Status, r.Err)
		}
	}
}
