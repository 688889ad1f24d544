package rows

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/value"
)

// An id names a value in the table that a layout shares; see intern.ID.
type id = intern.ID

// dictKind says what a dict's elements are, which decides the shape of a name
// that ranges over them.
type dictKind uint8

const (
	dictAny   dictKind = iota // bound names are bit numbers (shape Elem)
	dictInts                  // all elements are integers
	dictAtoms                 // all elements are strings or model values
)

// A dict gives the elements of some sets bit numbers. Elements known before
// the search come first, in the order of values; others get the next free bit
// when they are first seen. Reading is without locks.
type dict struct {
	kind   dictKind
	words  int // capacity: 64*words elements
	intern *intern.Table
	mu     sync.Mutex
	now    atomic.Pointer[dictView]
	frozen int           // elements that have their bit in every run
	names  []value.Value // of the columns: field names, or tuple indexes
	kinds  []kind        // what they hold: Bool, Int, Atom, or Boxed ids
}

// A dictView is the content of a dict at one time; it never changes.
type dictView struct {
	vals   []value.Value
	ids    []id
	hashes []uint64
	base   int64   // of ints
	ints   []int32 // bit of integer base+i, or -1
	nums   []int64 // integer of each bit, for dictInts
	byID   map[id]int32
	near   []int32   // bit of the small ids, or -1
	cols   [][]int64 // a column per name of the dict
	mixed  bool      // comparing two of vals makes no sense, as of 1 and "a"
}

// missing stands in a column for an element that has no such field, or
// another kind of value there.
const missing = int64(-1 << 63)

// nearIDs bounds the ids that a dict finds by index rather than by map.
const nearIDs = 1 << 12

func newDict(in *intern.Table, kind dictKind, words int, elems []value.Value) *dict {
	d := &dict{kind: kind, words: words, intern: in}
	sorted := slices.Clone(elems)
	slices.SortFunc(sorted, value.Compare)
	d.findColumns(sorted)
	w := d.view(sorted)
	for i := 1; i < len(sorted) && !w.mixed; i++ {
		w.mixed = !comparable(sorted[i-1], sorted[i]) // the first such pair in their order is of neighbours
	}
	d.now.Store(w)
	d.frozen = len(sorted)
	return d
}

func comparable(a, b value.Value) bool {
	_, err := value.Equal(a, b)
	return err == nil
}

// view indexes elems, which have bits in their order.
func (d *dict) view(elems []value.Value) *dictView {
	w := &dictView{vals: elems, byID: map[id]int32{}}
	w.indexInts()
	for b, v := range elems {
		i := d.intern.Of(v)
		w.ids = append(w.ids, i)
		w.hashes = append(w.hashes, d.intern.Hash(i))
		w.byID[i] = int32(b)
		if i < nearIDs {
			for int64(len(w.near)) <= i {
				w.near = append(w.near, -1)
			}
			w.near[i] = int32(b)
		}
	}
	for n := range d.names {
		w.cols = append(w.cols, d.column(n, elems))
	}
	return w
}

func (w *dictView) indexInts() {
	first := true
	var lo, hi int64
	for _, v := range w.vals {
		n, ok := v.(value.Int)
		if !ok {
			w.nums = append(w.nums, missing)
			continue
		}
		w.nums = append(w.nums, int64(n))
		if first || int64(n) < lo {
			lo = int64(n)
		}
		if first || int64(n) > hi {
			hi = int64(n)
		}
		first = false
	}
	if first || uint64(hi-lo) > 1<<16 {
		return
	}
	w.base, w.ints = lo, make([]int32, hi-lo+1)
	for i := range w.ints {
		w.ints[i] = -1
	}
	for b, v := range w.vals {
		if n, ok := v.(value.Int); ok {
			w.ints[int64(n)-lo] = int32(b)
		}
	}
}

// bitOfInt returns the bit of integer n, or -1.
func (d *dict) bitOfInt(n int64) int {
	w := d.now.Load()
	if i := n - w.base; i >= 0 && i < int64(len(w.ints)) {
		return int(w.ints[i])
	}
	if w.ints == nil && len(w.vals) > 0 {
		return d.bitOfID(d.intern.Of(value.Int(n)))
	}
	return -1
}

// bitOfID returns the bit of the value that i names, or -1.
func (d *dict) bitOfID(i id) int {
	w := d.now.Load()
	if i < int64(len(w.near)) {
		return int(w.near[i])
	}
	if b, ok := w.byID[i]; ok {
		return int(b)
	}
	return -1
}

// bit returns the bit of v, or -1.
func (d *dict) bit(v value.Value) int {
	if n, ok := v.(value.Int); ok {
		return d.bitOfInt(int64(n))
	}
	return d.bitOfID(d.intern.Of(v))
}

// add returns the bit of v, which it may hand out. It bails out when d is full
// or takes no such elements.
func (d *dict) add(v value.Value) int {
	if b := d.bit(v); b >= 0 {
		return b
	}
	if !d.takes(v) {
		bail()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if b := d.bit(v); b >= 0 {
		return b
	}
	w := d.now.Load()
	if len(w.vals) >= 64*d.words {
		bail()
	}
	more := d.view(append(slices.Clone(w.vals), v))
	more.mixed = w.mixed || slices.ContainsFunc(w.vals, func(x value.Value) bool { return !comparable(x, v) })
	d.now.Store(more)
	return len(w.vals)
}

func (d *dict) takes(v value.Value) bool {
	switch d.kind {
	case dictInts:
		_, ok := v.(value.Int)
		return ok
	case dictAtoms:
		return value.IsAtom(v)
	}
	return isFinite(v)
}

// fieldOf returns the field of a record, or component of a tuple, that the
// column called name holds.
func fieldOf(v value.Value, name value.Value) (value.Value, bool) {
	switch v.(type) {
	case *value.Record, *value.Tuple:
		x, err := value.Apply(v, name)
		return x, err == nil
	}
	return nil, false
}

// columnFor returns the number of the column for a field, -1 when the elements
// known at first do not have it.
func (d *dict) columnFor(name value.Value) int {
	for i, n := range d.names {
		if n.Kind() == name.Kind() && value.Compare(n, name) == 0 {
			return i
		}
	}
	return -1
}

// findColumns decides, from the first elements, which columns there are and
// what they hold.
func (d *dict) findColumns(elems []value.Value) {
	for _, v := range elems {
		if v.Kind() != value.KindRecord && v.Kind() != value.KindTuple {
			continue
		}
		keys, vals, _ := value.Entries(v)
		for i, key := range keys {
			k := kindOf(vals[i])
			switch n := d.columnFor(key); {
			case n < 0 && len(d.names) < maxColumns:
				d.names, d.kinds = append(d.names, key), append(d.kinds, k)
			case n >= 0 && d.kinds[n] != k:
				d.kinds[n] = kindBoxed
			}
		}
	}
}

// maxColumns bounds the fields of a dict's elements that have columns.
const maxColumns = 32

// column lists a field of all elems.
func (d *dict) column(n int, elems []value.Value) []int64 {
	data := make([]int64, len(elems))
	for b, v := range elems {
		data[b] = missing
		if x, ok := fieldOf(v, d.names[n]); ok {
			data[b] = d.fieldSlot(x, d.kinds[n])
		}
	}
	return data
}

// fieldSlot is the slot for x in a column of kind k.
func (d *dict) fieldSlot(x value.Value, k kind) int64 {
	if k != kindBoxed && kindOf(x) != k {
		return missing
	}
	switch x := x.(type) {
	case value.Bool:
		if k == kindBool {
			return boolSlot(bool(x))
		}
	case value.Int:
		if k == kindInt {
			return int64(x)
		}
	}
	return d.intern.Of(x)
}
