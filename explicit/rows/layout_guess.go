package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/value"
)

// Limits of a layout; what goes beyond them is boxed.
const (
	maxSetWords = 16  // of one set
	maxSeqSlots = 128 // of one sequence
	maxFunKeys  = 256 // of one function
)

// A guess says which values were seen in one place of a state, so that a shape
// can be made for them. It only ever grows: a value that fits no shape is
// observed, too, and the search starts over with a wider one.
type guess struct {
	seen   kind // what all values have in common; Boxed when nothing
	count  int
	lo, hi int64 // Int
	// Fun: the keys, and the guess of each; Seq: a guess for all elements.
	keys []value.Value
	each []*guess
	all  *guess
	max  int // Seq, Map: longest
	// Set: the elements, Map: the keys, by canonical text order.
	elems *pool
	wide  int // how often the guess had to grow since the search started
}

// A pool is a set of values under collection.
type pool struct {
	ids  map[id]bool
	vals []value.Value
}

// observe widens g so that v fits.
func (g *guess) observe(in *intern.Table, v value.Value) {
	g.count++
	if g.seen == kindBoxed {
		return
	}
	k := shapeKind(v)
	if g.seen == 0 {
		g.start(k, v)
	}
	if g.seen != k && !g.becomeSeq(k, v) && !g.becomeMap(in, v) {
		g.seen = kindBoxed
		return
	}
	switch g.seen {
	case kindInt:
		n := int64(v.(value.Int))
		g.lo, g.hi = min(g.lo, n), max(g.hi, n)
	case kindSet:
		g.observeSet(in, v)
	case kindFun, kindSeq:
		g.observeFun(in, v)
	case kindMap:
		g.observeMap(in, v)
	}
}

func (g *guess) start(k kind, v value.Value) {
	g.seen = k
	switch k {
	case kindInt:
		g.lo, g.hi = int64(v.(value.Int)), int64(v.(value.Int))
	case kindSet:
		g.elems = &pool{ids: map[id]bool{}}
	case kindFun:
		g.all = &guess{}
		g.keys, _, _ = value.Entries(v)
		for range g.keys {
			g.each = append(g.each, &guess{})
		}
	case kindSeq:
		g.all = &guess{}
	}
}

// becomeSeq turns a guess of tuples of one length into one of sequences when
// an empty tuple comes along, and accepts any tuple for a sequence.
func (g *guess) becomeSeq(k kind, v value.Value) bool {
	_, tuple := v.(*value.Tuple)
	if !tuple {
		return false
	}
	if g.seen == kindSeq {
		return true
	}
	return g.seen == kindFun && k == kindSeq && g.toSeq()
}

// toSeq turns g, of functions on 1..n, into a guess of sequences.
func (g *guess) toSeq() bool {
	if _, ok := value.NewSet(slices.Clone(g.keys)).(value.Range); !ok && len(g.keys) != 1 {
		return false
	}
	if value.Compare(g.keys[0], value.Int(1)) != 0 {
		return false
	}
	g.seen, g.max = kindSeq, len(g.keys)
	return true
}

// becomeMap turns a guess of functions into one of functions of varying domain
// when v has another domain, and accepts any function for such a guess.
func (g *guess) becomeMap(in *intern.Table, v value.Value) bool {
	if !value.IsFunction(v) || g.seen != kindMap && g.seen != kindSeq && g.seen != kindFun {
		return false
	}
	if g.seen != kindMap {
		g.toMap(in)
	}
	return true
}

// toMap turns g, of functions or sequences, into a guess of functions of varying
// domain.
func (g *guess) toMap(in *intern.Table) {
	keys := g.keys
	if g.seen == kindSeq {
		keys = nil
		for i := range g.max {
			keys = append(keys, value.Int(i+1))
		}
	}
	g.seen, g.max, g.elems = kindMap, len(keys), &pool{ids: map[id]bool{}}
	for _, k := range keys {
		g.elems.add(in, k)
	}
	g.keys, g.each = nil, nil
}

func (g *guess) observeMap(in *intern.Table, v value.Value) {
	keys, vals, _ := value.Entries(v)
	g.max = max(g.max, len(keys))
	for i, k := range keys {
		g.elems.add(in, k)
		g.all.observe(in, vals[i])
	}
	if g.max > maxEntries || len(g.elems.vals) > 64*maxMapWords {
		g.seen = kindBoxed
	}
}

func (g *guess) observeSet(in *intern.Table, v value.Value) {
	elems, err := value.Elements(v)
	if err != nil || len(elems) > 64*maxSetWords {
		g.seen = kindBoxed
		return
	}
	for _, e := range elems {
		g.elems.add(in, e)
	}
	if len(g.elems.vals) > 64*maxSetWords {
		g.seen = kindBoxed
	}
}

func (p *pool) add(in *intern.Table, v value.Value) {
	if i := in.Of(v); !p.ids[i] {
		p.ids[i] = true
		p.vals = append(p.vals, v)
	}
}

func (g *guess) observeFun(in *intern.Table, v value.Value) {
	keys, vals, _ := value.Entries(v)
	if g.seen == kindFun && slices.CompareFunc(keys, g.keys, value.Compare) != 0 {
		if _, tuple := v.(*value.Tuple); !tuple || !g.toSeq() {
			g.toMap(in)
			g.observeMap(in, v)
			return
		}
	}
	if g.seen == kindSeq {
		g.max = max(g.max, len(keys))
	}
	for i, x := range vals {
		g.all.observe(in, x)
		if g.seen == kindFun {
			g.each[i].observe(in, x)
		}
	}
}

// shapeKind is the kind of shape that v alone would get.
func shapeKind(v value.Value) kind {
	switch v := v.(type) {
	case *value.Tuple:
		if len(v.Elems) == 0 {
			return kindSeq
		}
		if len(v.Elems) > maxFunKeys {
			return kindBoxed
		}
		return kindFun
	case *value.Record:
		return kindFun
	case *value.Func:
		if len(v.Vals) > maxFunKeys {
			return kindBoxed
		}
		return kindFun
	case *value.Set, value.Range:
		return kindSet
	}
	return kindOf(v)
}

// A shaper makes shapes from guesses. Sets of integers share a dict, and so do
// sets of atoms, so that the sets of different variables combine bit by bit.
type shaper struct {
	intern *intern.Table
	ints   *pool
	atoms  *pool
	intD   *dict
	atomD  *dict
	known  [][]value.Value // sets that constants hold: a universe each
	wide   int             // how often the search started over
}

func newShaper(in *intern.Table, known [][]value.Value, wide int) *shaper {
	return &shaper{intern: in, ints: &pool{ids: map[id]bool{}}, atoms: &pool{ids: map[id]bool{}}, known: known, wide: wide}
}

// collect gathers the elements for the shared dicts; it runs over all guesses
// before the first shape is made.
func (s *shaper) collect(g *guess) {
	switch g.seen {
	case kindSet:
		switch p := s.poolFor(g.elems.vals); {
		case p != nil:
			for _, v := range g.elems.vals {
				p.add(s.intern, v)
			}
		}
	case kindMap:
		if p := s.poolFor(g.elems.vals); p != nil {
			for _, v := range g.elems.vals {
				p.add(s.intern, v)
			}
		}
		s.collect(g.all)
	case kindFun, kindSeq:
		s.collect(g.all)
		for _, e := range g.each {
			s.collect(e)
		}
	}
}

func (s *shaper) poolFor(vals []value.Value) *pool {
	switch kindOfAll(vals) {
	case kindInt:
		return s.ints
	case kindAtom:
		return s.atoms
	}
	return nil
}

// share makes the shared dicts once all guesses are collected. Universes that
// constants name and that have an element in a dict are in it as a whole.
func (s *shaper) share() {
	for _, u := range s.known {
		if p := s.poolFor(u); p != nil && len(u) <= 64 && (len(p.vals) == 0 || p.meets(s.intern, u)) {
			for _, v := range u {
				p.add(s.intern, v)
			}
		}
	}
	s.intD = s.dictOf(dictInts, s.ints.vals)
	s.atomD = s.dictOf(dictAtoms, s.atoms.vals)
}

func (p *pool) meets(in *intern.Table, vals []value.Value) bool {
	return slices.ContainsFunc(vals, func(v value.Value) bool { return p.ids[in.Of(v)] })
}

func (s *shaper) dictOf(k dictKind, elems []value.Value) *dict {
	n := len(elems)
	if k == dictAny {
		n += n / 4
	}
	if s.wide > 0 {
		n += 8 * s.wide
	}
	return newDict(s.intern, k, n/64+1, elems)
}

// shape makes a shape that fits all values that g observed, and some more.
func (s *shaper) shape(g *guess) *shape {
	switch g.seen {
	case kindBool:
		return boolShape
	case kindInt:
		return intShape
	case kindAtom:
		return atomShape
	case kindSet:
		return s.setShape(g)
	case kindFun:
		return s.funShape(g)
	case kindSeq:
		return s.seqShape(g)
	case kindMap:
		return s.mapShape(g)
	}
	return boxedShape
}

func (s *shaper) setShape(g *guess) *shape {
	switch kindOfAll(g.elems.vals) {
	case kindInt:
		return s.checkSet(s.intD)
	case kindAtom:
		return s.checkSet(s.atomD)
	case 0: // always empty so far
		return setShape(newDict(s.intern, dictAny, 1, nil))
	}
	return s.checkSet(s.dictOf(dictAny, g.elems.vals))
}

func (s *shaper) checkSet(d *dict) *shape {
	if d.words > maxSetWords {
		return boxedShape
	}
	return setShape(d)
}

// funShape lays a function out with one shape for all values when they have
// one, so that it can be indexed; records get a shape for each field.
func (s *shaper) funShape(g *guess) *shape {
	_, record := g.keys[0].(value.Str)
	elems := make([]*shape, len(g.keys))
	if (g.all.seen != kindBoxed || g.mixed()) && !record {
		one := s.shape(g.all)
		for i := range elems {
			elems[i] = one
		}
	} else {
		for i := range elems {
			elems[i] = s.shape(g.each[i])
		}
	}
	return funShape(s.intern, g.keys, elems)
}

// mixed tells whether some key of a function has values of several kinds, or
// only scalars of different kinds: then all are boxed, to be indexed alike.
func (g *guess) mixed() bool {
	scalars := true
	for _, e := range g.each {
		switch e.seen {
		case kindBoxed:
			return true
		case kindSet, kindFun, kindSeq, kindMap:
			scalars = false
		}
	}
	return scalars
}

func (s *shaper) seqShape(g *guess) *shape {
	elem := boxedShape
	if g.all.count > 0 {
		elem = s.shape(g.all)
	}
	longest := max(3, g.max+1+g.max/2+2*s.wide)
	if 1+longest*elem.size > maxSeqSlots {
		return boxedShape
	}
	return seqShape(elem, longest)
}

// mapShape makes a Map, but for what looks like records of several forms, which
// are better kept whole.
func (s *shaper) mapShape(g *guess) *shape {
	keys := g.elems.vals
	var d *dict
	switch kindOfAll(keys) {
	case kindInt:
		d = s.intD
	case kindAtom:
		if g.all.seen == kindBoxed {
			return boxedShape
		}
		d = s.atomD
	default:
		d = newDict(s.intern, dictAny, min(maxMapWords, 4*(len(keys)/64+1)<<s.wide), keys)
	}
	elem := boxedShape
	switch g.all.seen {
	case kindBool, kindInt, kindAtom:
		elem = s.shape(g.all)
	}
	return mapShape(d, elem, min(maxEntries, 2*g.max+2+4*s.wide))
}

// kindOfAll is the scalar kind that all vals have, 0 for no vals, else Boxed.
func kindOfAll(vals []value.Value) kind {
	var k kind
	for _, v := range vals {
		switch n := kindOf(v); {
		case k == 0:
			k = n
		case k != n:
			return kindBoxed
		}
	}
	return k
}

func mapShape(d *dict, elem *shape, max int) *shape {
	return &shape{kind: kindMap, size: 1 + 2*max, dict: d, elems: []*shape{elem}, max: max}
}

// maxEntries bounds the entries of a Map.
const maxEntries = (maxSeqSlots - 1) / 2

// maxMapWords bounds the dict of a Map's keys, in words of bits.
const maxMapWords = 64
