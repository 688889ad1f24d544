package rows

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// What costs much and depends on few slots, such as a call of the plain
// evaluator, or a definition that reads some of the variables, is remembered by
// the content of these slots, across states.

// A keyer appends what a value depends on to a key.
type keyer func(*Frame, []byte) []byte

// memoized is k, run once for each content of the slots that its value hangs
// on: those of the variables that u names, and of the holes.
func (c *Compiler) memoized(k *code, u usage, holes []*hole) *code {
	at, keyOf := c.memoOf(k), c.keyer(u, holes)
	site := c.memoSites
	c.memoSites++
	get := func(fr *Frame) *memoValue {
		r := &fr.memoSites[site]
		if r.vain {
			return at(fr)
		}
		key := fr.key[:0]
		fr.key = nil // a hole may need a key of its own
		key = keyOf(fr, key)
		fr.key = key
		hash := maphash.Bytes(memoSeed, key)
		m := r.find(hash, key)
		if m == nil {
			kept := slices.Clone(key)
			m = at(fr)
			fr.memoSites[site].keep(&memoEntry{hash, kept, m})
		}
		return m
	}
	return c.fromMemo(k.shape, c.auditedBy(get, at, "an expression"), k.dep)
}

// perArguments is k, the code of e, run once for each content of the names that
// it depends on, where these and nothing else are its business, its value has no
// slots, and theirs have.
func (c *Compiler) perArguments(k *code, e ir.Expr, sc env) *code {
	if k.shape != nil || k.entry != nil || k.lit != nil || c.init {
		return k
	}
	saved := c.dep
	_, holes, uses, ok := c.closed(e, sc)
	c.dep = saved
	if !ok || len(holes) == 0 || len(uses.vars) > 0 || uses.dep.impure {
		return k
	}
	for _, h := range holes {
		if h.code.shape == nil && h.code.constant == nil {
			return k
		}
	}
	kept := c.memoized(k, uses, holes)
	kept.dep = k.dep
	return kept
}

// memoOf runs k for something to remember.
func (c *Compiler) memoOf(k *code) func(*Frame) *memoValue {
	if s := k.shape; s != nil && !s.scalar() {
		row := k.row
		return func(fr *Frame) *memoValue { return &memoValue{row: slices.Clone(row(fr))} }
	}
	if k.shape != nil {
		n := slotOf(k)
		return func(fr *Frame) *memoValue { return &memoValue{id: n(fr)} }
	}
	if k.entry != nil {
		return k.entry
	}
	v := k.v
	return func(fr *Frame) *memoValue { return &memoValue{val: v(fr)} }
}

// keyer compiles the key of a remembered value.
func (c *Compiler) keyer(u usage, holes []*hole) keyer {
	l, init := c.Layout, c.init
	return func(fr *Frame, key []byte) []byte {
		for _, id := range u.vars {
			from, to := l.offs[id], l.offs[id]+l.shapes[id].size
			if !init {
				key = appendSlots(key, fr.Cur[from:to])
			}
			if u.dep.prime {
				key = append(key, byte(boolSlot(fr.set[id])))
				if fr.set[id] {
					key = appendSlots(key, fr.Next[from:to])
				}
			}
		}
		for _, h := range holes {
			key = h.slot(fr, key)
		}
		return key
	}
}

// fromMemo is code of shape s for a value that get finds or makes. In a shape
// of one slot, the slot stands where the id of other values does.
func (c *Compiler) fromMemo(s *shape, get func(*Frame) *memoValue, d dep) *code {
	k := &code{shape: s, dep: d}
	switch {
	case s == nil:
		in := c.intern
		k.entry = get
		k.v = func(fr *Frame) value.Value { return get(fr).val }
		k.idOf = func(fr *Frame) id { return get(fr).idIn(in) }
	case !s.scalar():
		k.row = func(fr *Frame) []int64 { return get(fr).row }
	case s.kind == kindBool:
		k.b = func(fr *Frame) bool { return get(fr).id != 0 }
	default:
		k.n = func(fr *Frame) int64 { return get(fr).id }
	}
	return k
}

func appendSlots(key []byte, row []int64) []byte {
	for _, x := range row {
		key = binary.AppendVarint(key, x)
	}
	return key
}

// keyOf appends what tells the values of k apart to a key.
func (c *Compiler) keyOf(k *code) keyer {
	switch {
	case k.constant != nil:
		return func(_ *Frame, key []byte) []byte { return key }
	case k.shape == nil:
		n := c.asID(k)
		return func(fr *Frame, key []byte) []byte { return binary.AppendVarint(key, n(fr)) }
	case k.shape.scalar():
		n := slotOf(k)
		return func(fr *Frame, key []byte) []byte { return binary.AppendVarint(key, n(fr)) }
	}
	row := k.row
	return func(fr *Frame, key []byte) []byte { return appendSlots(key, row(fr)) }
}
