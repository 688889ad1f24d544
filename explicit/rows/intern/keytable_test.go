package intern

import (
	"math/rand/v2"
	"testing"
)

// TestSlotTable compares a table with a map.
func TestSlotTable(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 0))
	for slots := range 4 {
		table, want := &KeyTable{}, map[[4]int64]int64{}
		for i := range 2000 {
			var key [4]int64
			for j := range slots {
				key[j] = rnd.Int64N(12) - 3
			}
			got := table.Get(key[:slots])
			if got != want[key] {
				t.Fatalf("%d slots: %v has %d, want %d", slots, key, got, want[key])
			}
			if got == 0 {
				table.Add(key[:slots], int64(i+1))
				want[key] = int64(i + 1)
			}
		}
	}
}
