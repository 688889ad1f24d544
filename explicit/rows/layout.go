package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Layout says how a state is a row of slots, for work, and a few packed
// words, for keeping. A layout may be too narrow for a state, never wrong: who
// writes a value that does not fit bails out.
type Layout struct {
	coder
	Hashing
	vars     []*ir.Variable
	shapes   []*shape
	offs     []int // slot of each variable
	Slots    int
	fields   []field    // of every slot, in order
	Words    int        // of a packed state
	ends     []int      // of each word: the slots that it and those before it hold
	unfrozen []unfrozen // slots whose content may depend on the order of discovery
	all      *projection
}

// A field is the place of one slot in a packed state.
type field struct {
	bias   int64
	beyond uint64 // bits that a slot less its bias must not have
	word   int32
	width  uint8
	shift  uint8
}

// An unfrozen slot holds an id (dict nil) or a word of set bits, or is the count of
// the entries of a Map.
type unfrozen struct {
	slot    int
	dict    *dict
	word    int    // of the set
	frozen  uint64 // bits of the word that are the same in every run
	entries *shape // of the Map
}

// newLayout lays out the variables by what the guesses saw.
func newLayout(in *intern.Table, vars []*ir.Variable, guesses []*guess, known [][]value.Value, wide int) *Layout {
	l := &Layout{coder: coder{in}, vars: vars}
	sh := newShaper(in, known, wide)
	for _, g := range guesses {
		sh.collect(g)
	}
	sh.share()
	for _, g := range guesses {
		s := sh.shape(g)
		l.shapes = append(l.shapes, s)
		l.offs = append(l.offs, l.Slots)
		l.place(s, g)
		l.Slots += s.size
	}
	return l.pack()
}

// place appends the fields of a value of shape s, with widths for what g saw.
func (l *Layout) place(s *shape, g *guess) {
	slot := len(l.fields)
	switch s.kind {
	case kindBool:
		l.fields = append(l.fields, field{width: 1})
	case kindInt:
		l.fields = append(l.fields, intField(g))
	case kindAtom, kindBoxed:
		l.unfrozen = append(l.unfrozen, unfrozen{slot: slot})
		w := uint8(32)
		if s.kind == kindAtom {
			w = uint8(bits.Len64(uint64(l.intern.Last.Load()))) + 1 + uint8(min(g.wide*4, 16))
		}
		l.fields = append(l.fields, field{width: w})
	case kindSet:
		for i := range s.size {
			l.unfrozen = append(l.unfrozen, unfrozen{slot: slot + i, dict: s.dict, word: i, frozen: frozenMask(s.dict, i)})
			l.fields = append(l.fields, field{width: setWidth(s.dict, i)})
		}
	case kindFun:
		for i, e := range s.elems {
			if s.same && (g.all.seen != kindBoxed || e.kind == kindBoxed) {
				l.place(e, g.all)
			} else {
				l.place(e, g.each[i])
			}
		}
	case kindMap:
		l.placeMap(s, g)
	case kindSeq:
		l.fields = append(l.fields, field{width: uint8(bits.Len(uint(s.max)))})
		for range s.max {
			l.place(s.elems[0], g.all)
		}
	}
}

// Integers have some bits in any case. Those that go below zero, often the
// difference of others, have more: a bit too few is a search in vain.
const (
	natBits = 4
	intBits = 6
)

// intField gives integers room for twice what was seen, and then some.
func intField(g *guess) field {
	lo, hi := g.lo, g.hi
	if g.wide > 3 || lo < -1<<40 || hi > 1<<40 {
		return field{width: 64}
	}
	room := (hi-lo+2)<<g.wide + 1
	hi += room
	if lo >= 0 {
		return field{width: max(natBits, uint8(bits.Len64(uint64(hi))))}
	}
	lo -= room
	width := max(intBits, uint8(bits.Len64(uint64(hi-lo))))
	return field{bias: lo - (int64(1)<<width-(hi-lo+1))/2, width: width} // as much below as above
}

func setWidth(d *dict, word int) uint8 {
	n := len(d.now.Load().vals)
	if d.kind == dictAny {
		n = 64 * d.words
	} else {
		n = min(n+n/2+1, 64*d.words)
	}
	return uint8(min(64, max(1, n-64*word)))
}

// pack gives each field its place; a field never straddles two words.
func (l *Layout) pack() *Layout {
	word, shift := 0, 0
	for i := range l.fields {
		f := &l.fields[i]
		if shift+int(f.width) > 64 {
			word, shift = word+1, 0
			l.ends = append(l.ends, i)
		}
		f.word, f.shift = int32(word), uint8(shift)
		f.beyond = ^widest(f.width)
		shift += int(f.width)
	}
	l.Words = word + 1
	l.ends = append(l.ends, len(l.fields))
	l.all = l.whole()
	return l
}

// encodeState writes the values of a state into a row.
func (l *Layout) encodeState(st eval.State, row []int64) {
	for i, s := range l.shapes {
		l.encode(s, st[i], row[l.offs[i]:])
	}
}

// Decode is the inverse of Encode.
func (l *Layout) Decode(row []int64) eval.State {
	st := make(eval.State, len(l.shapes))
	for i, s := range l.shapes {
		st[i] = l.decode(s, row[l.offs[i]:])
	}
	return st
}

// Part is the part of a row that holds variable v.
func (l *Layout) Part(row []int64, v int) []int64 {
	return row[l.offs[v] : l.offs[v]+l.shapes[v].size]
}

// widest is the largest number of some bits, at least one.
func widest(bits uint8) uint64 { return ^uint64(0) >> (64 - bits) }

// Pack packs a row into dst. It bails out when a number is too large.
func (l *Layout) Pack(row []int64, dst []uint64) {
	from, beyond := 0, uint64(0)
	for word, end := range l.ends {
		fields := l.fields[from:end]
		slots := row[from:end][:len(fields)]
		var acc uint64
		for i := range fields {
			f := &fields[i]
			x := uint64(slots[i] - f.bias)
			beyond |= x & f.beyond
			acc |= x << (f.shift & 63)
		}
		dst[word], from = acc, end
	}
	if beyond != 0 {
		bail()
	}
}

// Unpack is the inverse of Pack.
func (l *Layout) Unpack(src []uint64, row []int64) {
	from := 0
	for word, end := range l.ends {
		fields := l.fields[from:end]
		slots := row[from:end][:len(fields)]
		x := src[word]
		for i := range fields {
			f := &fields[i]
			slots[i] = int64(x>>(f.shift&63)&^f.beyond) + f.bias
		}
		from = end
	}
}

// Encode packs st by way of row; false when the layout cannot hold it.
func (l *Layout) Encode(st eval.State, row []int64, packed []uint64) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			ok = false
		}
	}()
	l.encodeState(st, row)
	l.Pack(row, packed)
	return true
}

// A projection is the part of a state that a fingerprint is of: the slots of some
// variables. Nearly every VIEW is a tuple of variables, and two states agree on
// that exactly when these slots are equal, so that no tuple need be built.
type projection struct {
	slots []bool   // that it shows
	mask  []uint64 // of the packed words

	// Slots whose content may depend on the order of discovery.
	ids        []int // that hold an id
	sets, maps []unfrozen
}

// projectionOf is the one of the variables with these IDs.
func (l *Layout) projectionOf(vars map[int]bool) *projection {
	f := &projection{mask: make([]uint64, l.Words), slots: make([]bool, l.Slots)}
	for v := range vars {
		for i := range l.shapes[v].size {
			f.slots[l.offs[v]+i] = true
		}
	}
	for i, fd := range l.fields {
		if f.slots[i] {
			f.mask[fd.word] |= widest(fd.width) << fd.shift
		}
	}
	f.note(l.unfrozen, func(slot int) bool { return f.slots[slot] })
	return f
}

// note notes those of the unfrozen slots that are shown.
func (f *projection) note(all []unfrozen, shown func(slot int) bool) {
	for _, s := range all {
		switch {
		case !shown(s.slot):
		case s.dict == nil:
			f.ids = append(f.ids, s.slot)
		case s.entries != nil:
			f.maps = append(f.maps, s)
		default:
			f.sets = append(f.sets, s)
		}
	}
}

// whole is the projection to all variables.
func (l *Layout) whole() *projection {
	all := map[int]bool{}
	for v := range l.shapes {
		all[v] = true
	}
	return l.projectionOf(all)
}

// placeMap appends the fields of a Map. What stands in it enters the fingerprint
// by content: the bits of keys are handed out in the order of discovery.
func (l *Layout) placeMap(s *shape, g *guess) {
	l.unfrozen = append(l.unfrozen, unfrozen{slot: len(l.fields), dict: s.dict, entries: s})
	val := field{width: 32}
	switch s.elems[0].kind {
	case kindBool:
		val.width = 1
	case kindInt:
		val = intField(g.all)
	}
	l.fields = append(l.fields, field{width: uint8(bits.Len(uint(s.max)))})
	for range s.max {
		l.fields = append(l.fields, field{width: uint8(bits.Len(uint(64*s.dict.words - 1)))}, val)
	}
}

// A Hashing says what fingerprints are made of; its zero value makes them of 64
// bits.
type Hashing struct {
	Wide bool   // of 128 bits
	Weak uint64 // bits that the first half lacks: tests make it weak
}

// Bits is how many bits tell states apart.
func (p Hashing) Bits() int {
	if p.Wide {
		return 128
	}
	return 64
}
