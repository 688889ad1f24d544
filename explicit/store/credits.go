package store

import "sync/atomic"

// A credit is the action that gets a state as its own: the first one, in the
// order of the text, of those that come to it on the level where it was found
// first. It is the number of an action, from 1; 0 is none yet.
const (
	creditBits     = 16
	creditsPerWord = 32 / creditBits
	creditMask     = 1<<creditBits - 1
)

func creditPlace(r Ref) (word, shift uint32) {
	i := r % segmentSize
	return i / creditsPerWord, i % creditsPerWord * creditBits
}

// Credit gives the state r, of the level under construction, to an action
// unless an earlier one has it.
func (s *Store) Credit(r Ref, action int) {
	mine := uint32(action + 1)
	word, shift := creditPlace(r)
	at := &s.segment(r).credits[word]
	for {
		old := atomic.LoadUint32(at)
		has := old >> shift & creditMask
		if has != 0 && has <= mine || mine == 0 || mine > creditMask {
			return
		}
		if atomic.CompareAndSwapUint32(at, old, old&^(creditMask<<shift)|mine<<shift) {
			return
		}
	}
}

// Credited is what Credit left for r: the number of the action and one, or 0.
func (s *Store) Credited(r Ref) uint32 {
	word, shift := creditPlace(r)
	return s.segment(r).credits[word] >> shift & creditMask
}
