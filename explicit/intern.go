package explicit

import (
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/value"
)

// An id names a value in an internTable. Equal values have equal ids; zero is
// no value.
type id = int64

const (
	internShards  = 64
	internSegment = 1 << 12
)

// An internTable hash-conses values, so that a value of any shape fits one
// slot of a state. Reading is without locks; the workers of a search share it.
//
// Which id a value gets depends on who comes first. The first frozen ones are
// handed out before the search and are the same in every run, so only they may
// enter a fingerprint as they stand; of later ones the value's hash does.
type internTable struct {
	shards [internShards]struct {
		mu    sync.Mutex
		first map[uint64]id // by hash; entries of equal hash are chained
	}
	segments [1 << 16]atomic.Pointer[internPart]
	wide     bool // second hashes are kept
	grow     sync.Mutex
	last     atomic.Int64
	typed    atomic.Bool // a model value of a type (A_x) is here
	frozen   id
}

// An internPart is what is known of internSegment ids.
type internPart struct {
	entries [internSegment]internEntry
	seconds []uint64 // nil, or of each the second hash
}

type internEntry struct {
	val  value.Value
	hash uint64
	next id
}

func newInternTable() *internTable {
	t := &internTable{}
	for i := range t.shards {
		t.shards[i].first = map[uint64]id{}
	}
	return t
}

// of returns the id of v.
func (t *internTable) of(v value.Value) id {
	h := value.Hash(v)
	s := &t.shards[h%internShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := t.among(s.first[h], v); i != 0 {
		return i
	}
	if typedModel(v) {
		t.typed.Store(true)
	}
	i := t.last.Add(1)
	e := t.alloc(i)
	e.val, e.hash, e.next = v, h, s.first[h]
	if t.wide {
		t.segments[i/internSegment].Load().seconds[i%internSegment] = secondHash(v)
	}
	s.first[h] = i
	return i
}

// find returns the id of v, whose hash is h, or zero when it has none.
func (t *internTable) find(v value.Value, h uint64) id {
	s := &t.shards[h%internShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	return t.among(s.first[h], v)
}

// among finds v in the chain that begins with i.
func (t *internTable) among(i id, v value.Value) id {
	for ; i != 0; i = t.entry(i).next {
		if value.Compare(t.entry(i).val, v) == 0 {
			break
		}
	}
	return i
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
