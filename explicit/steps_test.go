package explicit

import (
	"strconv"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit/arena"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
)

// TestStepStore keeps records of all sizes, some larger than a chunk, by two
// writers, moves them to the file in between, and reads them back.
func TestStepStore(t *testing.T) {
	s, err := newStateStore(1, false, memoryLimits{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	atoms := liveness.NewAtoms([]liveness.Kind{liveness.State, liveness.Step})
	s.keepSteps(atoms)
	s.extend(0)
	targets := func(r ref) []uint32 {
		n := int(r) * int(r) % 700
		if r%1000 == 999 {
			n = 2 * stepChunk / 3
		}
		to := make([]uint32, n)
		for i := range to {
			to[i] = uint32(mix(uint64(i), uint64(r)))
		}
		return to
	}
	const n = 3000
	var writers [2]stepWriter
	for r := range ref(n) {
		if r == n/2 && arena.CanSpill {
			s.spill()
		}
		if r%17 == 5 {
			continue // not explored
		}
		if err := s.steps.put(&writers[r%2], r, atoms.Append(nil, r, targets(r))); err != nil {
			t.Fatal(err)
		}
	}
	for r := range ref(n) {
		record := s.steps.record(r)
		if r%17 == 5 {
			if record != nil {
				t.Fatalf("state %d has steps", r)
			}
			continue
		}
		steps, want := atoms.Open(r, record), targets(r)
		if steps.N != len(want) {
			t.Fatalf("state %d has %d steps, want %d", r, steps.N, len(want))
		}
		for i, to := range want {
			if steps.To(i) != to || steps.Atom(1, i) {
				t.Fatalf("step %d of state %d leads to %d, want %d", i, r, steps.To(i), to)
			}
		}
	}
}

// cycles is many strongly connected parts, some larger than what is labelled
// at once: a part of M*M states for each K.
const cycles = `---- MODULE Cycles ----
EXTENDS Naturals
CONSTANTS K, M
VARIABLES k, x, y
Init == k = 0 /\ x = 0 /\ y = 0
Right == x' = (x + 1) % M /\ UNCHANGED <<k, y>>
Up == y' = (y + 1) % M /\ UNCHANGED <<k, x>>
Go == k < K /\ x = 0 /\ y = 0 /\ k' = k + 1 /\ UNCHANGED <<x, y>>
Next == Right \/ Up \/ Go
Spec == Init /\ [][Next]_<<k, x, y>> /\ WF_y(Up) /\ SF_k(Go)
Turns == []<>(y = M - 1)
Climbs == <>(k = K)
Rests == <>[](x = 0)
Odd == []<>(k % (x - x) = 0)
Wrong == []<><<x' = 1 \div (x * x)>>_x
Late == []<><<x' > x => x' = 1 \div (x * x)>>_x
====
`

// TestLabels checks properties that hang on atoms of steps, alone and several at
// a time, down to errors in them: the first one counts, whatever the workers.
func TestLabels(t *testing.T) {
	tests := []struct {
		k, m           int
		property, want string
	}{
		{3, 5, "Turns", "VERIFIED"},
		{2, 300, "Turns", "VERIFIED"},
		{3, 20, "Climbs", "VIOLATION"},
		{1, 20, "Odd", "R1"},
		{1, 20, "Wrong", "R1"},
		{1, 20, "Late", "R1"},
		{1, 60, "Turns Climbs Rests", "liveness Climbs"},
		{1, 60, "Turns Wrong Climbs", "R1"},
		{1, 60, "Climbs Late", "R1"},
	}
	for _, test := range tests {
		sys := model(t, cycles, "SPECIFICATION Spec\nCONSTANTS K = "+strconv.Itoa(test.k)+" M = "+strconv.Itoa(test.m)+"\nPROPERTY "+test.property+"\n")
		want := story(Check(t.Context(), sys, Options{Workers: 1}))
		if !strings.Contains(want, test.want) {
			t.Errorf("%s: %swant %s", test.property, want, test.want)
		}
		if got := story(Check(t.Context(), sys, Options{Workers: 3})); got != want {
			t.Errorf("%s with 3 workers:\n%swant\n%s", test.property, got, want)
		}
	}
}

// TestLiveMemory: a search whose liveness does not fit into memory goes to the
// file, with the same answer.
func TestLiveMemory(t *testing.T) {
	if !arena.CanSpill {
		t.Skip("this system cannot spill")
	}
	sys := model(t, cycles, "SPECIFICATION Spec\nCONSTANTS K = 2 M = 300\nPROPERTY Turns\n")
	r := Check(t.Context(), sys, Options{Memory: goMemory() + 16<<20, Workers: 2})
	if r.Status != trace.Verified {
		t.Errorf("%v %s %s", r.Status, r.Message, r.Reason)
	}
}

// TestLiveMemoryFile takes lists from the file when the limit is reached, and
// they begin as zeros though others were there before.
func TestLiveMemoryFile(t *testing.T) {
	if !arena.CanSpill {
		t.Skip("this system cannot spill")
	}
	s, err := newStateStore(1, false, memoryLimits{total: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	m := newLiveMemory(s)
	plain := s.mem.Plain()
	for range 3 {
		b, err := m.Make(100_000)
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range b {
			if x != 0 {
				t.Fatalf("number %d is %d", i, x)
			}
			b[i] = 7
		}
		m.Free(b)
	}
	if s.mem.Plain() != plain || s.mem.Spilled() > 1<<20 {
		t.Errorf("%d bytes of memory, %d of the file", s.mem.Plain()-plain, s.mem.Spilled())
	}
}
