package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/value"
)

// A kind is a way to lay a value out in slots.
type kind uint8

const (
	kindBool  kind = iota + 1 // one slot, 0 or 1
	kindInt                   // one slot, the integer
	kindAtom                  // one slot, the id of a string or model value
	kindElem                  // one slot, a bit number of the dict
	kindSet                   // dict.words slots, a bit per element of the dict
	kindFun                   // the values of a function on fixed keys, one after the other
	kindSeq                   // a length, then room for max elements, unused ones zero
	kindMap                   // a function of varying domain, see mapping.go
	kindBoxed                 // one slot, the id of any value
)

// A shape is a layout of values in size slots. A shape's encoding is
// canonical: two values that it fits are equal exactly when their slots are.
type shape struct {
	kind  kind
	size  int
	dict  *dict         // Elem, Set; Map: of the keys
	keys  []value.Value // Fun, in value order
	elems []*shape      // Fun: of each key; Seq, Map: of every element
	offs  []int         // Fun: slot of each key
	same  bool          // Fun: all elems are one shape
	index *dict         // Fun: bit i is keys[i]
	max   int           // Seq, Map: elements
}

var (
	boolShape  = &shape{kind: kindBool, size: 1}
	intShape   = &shape{kind: kindInt, size: 1}
	atomShape  = &shape{kind: kindAtom, size: 1}
	boxedShape = &shape{kind: kindBoxed, size: 1}
)

func setShape(d *dict) *shape  { return &shape{kind: kindSet, size: d.words, dict: d} }
func elemShape(d *dict) *shape { return &shape{kind: kindElem, size: 1, dict: d} }

// funShape is the shape of functions on keys; elems are of the keys in order.
func funShape(in *intern.Table, keys []value.Value, elems []*shape) *shape {
	s := &shape{kind: kindFun, keys: keys, elems: elems, same: true}
	for _, e := range elems {
		s.offs = append(s.offs, s.size)
		s.size += e.size
		s.same = s.same && equalShapes(e, elems[0])
	}
	s.index = newDict(in, dictAny, len(keys)/64+1, keys)
	return s
}

func seqShape(elem *shape, max int) *shape {
	return &shape{kind: kindSeq, size: 1 + max*elem.size, elems: []*shape{elem}, max: max}
}

// scalar tells whether s takes one slot that a number closure computes.
func (s *shape) scalar() bool {
	return s.size == 1 && s.kind != kindFun && s.kind != kindSeq && s.kind != kindMap
}

// named tells whether a slot of s is an id.
func (s *shape) named() bool { return s.kind == kindAtom || s.kind == kindBoxed }

// looseness says where comparing two values of a shape may make no sense: where a
// slot is for any value, or once a dict has elements that do not compare.
type looseness struct {
	boxed bool
	dicts []*dict
}

func (s *shape) looseness() looseness {
	l := looseness{boxed: s.kind == kindBoxed}
	if s.dict != nil && s.dict.kind == dictAny {
		l.dicts = append(l.dicts, s.dict)
	}
	for i, e := range s.elems {
		if s.same && i > 0 {
			break
		}
		of := e.looseness()
		l.boxed, l.dicts = l.boxed || of.boxed, append(l.dicts, of.dicts...)
	}
	return l
}

// compares tells whether any two values compare now.
func (l *looseness) compares() bool {
	if l.boxed {
		return false
	}
	for _, d := range l.dicts {
		if d.now.Load().mixed {
			return false
		}
	}
	return true
}

// indexed tells whether the values of s are functions in slots.
func (s *shape) indexed() bool { return s.kind == kindFun || s.kind == kindSeq || s.kind == kindMap }

// equalShapes tells whether the slots of a and b mean the same.
func equalShapes(a, b *shape) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.kind != b.kind || a.size != b.size || a.dict != b.dict || a.max != b.max || len(a.keys) != len(b.keys) || len(a.elems) != len(b.elems) {
		return false
	}
	for i, k := range a.keys {
		if value.Compare(k, b.keys[i]) != 0 {
			return false
		}
	}
	for i, e := range a.elems {
		if !equalShapes(e, b.elems[i]) {
			return false
		}
	}
	return true
}

// A coder turns values into slots and back.
type coder struct{ intern *intern.Table }

// encode writes v into dst. It bails out when s does not fit v.
func (c coder) encode(s *shape, v value.Value, dst []int64) {
	switch s.kind {
	case kindBool:
		if x, ok := v.(value.Bool); ok {
			dst[0] = boolSlot(bool(x))
			return
		}
	case kindInt:
		if x, ok := v.(value.Int); ok {
			dst[0] = int64(x)
			return
		}
	case kindAtom:
		if value.IsAtom(v) {
			dst[0] = c.intern.Of(v)
			return
		}
	case kindElem:
		dst[0] = int64(s.dict.add(v))
		return
	case kindBoxed:
		n, err := value.Normalize(v)
		if err != nil {
			bail()
		}
		dst[0] = c.intern.Of(n)
		return
	case kindSet:
		c.encodeSet(s, v, dst)
		return
	case kindFun:
		c.encodeFun(s, v, dst)
		return
	case kindMap:
		c.encodeMap(s, v, dst)
		return
	case kindSeq:
		if t, ok := v.(*value.Tuple); ok && len(t.Elems) <= s.max {
			c.encodeSeq(s, t, dst)
			return
		}
	}
	bail()
}

func (c coder) encodeSet(s *shape, v value.Value, dst []int64) {
	clear(dst[:s.size])
	switch v := v.(type) {
	case *value.Set:
		for _, e := range v.Elems {
			setBit(dst, s.dict.add(e))
		}
	case value.Range:
		if uint64(v.Hi-v.Lo) > uint64(64*s.size) {
			bail()
		}
		for n := v.Lo; n <= v.Hi; n++ {
			setBit(dst, s.dict.add(value.Int(n)))
		}
	default:
		bail()
	}
}

func (c coder) encodeFun(s *shape, v value.Value, dst []int64) {
	keys, vals, ok := value.Entries(v)
	if !ok || len(keys) != len(s.keys) {
		bail()
	}
	for i, k := range keys {
		if value.Compare(k, s.keys[i]) != 0 {
			bail()
		}
		c.encode(s.elems[i], vals[i], dst[s.offs[i]:])
	}
}

func (c coder) encodeSeq(s *shape, t *value.Tuple, dst []int64) {
	dst[0] = int64(len(t.Elems))
	n := s.elems[0].size
	for i, e := range t.Elems {
		c.encode(s.elems[0], e, dst[1+i*n:])
	}
	clear(dst[1+len(t.Elems)*n : s.size])
}

// decode is the inverse of encode.
func (c coder) decode(s *shape, src []int64) value.Value {
	switch s.kind {
	case kindBool:
		return value.Bool(src[0] != 0)
	case kindInt:
		return value.Int(src[0])
	case kindAtom, kindBoxed:
		return c.intern.Value(src[0])
	case kindElem:
		return s.dict.now.Load().vals[src[0]]
	case kindSet:
		vals := s.dict.now.Load().vals
		var elems []value.Value
		for w, x := range src[:s.size] {
			for m := uint64(x); m != 0; m &= m - 1 {
				elems = append(elems, vals[w*64+bits.TrailingZeros64(m)])
			}
		}
		return value.NewSet(elems)
	case kindFun:
		vals := make([]value.Value, len(s.keys))
		for i := range s.keys {
			vals[i] = c.decode(s.elems[i], src[s.offs[i]:])
		}
		return value.NewFunc(value.NewSetSorted(s.keys), vals)
	case kindMap:
		return c.decodeMap(s, src)
	case kindSeq:
		vals := make([]value.Value, src[0])
		n := s.elems[0].size
		for i := range vals {
			vals[i] = c.decode(s.elems[0], src[1+i*n:])
		}
		return value.NewTuple(vals)
	}
	panic("explicit: decode of an unknown shape")
}

func setBit(dst []int64, b int) { dst[b>>6] |= 1 << (b & 63) }

func boolSlot(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// isFinite tells whether v is spelled out.
func isFinite(v value.Value) bool { return v.Kind() != value.KindLazy }

// kindOf is the kind of a scalar value, and Boxed for all others.
func kindOf(v value.Value) kind {
	switch v.Kind() {
	case value.KindBool:
		return kindBool
	case value.KindInt:
		if _, ok := v.(value.Int); ok {
			return kindInt
		}
	case value.KindString, value.KindModel:
		return kindAtom
	}
	return kindBoxed
}

// A bailout stops compiled code that cannot go on: a value does not fit its
// layout, or an evaluation error that the evaluator shall describe.
type bailout struct{}

func bail() { panic(bailout{}) }

// forced is v spelled out.
func forced(m *value.Meter, v value.Value) value.Value {
	n, err := m.Normalize(v)
	if err != nil {
		bail()
	}
	return n
}

func (c coder) decodeMap(s *shape, src []int64) value.Value {
	known := s.dict.now.Load().vals
	keys, vals := make([]value.Value, src[0]), make([]value.Value, src[0])
	for i := range keys {
		keys[i], vals[i] = known[src[1+2*i]], c.decode(s.elems[0], src[2+2*i:])
	}
	return value.FuncOf(keys, vals)
}

func (c coder) encodeMap(s *shape, v value.Value, dst []int64) {
	keys, vals, ok := value.Entries(v)
	if !ok || len(keys) > s.max {
		bail()
	}
	clear(dst[:s.size])
	var slot [1]int64
	for i, k := range keys {
		c.encode(s.elems[0], vals[i], slot[:])
		putEntry(dst[:s.size], int64(s.dict.add(k)), slot[0])
	}
}

// putEntry gives a key a value. It bails out when there is no room.
func putEntry(row []int64, key, val int64) {
	i, end := 1, 1+2*int(row[0])
	for i < end && row[i] < key {
		i += 2
	}
	if i < end && row[i] == key {
		row[i+1] = val
		return
	}
	if end == len(row) {
		bail()
	}
	copy(row[i+2:end+2], row[i:end])
	row[i], row[i+1] = key, val
	row[0]++
}

// sameEntries tells whether Maps of shapes a and b differ in capacity alone.
func sameEntries(a, b *shape) bool {
	return a != nil && a.kind == kindMap && b.kind == kindMap && a.dict == b.dict && equalShapes(a.elems[0], b.elems[0])
}
