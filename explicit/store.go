package explicit

import (
	"sync"
	"sync/atomic"
)

// A ref is the number of a state in the store, in order of discovery: all
// states of one level come before those of the next.
type ref = uint32

const (
	noRef       = ^ref(0) // the parent of initial states
	segmentBits = 14
	segmentSize = 1 << segmentBits
	largeBlock  = 64 // refs that a worker takes at once
	smallBlock  = 4  // the same while levels are small
	maxSegments = 1 << (32 - segmentBits)
)

// A segment keeps what is known of segmentSize states. The fingerprints and
// parents stay; the rows go when their level has been explored, unless the
// graph is kept.
type segment struct {
	prints  [segmentSize]uint64
	parents [segmentSize]ref
	rows    []uint64 // words of each packed state
	credits []uint32 // see credit; gone with the rows
}

// A stateStore is the set of states found, shared by workers without locks: an
// open-addressing table of 64-bit words, each half a fingerprint and a ref, and
// segments indexed by ref. Only growing the table stops the others, by world.
//
// A slot of the table goes from zero to its final content by one
// compare-and-swap, after the segment's entry was written, so that who sees the
// slot sees the state.
type stateStore struct {
	words    int // of a packed state
	table    []uint64
	mask     uint64
	world    sync.RWMutex // held for reading while a worker searches
	segments [maxSegments]atomic.Pointer[segment]
	alloc    sync.Mutex
	next     atomic.Uint32 // first ref not handed out
	level    ref           // first ref of the level under construction
	block    uint32        // refs to take at once, a power of two
	distinct atomic.Int64
}

func newStateStore(words int) *stateStore {
	s := &stateStore{words: words, block: smallBlock}
	s.resize(1 << 14)
	return s
}

func (s *stateStore) resize(n int) {
	s.table, s.mask = make([]uint64, n), uint64(n-1)
}

// A block is a range of refs that one worker fills.
type block struct{ from, used, to ref }

// take hands out the next refs, growing the table when it is half full. The
// worker holds s.world for reading.
func (s *stateStore) take() block {
	from := s.next.Add(s.block) - s.block
	seg := &s.segments[from>>segmentBits]
	if seg.Load() == nil {
		s.alloc.Lock()
		if seg.Load() == nil {
			seg.Store(&segment{rows: make([]uint64, segmentSize*s.words), credits: make([]uint32, segmentSize/creditsPerWord)})
		}
		s.alloc.Unlock()
	}
	if uint64(from)*2 > uint64(len(s.table)) {
		s.world.RUnlock()
		s.grow(uint64(from))
		s.world.RLock()
	}
	return block{from, from, from + s.block}
}

// grow makes the table four times as large and enters all states again.
func (s *stateStore) grow(used uint64) {
	s.world.Lock()
	defer s.world.Unlock()
	if used*2 <= uint64(len(s.table)) {
		return // somebody else did
	}
	old := s.table
	s.resize(4 * len(old))
	for _, e := range old {
		if e == 0 {
			continue
		}
		i := s.print(ref(uint32(e))-1) & s.mask
		for s.table[i] != 0 {
			i = (i + 1) & s.mask
		}
		s.table[i] = e
	}
}

// nextLevel begins a level after one of n states. Refs stay aligned, so that a
// block never leaves its segment.
func (s *stateStore) nextLevel(n int64) {
	s.block = smallBlock
	if n > smallLevel {
		s.block = largeBlock
	}
	s.level = (s.next.Load() + s.block - 1) &^ (s.block - 1)
	s.next.Store(s.level)
}

func (s *stateStore) segment(r ref) *segment { return s.segments[r>>segmentBits].Load() }

func (s *stateStore) print(r ref) uint64 { return s.segment(r).prints[r%segmentSize] }

// row is the packed state r, while it is kept.
func (s *stateStore) row(r ref) []uint64 {
	i := int(r%segmentSize) * s.words
	return s.segment(r).rows[i : i+s.words]
}

func (s *stateStore) parent(r ref) ref {
	return ref(atomic.LoadUint32(&s.segment(r).parents[r%segmentSize]))
}

// insert adds a packed state with its fingerprint, unless it is there, and
// returns its ref. A state found again on the level on which it was first
// found keeps the parent with the least fingerprint, so that parents do not
// hang on who came first.
func (s *stateStore) insert(b *block, print uint64, packed []uint64, parent ref) (r ref, fresh bool) {
	tag := print &^ (1<<32 - 1)
	if tag == 0 {
		tag = 1 << 32
	}
	written := false
	for i := print & s.mask; ; {
		e := atomic.LoadUint64(&s.table[i])
		if e == 0 {
			if !written {
				if b.used == b.to {
					*b = s.take()
					i = print & s.mask
					continue // the table may be another one
				}
				s.write(b.used, print, packed, parent)
				written = true
			}
			if atomic.CompareAndSwapUint64(&s.table[i], 0, tag|uint64(b.used+1)) {
				r = b.used
				b.used++
				return r, true
			}
			continue
		}
		if e&^(1<<32-1) == tag {
			if r := ref(uint32(e)) - 1; s.print(r) == print {
				if r >= s.level {
					s.adopt(r, parent)
				}
				return r, false
			}
		}
		i = (i + 1) & s.mask
	}
}

func (s *stateStore) write(r ref, print uint64, packed []uint64, parent ref) {
	seg := s.segment(r)
	i := r % segmentSize
	seg.prints[i] = print
	atomic.StoreUint32(&seg.parents[i], parent)
	copy(seg.rows[int(i)*s.words:], packed)
}

// adopt makes parent the parent of r when its fingerprint is less.
func (s *stateStore) adopt(r, parent ref) {
	if parent == noRef {
		return
	}
	at := &s.segment(r).parents[r%segmentSize]
	for {
		old := atomic.LoadUint32(at)
		if old == noRef || old == parent || s.print(old) <= s.print(parent) {
			return
		}
		if atomic.CompareAndSwapUint32(at, old, parent) {
			return
		}
	}
}

// release drops the rows of all states before r.
func (s *stateStore) release(r ref) {
	for i := int(r>>segmentBits) - 1; i >= 0; i-- {
		seg := s.segments[i].Load()
		if seg == nil || seg.rows == nil {
			return
		}
		seg.rows, seg.credits = nil, nil
	}
}

// bytes is about the memory in use.
func (s *stateStore) bytes() int64 {
	kept := int64(0)
	for i := range s.segments {
		seg := s.segments[i].Load()
		if seg == nil {
			break
		}
		kept += segmentSize*12 + int64(len(seg.rows))*8
	}
	return kept + int64(len(s.table))*8
}

// collision is about the probability that two different states of n had one
// fingerprint, when g states were generated.
func collision(n, g int64) float64 {
	return float64(n) * float64(max(g-n, 1)) / 18446744073709551616.0
}
