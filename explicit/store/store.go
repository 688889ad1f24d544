package store

import (
	"cmp"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/store/arena"
)

// A Ref is the number of a state in the store, in order of discovery: all
// states of one level come before those of the next.
type Ref = uint32

// NoRef is the parent of initial states.
const NoRef = ^Ref(0)

// LargeBlock is how many refs a worker takes at once, while levels are large.
const LargeBlock = 64

const (
	smallBlock  = 4 // the same while levels are small
	segmentBits = 16
	segmentSize = 1 << segmentBits
	maxSegments = 1 << (32 - segmentBits)
	lastRef     = NoRef - 2*LargeBlock // a block after it might not end before NoRef
)

// A Fingerprint tells states apart.
type Fingerprint struct {
	First  uint64 // not zero
	Second uint64 // zero where 64 bits are to do
}

// Less orders fingerprints.
func (p Fingerprint) Less(q Fingerprint) bool {
	return p.First < q.First || p.First == q.First && p.Second < q.Second
}

// Compare is the same order, as cmp.Compare tells it.
func (p Fingerprint) Compare(q Fingerprint) int {
	return cmp.Or(cmp.Compare(p.First, q.First), cmp.Compare(p.Second, q.Second))
}

// A segment keeps what is known of segmentSize states, outside Go's heap. The
// fingerprints and parents stay; the rest goes when the level of the states has
// been explored, unless the graph is kept. An entry without a state has the
// Fingerprint zero, which no state has.
type segment struct {
	prints  []uint64 // the first halves
	seconds []uint64 // the second halves, nil where 64 bits are to do
	parents []Ref
	rows    []uint64 // words of each packed state
	credits []uint32 // see credits.go
	steps   []uint32 // where the steps out of each state are: see steps.go
	spilled bool     // parents, rows and steps are in the file
}

// A Store is a set of states.
type Store struct {
	words    int  // of a packed state
	wide     bool // fingerprints have 128 bits
	mem      *arena.Arena
	limit    int64 // bytes in memory; 0 for none
	spilling bool  // new segments go to the file
	slots
	pauseLock sync.RWMutex // held for reading while a worker searches
	segments  [maxSegments]atomic.Pointer[segment]
	alloc     sync.Mutex
	next      atomic.Uint32 // first ref not handed out
	level     Ref           // first ref of the level under construction
	block     uint32        // refs to take at once, a power of two
	steps     *steps        // nil when steps are not kept
}

// slots are the table of fingerprints; see table.go.
type slots struct {
	table   []uint64
	mask    uint64
	room    uint64     // entries at which it is to grow
	growing sync.Mutex // held by who makes it larger
}

// New makes an empty store of states that are packed into some words, with
// fingerprints of 128 bits when they are wide, that is to take at most limit
// bytes of memory; 0 for no limit.
func New(words int, wide bool, limit int64) (*Store, error) {
	s := &Store{words: words, wide: wide, mem: arena.New(""), limit: limit, block: smallBlock}
	table, err := arena.Make[uint64](s.mem, firstTable)
	s.use(table)
	return s, err
}

// Close gives all memory back: nothing may be asked of the store afterwards.
func (s *Store) Close() { s.mem.Close() }

// Spilled is the number of bytes in the file.
func (s *Store) Spilled() int64 { return s.mem.Spilled() }

// Enter lets a worker insert states, until it leaves. In between the table may
// not change but by its own inserting.
func (s *Store) Enter() { s.pauseLock.RLock() }

// Leave ends what Enter began.
func (s *Store) Leave() { s.pauseLock.RUnlock() }

// A Block is a range of refs that one worker fills: those before Used have a
// state.
type Block struct{ From, Used, To Ref }

// errManyStates says that there are no numbers for more states.
var errManyStates = errors.New("there are more states than the search can number")

// take hands out the next refs, growing the table when it is full. The worker
// Has entered.
func (s *Store) take() (Block, error) {
	from := s.next.Add(s.block) - s.block
	if from > lastRef {
		return Block{}, errManyStates
	}
	if s.segment(from) == nil {
		if err := s.extend(from); err != nil {
			return Block{}, err
		}
	}
	if uint64(from) >= s.room {
		if err := s.growFor(from); err != nil {
			return Block{}, err
		}
	}
	return Block{from, from, from + s.block}, nil
}

// growFor grows the table while the worker that calls it does not hold pauseLock.
func (s *Store) growFor(used Ref) error {
	s.pauseLock.RUnlock()
	defer s.pauseLock.RLock()
	return s.grow(uint64(used))
}

// extend makes the segment of r.
func (s *Store) extend(r Ref) error {
	s.alloc.Lock()
	defer s.alloc.Unlock()
	if s.segment(r) != nil {
		return nil // somebody else did
	}
	seg, err := s.newSegment()
	if err != nil {
		return fmt.Errorf("there is no memory for more states: %w", err)
	}
	s.segments[r>>segmentBits].Store(seg)
	s.coolBefore(r)
	return nil
}

// NextLevel begins a level; large says that it will have many states. Refs stay
// aligned, so that a block never leaves its segment.
func (s *Store) NextLevel(large bool) {
	s.block = smallBlock
	if large {
		s.block = LargeBlock
	}
	s.level = (s.next.Load() + s.block - 1) &^ (s.block - 1)
	s.next.Store(s.level)
}

// Level is the first ref of the level under construction.
func (s *Store) Level() Ref { return s.level }

// Next is the first ref that was not handed out: those before it may have a
// state.
func (s *Store) Next() Ref { return s.next.Load() }

func (s *Store) segment(r Ref) *segment { return s.segments[r>>segmentBits].Load() }

// Holds tells whether a state has the ref r, which was handed out.
func (s *Store) Holds(r Ref) bool {
	seg := s.segment(r)
	return seg != nil && seg.prints[r%segmentSize] != 0
}

// First is the first half of the fingerprint of state r.
func (s *Store) First(r Ref) uint64 { return s.segment(r).prints[r%segmentSize] }

// Print is the fingerprint of state r.
func (s *Store) Print(r Ref) Fingerprint {
	seg, i := s.segment(r), r%segmentSize
	p := Fingerprint{First: seg.prints[i]}
	if seg.seconds != nil {
		p.Second = seg.seconds[i]
	}
	return p
}

// Compare orders states by their fingerprints.
func (s *Store) Compare(a, b Ref) int { return s.Print(a).Compare(s.Print(b)) }

// Before tells whether a comes before b in that order; it hardly ever looks at
// second halves.
func (s *Store) Before(a, b Ref) bool {
	if x, y := s.First(a), s.First(b); x != y {
		return x < y
	}
	return s.Compare(a, b) < 0
}

// same tells whether state r has the fingerprint p.
func (s *Store) same(r Ref, p Fingerprint) bool {
	seg, i := s.segment(r), r%segmentSize
	return seg.prints[i] == p.First && (seg.seconds == nil || seg.seconds[i] == p.Second)
}

// Row is the packed state r, while it is kept.
func (s *Store) Row(r Ref) []uint64 {
	i := int(r%segmentSize) * s.words
	return s.segment(r).rows[i : i+s.words]
}

func (s *Store) Parent(r Ref) Ref {
	return Ref(atomic.LoadUint32(&s.segment(r).parents[r%segmentSize]))
}

// Release drops what only exploring needs of all states before r.
func (s *Store) Release(r Ref) {
	for i := int(r>>segmentBits) - 1; i >= 0; i-- {
		seg := s.segments[i].Load()
		if seg == nil || seg.rows == nil {
			return
		}
		s.freeRows(seg)
	}
}
