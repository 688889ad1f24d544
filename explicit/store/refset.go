package store

import "math"

// A RefSet is a set of states, as a bit for each ref below some bound; nil is the
// empty one.
type RefSet []uint64

// NewRefSet makes an empty set of refs below bound.
func NewRefSet(bound Ref) RefSet { return make(RefSet, (bound+63)/64) }

// Has tells whether r is in the set, which it is not when it is beyond the bound.
func (b RefSet) Has(r Ref) bool { return int(r/64) < len(b) && b[r/64]>>(r%64)&1 != 0 }

// Add adds r, which is below the bound.
func (b RefSet) Add(r Ref) { b[r/64] |= 1 << (r % 64) }

// Remove takes r out.
func (b RefSet) Remove(r Ref) { b[r/64] &^= 1 << (r % 64) }

// Fill adds all refs below the bound.
func (b RefSet) Fill() {
	for i := range b {
		b[i] = math.MaxUint64
	}
}
