package explicit

import (
	"math"

	"github.com/lemma-mc/lemma/explicit/store"
)

// Names for what package store numbers states by.
type (
	ref         = store.Ref
	block       = store.Block
	fingerprint = store.Fingerprint
)

const noRef = store.NoRef

// A refSet is a set of states, as a bit for each ref below some bound; nil is the
// empty one.
type refSet []uint64

// newRefSet makes an empty set of refs below bound.
func newRefSet(bound ref) refSet { return make(refSet, (bound+63)/64) }

// has tells whether r is in the set, which it is not when it is beyond the bound.
func (b refSet) has(r ref) bool { return int(r/64) < len(b) && b[r/64]>>(r%64)&1 != 0 }

func (b refSet) add(r ref) { b[r/64] |= 1 << (r % 64) }

func (b refSet) remove(r ref) { b[r/64] &^= 1 << (r % 64) }

// fill adds all refs below the bound.
func (b refSet) fill() {
	for i := range b {
		b[i] = math.MaxUint64
	}
}
