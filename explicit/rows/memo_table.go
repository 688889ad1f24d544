package rows

import (
	"bytes"
	"hash/maphash"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/value"
)

// A memoValue is a remembered value: in slots where it has a shape of several,
// else as a value, with its id once somebody asked for that.
type memoValue struct {
	val value.Value
	id  id // workers may share the memoValue of a value: see idIn
	row []int64
}

// idIn is the id of a value in an intern table.
func (m *memoValue) idIn(in *intern.Table) id {
	i := atomic.LoadInt64(&m.id)
	if i == 0 {
		i = in.Of(forced(nil, m.val))
		atomic.StoreInt64(&m.id, i)
	}
	return i
}

// shared tells whether other workers may use m: what is left to be worked out in
// it may depend on the frame that made it.
func (m *memoValue) shared() bool {
	return m.val == nil || value.SpelledOut(m.val)
}

// Bounds of what is remembered for one expression.
const (
	manySlots      = 1 << 15 // values of one slot that came up lately
	manyValues     = 1 << 11 // others
	trialOfMemo    = 1 << 12 // questions after which remembering must have paid
	payOfMemo      = 8       // one in so many is to be answered from the table
	firstMemoSlots = 1 << 4  // places of a table at first, a power of two
)

// A memoTable is what is remembered for one expression, by the slots that the value
// depends on: two open-addressing tables, of what was asked for lately and of what
// was before. When the first is full, it becomes the second. Workers share it;
// only adding takes the lock.
type memoTable struct {
	late, early atomic.Pointer[memoSlots]
	mu          sync.Mutex
	used        int // places of late
}

type memoSlots []atomic.Pointer[memoEntry]

// A memoEntry is a memoValue with its key and the hash of that.
type memoEntry struct {
	hash uint64
	key  []byte
	*memoValue
}

// recallSeed is of all keys' hashes.
var memoSeed = maphash.MakeSeed()

// find returns what is remembered for key, nil for nothing.
func (r *memoTable) find(hash uint64, key []byte) *memoValue {
	if e := r.late.Load().find(hash, key); e != nil {
		return e.memoValue
	}
	e := r.early.Load().find(hash, key)
	if e == nil {
		return nil
	}
	r.add(e)
	return e.memoValue
}

func (t *memoSlots) find(hash uint64, key []byte) *memoEntry {
	if t == nil {
		return nil
	}
	for i := hash; ; i++ {
		e := (*t)[i&uint64(len(*t)-1)].Load()
		if e == nil || e.hash == hash && bytes.Equal(e.key, key) {
			return e
		}
	}
}

func (r *memoTable) add(e *memoEntry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.late.Load()
	if t.find(e.hash, e.key) != nil {
		return // another worker was faster
	}
	many := manySlots
	if e.val != nil || e.row != nil {
		many = manyValues
	}
	switch {
	case t == nil:
		t = r.begin(firstMemoSlots)
	case r.used >= many:
		r.early.Store(t)
		t = r.begin(len(*t))
	case 2*r.used >= len(*t):
		bigger := make(memoSlots, 4*len(*t))
		for i := range *t {
			if old := (*t)[i].Load(); old != nil {
				bigger.put(old)
			}
		}
		t = &bigger
		r.late.Store(t)
	}
	t.put(e)
	r.used++
}

// begin makes late an empty table of n places.
func (r *memoTable) begin(n int) *memoSlots {
	t := make(memoSlots, n)
	r.late.Store(&t)
	r.used = 0
	return &t
}

// put enters e, which is not in t.
func (t *memoSlots) put(e *memoEntry) {
	i := e.hash
	for (*t)[i&uint64(len(*t)-1)].Load() != nil {
		i++
	}
	(*t)[i&uint64(len(*t)-1)].Store(e)
}

// A memoSite is a frame's part in what is remembered for one expression. When
// that hardly ever helps, the frame takes no part any more.
type memoSite struct {
	common       *memoTable // nil for nothing yet
	own          *memoTable // what other frames must not use; likewise
	asked, found int
	vain         bool
}

// find returns what is remembered for key, nil for nothing.
func (r *memoSite) find(hash uint64, key []byte) (m *memoValue) {
	r.asked++
	if r.common != nil {
		m = r.common.find(hash, key)
	}
	if m == nil && r.own != nil {
		m = r.own.find(hash, key)
	}
	if m != nil {
		r.found++
	}
	return m
}

func (r *memoSite) keep(e *memoEntry) {
	if r.asked >= trialOfMemo && r.found < r.asked/payOfMemo {
		*r = memoSite{vain: true}
		return
	}
	to := &r.common
	if !e.shared() {
		to = &r.own
	}
	if *to == nil {
		*to = &memoTable{}
	}
	(*to).add(e)
}
