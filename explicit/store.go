package explicit

import (
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/arena"
)

// A ref is the number of a state in the store, in order of discovery: all
// states of one level come before those of the next.
type ref = uint32

const (
	noRef       = ^ref(0) // the parent of initial states
	segmentBits = 16
	segmentSize = 1 << segmentBits
	largeBlock  = 64 // refs that a worker takes at once
	smallBlock  = 4  // the same while levels are small
	maxSegments = 1 << (32 - segmentBits)
	lastRef     = noRef - 2*largeBlock // a block after it might not end before noRef
)

// A segment keeps what is known of segmentSize states, outside Go's heap. The
// fingerprints and parents stay; the rest goes when the level of the states has
// been explored, unless the graph is kept. An entry without a state has the
// fingerprint zero, which no state has.
type segment struct {
	prints  []uint64 // the first halves
	seconds []uint64 // the second halves, nil where 64 bits are to do
	parents []ref
	rows    []uint64 // words of each packed state
	credits []uint32 // see credit
	steps   []uint32 // where the steps out of each state are: see steps.go
	spilled bool     // parents, rows and steps are in the file
}

// A stateStore is the set of states found, shared by workers without locks: an
// open-addressing table of 64-bit words, each a part of a fingerprint and a ref,
// and segments indexed by ref. Only growing the table stops the others, by world.
//
// A slot of the table goes from zero to its final content by one
// compare-and-swap, after the segment's entry was written, so that who sees the
// slot sees the state.
type stateStore struct {
	words    int  // of a packed state
	wide     bool // fingerprints have 128 bits
	mem      *arena.Arena
	limits   memoryLimits
	spilling bool // new segments go to the file
	table    []uint64
	mask     uint64
	room     uint64       // entries at which the table is to grow
	world    sync.RWMutex // held for reading while a worker searches
	growing  sync.Mutex   // held by who grows the table
	segments [maxSegments]atomic.Pointer[segment]
	alloc    sync.Mutex
	next     atomic.Uint32 // first ref not handed out
	level    ref           // first ref of the level under construction
	block    uint32        // refs to take at once, a power of two
	distinct atomic.Int64
	steps    *stepStore // nil when steps are not kept
}

func newStateStore(words int, wide bool, limits memoryLimits) (*stateStore, error) {
	s := &stateStore{words: words, wide: wide, mem: arena.New(""), limits: limits, block: smallBlock}
	table, err := arena.Make[uint64](s.mem, firstTable)
	s.use(table)
	return s, err
}

// close gives all memory back: nothing may be asked of the store afterwards.
func (s *stateStore) close() { s.mem.Close() }

// A block is a range of refs that one worker fills.
type block struct{ from, used, to ref }

// take hands out the next refs, growing the table when it is full. The worker
// holds s.world for reading. It halts the search when there is no memory left.
func (s *stateStore) take() block {
	from := s.next.Add(s.block) - s.block
	if from > lastRef {
		halt("there are more states than the search can number")
	}
	if s.segment(from) == nil {
		s.extend(from)
	}
	if uint64(from) >= s.room {
		if err := s.growFor(from); err != nil {
			halt(err.Error())
		}
	}
	return block{from, from, from + s.block}
}

// growFor grows the table while the worker that calls it is out of the world.
func (s *stateStore) growFor(used ref) error {
	s.world.RUnlock()
	defer s.world.RLock()
	return s.grow(uint64(used))
}

// extend makes the segment of r.
func (s *stateStore) extend(r ref) {
	s.alloc.Lock()
	defer s.alloc.Unlock()
	if s.segment(r) != nil {
		return // somebody else did
	}
	seg, err := s.newSegment()
	if err != nil {
		halt("there is no memory for more states: " + err.Error())
	}
	s.segments[r>>segmentBits].Store(seg)
	s.coolBefore(r)
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

// holds tells whether a state has the ref r, which was handed out.
func (s *stateStore) holds(r ref) bool {
	seg := s.segment(r)
	return seg != nil && seg.prints[r%segmentSize] != 0
}

// first is the first half of the fingerprint of state r.
func (s *stateStore) first(r ref) uint64 { return s.segment(r).prints[r%segmentSize] }

// print is the fingerprint of state r.
func (s *stateStore) print(r ref) fingerprint {
	seg, i := s.segment(r), r%segmentSize
	p := fingerprint{first: seg.prints[i]}
	if seg.seconds != nil {
		p.second = seg.seconds[i]
	}
	return p
}

// compare orders states by their fingerprints.
func (s *stateStore) compare(a, b ref) int { return s.print(a).compare(s.print(b)) }

// before tells whether a comes before b in that order; it hardly ever looks at
// second halves.
func (s *stateStore) before(a, b ref) bool {
	if x, y := s.first(a), s.first(b); x != y {
		return x < y
	}
	return s.compare(a, b) < 0
}

// same tells whether state r has the fingerprint p.
func (s *stateStore) same(r ref, p fingerprint) bool {
	seg, i := s.segment(r), r%segmentSize
	return seg.prints[i] == p.first && (seg.seconds == nil || seg.seconds[i] == p.second)
}

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
func (s *stateStore) insert(b *block, print fingerprint, packed []uint64, parent ref) (r ref, fresh bool) {
	tag := tagOf(print.first)
	written := false
	for i := print.first & s.mask; ; {
		e := atomic.LoadUint64(&s.table[i])
		if e == 0 {
			if !written {
				if b.used == b.to {
					*b = s.take()
					i = print.first & s.mask
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
			if r := ref(uint32(e)) - 1; s.same(r, print) {
				if r >= s.level {
					s.adopt(r, parent)
				}
				if written { // another worker was faster: the entry is free again
					s.segment(b.used).prints[b.used%segmentSize] = 0
				}
				return r, false
			}
		}
		i = (i + 1) & s.mask
	}
}

// has tells whether a state with this fingerprint is there.
func (s *stateStore) has(print fingerprint) bool {
	_, ok := s.find(print)
	return ok
}

// find is the state with this fingerprint, when it is there.
func (s *stateStore) find(print fingerprint) (r ref, ok bool) {
	tag := tagOf(print.first)
	for i := print.first & s.mask; ; i = (i + 1) & s.mask {
		e := atomic.LoadUint64(&s.table[i])
		if e == 0 {
			return 0, false
		}
		if r := ref(uint32(e)) - 1; e&^(1<<32-1) == tag && s.same(r, print) {
			return r, true
		}
	}
}

func (s *stateStore) write(r ref, print fingerprint, packed []uint64, parent ref) {
	seg := s.segment(r)
	i := r % segmentSize
	seg.prints[i] = print.first
	if seg.seconds != nil {
		seg.seconds[i] = print.second
	}
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
		if old == noRef || old == parent || !s.before(parent, old) {
			return
		}
		if atomic.CompareAndSwapUint32(at, old, parent) {
			return
		}
	}
}

// release drops what only exploring needs of all states before r.
func (s *stateStore) release(r ref) {
	for i := int(r>>segmentBits) - 1; i >= 0; i-- {
		seg := s.segments[i].Load()
		if seg == nil || seg.rows == nil {
			return
		}
		s.freeRows(seg)
	}
}
