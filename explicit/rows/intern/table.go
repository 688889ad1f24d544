// Package intern gives numbers to values and to keys, for as long as the layout of a
// search lasts.
//
// A Table gives ids to values, so that a value of any shape fits one slot of a row.
// All workers share it: reading takes no lock, and a number is handed out only after
// its meaning can be read. Which number a value gets is chance, but for those that
// are frozen before the search.
//
// A KeyTable is one worker's, by the content of some slots. A Memo is shared, and
// remembers a function of small numbers.
package intern

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/value"
)

// An ID names a value in a Table. Equal values have equal ids; zero is
// no value.
type ID = int64

const (
	shards     = 64
	firstShard = 8 // words of a shard at first
	segment    = 1 << 12
)

// A Table hash-conses values, so that a value of any shape fits one
// slot of a state. Reading is without locks; the workers of a search share it.
//
// Which id a value gets depends on who comes first. The first frozen ones are
// handed out before the search and are the same in every run, so only they may
// enter a fingerprint as they stand; of later ones the value's hash does.
type Table struct {
	shards   [shards]shard
	segments [1 << 16]atomic.Pointer[part]
	Wide     bool // second hashes are kept; set before the first value
	grow     sync.Mutex
	Last     atomic.Int64 // the id that was handed out last
	Typed    atomic.Bool  // a model value of a type (A_x) is here
	Frozen   ID           // those up to it are the same in every run
}

// A shard finds the ids of some values: an open-addressing table of words,
// a power of two, each the upper half of a hash and an id; 0 is free. Only adding takes the lock.
type shard struct {
	words atomic.Pointer[[]uint64]
	_     [parallel.CacheLine]byte // the lock is written to while others read
	mu    sync.Mutex
	used  int
	_     [parallel.CacheLine]byte
}

// A part is what is known of segment ids.
type part struct {
	entries [segment]entry
	seconds []uint64 // nil, or of each the second hash
}

type entry struct {
	val  value.Value
	hash uint64
}

// New returns an empty table.
func New() *Table {
	t := &Table{}
	for i := range t.shards {
		words := make([]uint64, firstShard)
		t.shards[i].words.Store(&words)
	}
	return t
}

// Of returns the id of v.
func (t *Table) Of(v value.Value) ID {
	h := value.Hash(v)
	if i := t.Find(v, h); i != 0 {
		return i
	}
	s := &t.shards[h%shards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := t.Find(v, h); i != 0 {
		return i // somebody else was faster
	}
	if typedModel(v) {
		t.Typed.Store(true)
	}
	i := t.Last.Add(1)
	e := t.alloc(i)
	e.val, e.hash = v, h
	if t.Wide {
		t.segments[i/segment].Load().seconds[i%segment] = SecondHash(v)
	}
	s.add(h, i, t)
	return i
}

// Find returns the id of v, whose hash is h, or zero when it has none.
func (t *Table) Find(v value.Value, h uint64) ID {
	words := *t.shards[h%shards].words.Load()
	for at := h / shards; ; at++ {
		w := atomic.LoadUint64(&words[at&uint64(len(words)-1)])
		if w == 0 {
			return 0
		}
		if i := ID(uint32(w)); w>>32 == h>>32 && t.Hash(i) == h && value.Compare(t.Value(i), v) == 0 {
			return i
		}
	}
}

// Add enters the id i of a value whose hash is h, and which has its entry.
func (s *shard) add(h uint64, i ID, t *Table) {
	words := *s.words.Load()
	if s.used++; 2*s.used > len(words) {
		bigger := make([]uint64, 4*len(words))
		for _, w := range words {
			if w != 0 {
				put(bigger, t.Hash(ID(uint32(w))), w)
			}
		}
		words = bigger
		s.words.Store(&words)
	}
	put(words, h, h>>32<<32|uint64(i))
}

func put(words []uint64, h, w uint64) {
	mask := uint64(len(words) - 1)
	at := h / shards & mask
	for words[at] != 0 {
		at = (at + 1) & mask
	}
	atomic.StoreUint64(&words[at], w)
}

func (t *Table) at(i ID) *entry {
	return &t.segments[i/segment].Load().entries[i%segment]
}

func (t *Table) alloc(i ID) *entry {
	seg := &t.segments[i/segment]
	if seg.Load() == nil {
		t.grow.Lock()
		if seg.Load() == nil {
			seg.Store(t.newPart())
		}
		t.grow.Unlock()
	}
	return &seg.Load().entries[i%segment]
}

// Skip leaves an id without a value.
func (t *Table) Skip() { t.alloc(t.Last.Add(1)) }

func (t *Table) newPart() *part {
	p := &part{}
	if t.Wide {
		p.seconds = make([]uint64, segment)
	}
	return p
}

// Value is the inverse of of.
func (t *Table) Value(i ID) value.Value { return t.at(i).val }

// Hash is the hash of the value that i names; it does not depend on i.
func (t *Table) Hash(i ID) uint64 { return t.at(i).hash }

// SecondHash is secondHash of the value that i names, in a wide table.
func (t *Table) SecondHash(i ID) uint64 {
	return t.segments[i/segment].Load().seconds[i%segment]
}

// Freeze declares the ids handed out so far the same in every run.
func (t *Table) Freeze() { t.Frozen = t.Last.Load() }

// SecondHash is the hash of a value that second halves are made from.
func SecondHash(v value.Value) uint64 { return value.HashSeeded(v, 0xa4093822299f31d0) }

// typedModel tells whether v is a model value of a type (A_x).
func typedModel(v value.Value) bool {
	m, ok := v.(value.Model)
	return ok && len(m.Name()) > 1 && m.Name()[1] == '_'
}

// Mix is a strong 64-bit mixture of a and b.
func Mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xd1342543de82ef95)
	h := hi ^ lo
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
