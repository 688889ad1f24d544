package explicit

import (
	"hash/maphash"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/value"
)

// A memory is a remembered value: in slots where it has a shape of several,
// else as a value, with its id once somebody asked for that.
type memory struct {
	val value.Value
	id  id // workers may share the memory of a value: see idIn
	row []int64
}

// idIn is the id of a value in an intern table.
func (m *memory) idIn(in *internTable) id {
	i := atomic.LoadInt64(&m.id)
	if i == 0 {
		i = in.of(forced(m.val))
		atomic.StoreInt64(&m.id, i)
	}
	return i
}

// shared tells whether other workers may use m: what is left to be worked out in
// it may hang on the frame that made it.
func (m *memory) shared() bool {
	if m.val == nil {
		return true
	}
	closed := true
	value.Walk(m.val, func(part value.Value) { closed = closed && part.Kind() != value.KindLazy })
	return closed
}

// Bounds of what is remembered for one expression.
const (
	manySlots     = 1 << 15 // values of one slot that came up lately
	manyValues    = 1 << 11 // others
	trialOfMemory = 1 << 12 // questions after which remembering must have paid
	payOfMemory   = 8       // one in so many is to be answered from memory
)

// generations are memories by the slots that they hang on. When there are too
// many, those that were not asked for lately are forgotten.
type generations struct{ late, early map[string]*memory }

// find returns what is remembered for key, nil for nothing; share is the share
// of all there is to remember that is to be here.
func (g *generations) find(key []byte, share int) *memory {
	m := g.late[string(key)]
	if m == nil {
		if m = g.early[string(key)]; m != nil {
			g.keep(string(key), m, share)
		}
	}
	return m
}

func (g *generations) keep(key string, m *memory, share int) {
	many := manySlots / share
	if m.val != nil || m.row != nil {
		many = manyValues / share
	}
	if g.late == nil {
		g.late = map[string]*memory{}
	} else if len(g.late) >= many {
		g.early, g.late = g.late, map[string]*memory{}
	}
	g.late[key] = m
}

// A recall is what a frame remembers for one expression, by the slots that the
// value hangs on. When it hardly ever helps, all is forgotten.
type recall struct {
	generations
	common       *common // what all workers remember for it; nil for nothing
	asked, found int
	vain         bool
}

// find returns what is remembered for key, nil for nothing.
func (r *recall) find(key []byte) *memory {
	r.asked++
	m := r.generations.find(key, 1)
	if m == nil && r.common != nil {
		if m = r.common.find(key); m != nil {
			r.generations.keep(string(key), m, 1)
		}
	}
	if m != nil {
		r.found++
	}
	return m
}

func (r *recall) keep(key string, m *memory) {
	if r.asked == trialOfMemory && r.found < r.asked/payOfMemory {
		*r = recall{vain: true}
		return
	}
	r.generations.keep(key, m, 1)
	if r.common != nil && m.shared() {
		r.common.keep(key, m)
	}
}

// commonShards is how many locks there are for what workers remember in common.
const commonShards = 16

// A common is what all workers remember for one expression. It is asked for what
// a worker has not met itself.
type common struct {
	seed   maphash.Seed
	shards [commonShards]struct {
		mu sync.Mutex
		generations
	}
}

func newCommon() *common { return &common{seed: maphash.MakeSeed()} }

func (c *common) find(key []byte) *memory {
	s := &c.shards[maphash.Bytes(c.seed, key)%commonShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(key, commonShards)
}

func (c *common) keep(key string, m *memory) {
	s := &c.shards[maphash.String(c.seed, key)%commonShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keep(key, m, commonShards)
}
