package intern

import "slices"

// A KeyTable holds a number, not zero, for each of some keys of a few slots, all
// of one length: an open-addressing table.
type KeyTable struct {
	keys []int64 // place after place
	vals []int64 // 0 where there is none
	used int
}

const firstSlotTable = 16 // places, a power of two

// Get returns the number of key, or 0.
func (t *KeyTable) Get(key []int64) int64 {
	if t.used == 0 {
		return 0
	}
	return t.vals[t.place(key)]
}

// Add notes the number of a key that has none.
func (t *KeyTable) Add(key []int64, x int64) {
	if 2*t.used >= len(t.vals) {
		t.grow(len(key))
	}
	t.put(key, x)
	t.used++
}

func (t *KeyTable) put(key []int64, x int64) {
	i := t.place(key)
	copy(t.keys[i*len(key):], key)
	t.vals[i] = x
}

// place is where key is, or belongs.
func (t *KeyTable) place(key []int64) int {
	h, n := uint64(0), len(key)
	for _, x := range key {
		h = (h ^ uint64(x)) * 0x9e3779b97f4a7c15 // 2^64 by the golden ratio
		h ^= h >> 32
	}
	for i := int(h) & (len(t.vals) - 1); ; i = (i + 1) & (len(t.vals) - 1) {
		if t.vals[i] == 0 || slices.Equal(t.keys[i*n:(i+1)*n], key) {
			return i
		}
	}
}

func (t *KeyTable) grow(slots int) {
	old := *t
	n := max(firstSlotTable, 2*len(t.vals))
	t.keys, t.vals = make([]int64, n*slots), make([]int64, n)
	for i, x := range old.vals {
		if x != 0 {
			t.put(old.keys[i*slots:(i+1)*slots], x)
		}
	}
}
