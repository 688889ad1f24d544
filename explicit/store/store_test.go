package store

import (
	"testing"

	"github.com/lemma-mc/lemma/explicit/store/arena"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// mix is some function of x and y that looks random, and is one-to-one in x.
func mix(x, y uint64) uint64 {
	x = (x ^ y*0xbf58476d1ce4e5b9) * 0x9e3779b97f4a7c15
	return x ^ x>>32
}

// TestGrowth fills a store that grows several times and looks everything up
// again.
func TestGrowth(t *testing.T) {
	for _, wide := range []bool{false, true} {
		testGrowth(t, wide)
	}
}

func testGrowth(t *testing.T, wide bool) {
	s, err := New(2, wide, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.block = LargeBlock
	s.Enter()
	defer s.Leave()
	const n = 3 * segmentSize
	print := func(i int) Fingerprint {
		if wide { // pairs agree in the first half
			return Fingerprint{mix(uint64(i/2), 0), mix(uint64(i), 1)}
		}
		return Fingerprint{First: mix(uint64(i), 0)}
	}
	var b Block
	refs := make([]Ref, n)
	for i := range refs {
		var fresh bool
		if refs[i], fresh, err = s.Insert(&b, print(i), []uint64{uint64(i), 7}, NoRef); !fresh || err != nil {
			t.Fatalf("state %d was there", i)
		}
		if i == n/2 {
			s.spill() // nobody else is here
		}
	}
	for i, r := range refs {
		again, fresh, err := s.Insert(&b, print(i), []uint64{0, 0}, NoRef)
		if fresh || err != nil || again != r || s.Row(r)[0] != uint64(i) || s.Row(r)[1] != 7 {
			t.Fatalf("state %d is %d, fresh %t, row %v, and was %d", i, again, fresh, s.Row(r), r)
		}
	}
	if len(s.table) < n {
		t.Errorf("%d states in a table of %d", n, len(s.table))
	}
}

// TestStepStore keeps records of all sizes, some larger than a chunk, by two
// writers, moves them to the file in between, and reads them back.
func TestStepStore(t *testing.T) {
	s, err := New(1, false, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	atoms := liveness.NewAtoms([]liveness.Kind{liveness.State, liveness.Step})
	s.KeepSteps(liveness.Slack)
	if err := s.extend(0); err != nil {
		t.Fatal(err)
	}
	targets := func(r Ref) []uint32 {
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
	var writers [2]StepWriter
	for r := range Ref(n) {
		if r == n/2 && arena.CanSpill {
			s.spill()
		}
		if r%17 == 5 {
			continue // not explored
		}
		if err := s.PutSteps(&writers[r%2], r, atoms.Append(nil, r, targets(r))); err != nil {
			t.Fatal(err)
		}
	}
	for r := range Ref(n) {
		record := s.Steps(r)
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

// TestStateSize pins what a state takes of memory that stays.
func TestStateSize(t *testing.T) {
	const words = 3
	for wide, want := range map[bool]int64{false: 8 + 4 + 8*words, true: 8 + 8 + 4 + 8*words} {
		s, err := New(words, wide, 0)
		if err != nil {
			t.Fatal(err)
		}
		before := s.mem.Plain()
		seg, err := s.newSegment()
		if err != nil {
			t.Fatal(err)
		}
		bytes := s.mem.Plain() - before - 4*int64(len(seg.credits))
		if bytes != want*segmentSize {
			t.Errorf("wide %t: %d bytes a state, want %d", wide, bytes/segmentSize, want)
		}
		s.Close()
	}
}

// TestMemoryFile takes lists from the file when the limit is reached, and
// they begin as zeros though others were there before.
func TestMemoryFile(t *testing.T) {
	if !arena.CanSpill {
		t.Skip("this system cannot spill")
	}
	s, err := New(1, false, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := NewMemory(s)
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
