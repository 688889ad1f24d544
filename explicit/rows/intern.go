package rows

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/value"
)

// An id names a value in an internTable. Equal values have equal ids; zero is
// no value.
type id = int64

const (
	internShards  = 64
	firstShard    = 8 // words of a shard at first
	internSegment = 1 << 12
)

// An internTable hash-conses values, so that a value of any shape fits one
// slot of a state. Reading is without locks; the workers of a search share it.
//
// Which id a value gets depends on who comes first. The first frozen ones are
// handed out before the search and are the same in every run, so only they may
// enter a fingerprint as they stand; of later ones the value's hash does.
type internTable struct {
	shards   [internShards]internShard
	segments [1 << 16]atomic.Pointer[internPart]
	wide     bool // second hashes are kept
	grow     sync.Mutex
	last     atomic.Int64
	typed    atomic.Bool // a model value of a type (A_x) is here
	frozen   id
}

// An internShard finds the ids of some values: an open-addressing table of words,
// a power of two, each the upper half of a hash and an id; 0 is free. Only adding takes the lock.
type internShard struct {
	words atomic.Pointer[[]uint64]
	_     [parallel.CacheLine]byte // the lock is written to while others read
	mu    sync.Mutex
	used  int
	_     [parallel.CacheLine]byte
}

// An internPart is what is known of internSegment ids.
type internPart struct {
	entries [internSegment]internEntry
	seconds []uint64 // nil, or of each the second hash
}

type internEntry struct {
	val  value.Value
	hash uint64
}

func newInternTable() *internTable {
	t := &internTable{}
	for i := range t.shards {
		words := make([]uint64, firstShard)
		t.shards[i].words.Store(&words)
	}
	return t
}

// of returns the id of v.
func (t *internTable) of(v value.Value) id {
	h := value.Hash(v)
	if i := t.find(v, h); i != 0 {
		return i
	}
	s := &t.shards[h%internShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := t.find(v, h); i != 0 {
		return i // somebody else was faster
	}
	if typedModel(v) {
		t.typed.Store(true)
	}
	i := t.last.Add(1)
	e := t.alloc(i)
	e.val, e.hash = v, h
	if t.wide {
		t.segments[i/internSegment].Load().seconds[i%internSegment] = secondHash(v)
	}
	s.add(h, i, t)
	return i
}

// find returns the id of v, whose hash is h, or zero when it has none.
func (t *internTable) find(v value.Value, h uint64) id {
	words := *t.shards[h%internShards].words.Load()
	for at := h / internShards; ; at++ {
		w := atomic.LoadUint64(&words[at&uint64(len(words)-1)])
		if w == 0 {
			return 0
		}
		if i := id(uint32(w)); w>>32 == h>>32 && t.hash(i) == h && value.Compare(t.value(i), v) == 0 {
			return i
		}
	}
}

// add enters the id i of a value whose hash is h, and which has its entry.
func (s *internShard) add(h uint64, i id, t *internTable) {
	words := *s.words.Load()
	if s.used++; 2*s.used > len(words) {
		bigger := make([]uint64, 4*len(words))
		for _, w := range words {
			if w != 0 {
				put(bigger, t.hash(id(uint32(w))), w)
			}
		}
		words = bigger
		s.words.Store(&words)
	}
	put(words, h, h>>32<<32|uint64(i))
}

func put(words []uint64, h, w uint64) {
	mask := uint64(len(words) - 1)
	at := h / internShards & mask
	for words[at] != 0 {
		at = (at + 1) & mask
	}
	atomic.StoreUint64(&words[at], w)
}

func (t *internTable) entry(i id) *internEntry {
	return &t.segments[i/internSegment].Load().entries[i%internSegment]
}

func (t *internTable) alloc(i id) *internEntry {
	seg := &t.segments[i/internSegment]
	if seg.Load() == nil {
		t.grow.Lock()
		if seg.Load() == nil {
			seg.Store(t.newPart())
		}
		t.grow.Unlock()
	}
	return &seg.Load().entries[i%internSegment]
}

func (t *internTable) newPart() *internPart {
	p := &internPart{}
	if t.wide {
		p.seconds = make([]uint64, internSegment)
	}
	return p
}

// value is the inverse of of.
func (t *internTable) value(i id) value.Value { return t.entry(i).val }

// hash is the hash of the value that i names; it does not depend on i.
func (t *internTable) hash(i id) uint64 { return t.entry(i).hash }

// secondHash is secondHash of the value that i names, in a wide table.
func (t *internTable) secondHash(i id) uint64 {
	return t.segments[i/internSegment].Load().seconds[i%internSegment]
}

// freeze declares the ids handed out so far the same in every run.
func (t *internTable) freeze() { t.frozen = t.last.Load() }

// secondHash is the hash of a value that second halves are made from.
func secondHash(v value.Value) uint64 { return value.HashSeeded(v, 0xa4093822299f31d0) }

// typedModel tells whether v is a model value of a type (A_x).
func typedModel(v value.Value) bool {
	m, ok := v.(value.Model)
	return ok && len(m.Name()) > 1 && m.Name()[1] == '_'
}

// mix is a strong 64-bit mixture of a and b.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xd1342543de82ef95)
	h := hi ^ lo
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
