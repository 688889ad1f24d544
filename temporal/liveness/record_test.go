package liveness

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRecord writes records with atoms at random and reads them back.
func TestRecord(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 4))
		var kinds []Kind
		for range r.IntN(20) {
			kinds = append(kinds, Kind(r.IntN(3)))
		}
		a := NewAtoms(kinds)
		state := r.Uint32() >> r.IntN(32)
		to := make([]uint32, r.IntN(100))
		for i := range to {
			to[i] = r.Uint32() >> r.IntN(32)
		}
		record := append(a.Append(nil, state, to), make([]byte, Slack)...)
		x := a.Open(state, record)
		truth := map[[2]int]bool{}
		for id, k := range kinds {
			for i := range len(to) + 1 {
				if r.IntN(2) == 0 {
					x.Set(id, i)
					for j := range len(to) + 1 {
						truth[[2]int{id, j}] = truth[[2]int{id, j}] || k != Step || i == j
					}
				}
			}
			if k == Open && r.IntN(2) == 0 {
				x.SetUnknown(id)
				truth[[2]int{id, -1}] = true
			}
		}
		x = a.Open(state, record)
		if x.N != len(to) || x.self != slices.Contains(to, state) || x.To(x.N) != state {
			t.Fatalf("seed %d: %d steps, self %t, of %v from %d", seed, x.N, x.self, to, state)
		}
		for i := range len(to) + 1 {
			if i < len(to) && x.To(i) != to[i] {
				t.Fatalf("seed %d: step %d leads to %d, not %d", seed, i, x.To(i), to[i])
			}
			for id := range kinds {
				if x.Atom(id, i) != truth[[2]int{id, i}] || x.unknown(id) != truth[[2]int{id, -1}] {
					t.Fatalf("seed %d: atom %d on step %d of %d is %t, unknown %t", seed, id, i, len(to), x.Atom(id, i), x.unknown(id))
				}
			}
		}
		if room := record[len(record)-Slack:]; !slices.Equal(room, make([]byte, Slack)) {
			t.Fatalf("seed %d: atoms beyond the record: %v", seed, room)
		}
	}
}

// TestRecordSize pins what is kept by the million: the bytes of a record of n
// steps to states among some, with atoms of a weakly fair action and a
// predicate.
func TestRecordSize(t *testing.T) {
	a := NewAtoms([]Kind{Open, State, Step})
	tests := []struct {
		n     int
		among uint32
		want  int
	}{
		{0, 1, 2},
		{1, 1 << 20, 7},
		{10, 1 << 10, 21},
		{10, 1 << 20, 33},
		{100, 1 << 20, 270},
		{10, 1 << 30, 46},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%d of %d", test.n, test.among), func(t *testing.T) {
			var to []uint32
			for i := range test.n {
				to = append(to, 5_000_000+uint32(uint64(i)*uint64(test.among-1)/uint64(max(1, test.n-1))))
			}
			if got := len(a.Append(nil, 4_500_000, to)); got != test.want {
				t.Errorf("%d bytes, want %d", got, test.want)
			}
		})
	}
}
