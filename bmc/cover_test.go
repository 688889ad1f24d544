package bmc

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Blocks cover what is true in a row, once, and nothing else.
func TestCover(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + r.IntN(20)
		rows := make([][]bool, n)
		for i := range rows {
			rows[i] = make([]bool, n)
			for j := i + 1; j < n; j++ {
				rows[i][j] = r.IntN(8) > 0
			}
		}
		for i, bs := range cover(rows) {
			got := make([]bool, n)
			for _, b := range bs {
				for j := b.lo; j < b.hi; j++ {
					if got[j] {
						t.Fatalf("%v: %d is covered twice", rows[i], j)
					}
					got[j] = true
				}
			}
			if !slices.Equal(got, rows[i]) {
				t.Fatalf("%v is covered as %v", rows[i], got)
			}
		}
	}
}

// Where all rows are alike but for where they begin, few blocks do.
func TestCoverIsSmall(t *testing.T) {
	const n = 64
	rows := make([][]bool, n)
	for i := range rows {
		rows[i] = make([]bool, n)
		for j := i + 1; j < n; j++ {
			rows[i][j] = true
		}
	}
	shared, all := map[block]bool{}, 0
	for _, bs := range cover(rows) {
		for _, b := range bs {
			shared[b] = true
			all++
		}
	}
	for b := range shared {
		if b.hi > b.lo+1 {
			all += b.hi - b.lo
		}
	}
	if pairs := n * (n - 1) / 2; 3*all > pairs {
		t.Errorf("%d clauses, where pairs take %d", all, pairs)
	}
}
