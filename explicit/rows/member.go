package rows

import (
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

func (c *Compiler) membership(e *ir.App, sc env) *code {
	k := c.compile(e.Args[0], sc, nil)
	in := c.memberOf(k, e.Args[1], sc)
	if e.Op == ir.NotIn {
		return boolCode(func(fr *Frame) bool { return !in(fr) })
	}
	return boolCode(in)
}

// memberOf tests k \in set by the form of the set, so that no set is built
// just to be asked.
func (c *Compiler) memberOf(k *code, set ir.Expr, sc env) Test {
	if a, ok := set.(*ir.App); ok {
		if f := c.memberOfApp(k, a, sc); f != nil {
			return f
		}
	}
	if f := c.memberOfFilter(k, set, sc, true); f != nil {
		return f
	}
	s := c.compile(set, sc, nil)
	if s.constant == nil {
		if f := c.memberOfFilter(k, set, sc, false); f != nil {
			return f
		}
	}
	switch {
	case s.constant != nil:
		return c.memberOfValue(k, s.constant)
	case s.shape != nil && s.shape.kind == kindSet:
		return c.memberOfBits(k, s)
	}
	v, x := c.val(s), c.val(k)
	return func(fr *Frame) bool { return contains(fr.meter, v(fr), x(fr)) }
}

func contains(m *value.Meter, set, v value.Value) bool {
	in, err := m.Contains(set, v)
	if err != nil {
		bail()
	}
	return in
}

// memberOfApp handles sets that depend on the state and have a form to use; nil
// for others. All parts of the set are evaluated, also when one decides: what
// has no value must not go unnoticed, nor depend on the order.
func (c *Compiler) memberOfApp(k *code, e *ir.App, sc env) Test {
	switch e.Op {
	case ir.SetEnum:
		return c.memberOfEnum(k, e.Args, sc)
	case ir.DotDot:
		if k.shape == nil || k.shape.kind != kindInt {
			return nil
		}
		n, lo, hi := k.n, c.asInt(c.compile(e.Args[0], sc, intShape)), c.asInt(c.compile(e.Args[1], sc, intShape))
		return func(fr *Frame) bool { i, from, to := n(fr), lo(fr), hi(fr); return from <= i && i <= to }
	case ir.Domain:
		return c.hasKey(k, e.Args[0], sc)
	case ir.Cup:
		a, b := c.memberOf(k, e.Args[0], sc), c.memberOf(k, e.Args[1], sc)
		return func(fr *Frame) bool { x, y := a(fr), b(fr); return x || y }
	case ir.Cap:
		a, b := c.memberOf(k, e.Args[0], sc), c.memberOf(k, e.Args[1], sc)
		return func(fr *Frame) bool { x, y := a(fr), b(fr); return x && y }
	case ir.Diff:
		a, b := c.memberOf(k, e.Args[0], sc), c.memberOf(k, e.Args[1], sc)
		return func(fr *Frame) bool { x, y := a(fr), b(fr); return x && !y }
	}
	return nil
}

// memberOfEnum tests k \in {a, b, ...}; nil for {}, of which nothing can be
// said before k has a value.
func (c *Compiler) memberOfEnum(k *code, elems []ir.Expr, sc env) Test {
	var fs []Test
	constant := true
	for _, a := range elems {
		x := c.compile(a, sc, k.shape)
		constant = constant && x.constant != nil
		fs = append(fs, c.equal(k, x))
	}
	switch {
	case len(fs) == 0:
		return nil
	case constant:
		return junctionOf(fs, true)
	}
	return func(fr *Frame) bool {
		in := false
		for _, f := range fs {
			if f(fr) {
				in = true
			}
		}
		return in
	}
}

// memberOfBits tests k \in s by the bit of k. One that is not in s is compared with
// what is, where that may make no sense: a comparison that TLA+ leaves open is no
// FALSE.
func (c *Compiler) memberOfBits(k, s *code) Test {
	d, find := s.shape.dict, c.bitOf(k, s.shape.dict)
	foreign := d.foreign(k)
	set, v := c.val(s), c.val(k)
	absent := func(fr *Frame) bool {
		return (foreign || d.now.Load().mixed) && contains(fr.meter, set(fr), v(fr))
	}
	if s.shape.scalar() {
		n := s.n
		return func(fr *Frame) bool { b, m := find(fr), n(fr); return b >= 0 && m>>b&1 != 0 || absent(fr) }
	}
	row := s.row
	return func(fr *Frame) bool {
		b, ws := find(fr), row(fr)
		return b >= 0 && ws[b>>6]>>(b&63)&1 != 0 || absent(fr)
	}
}

// memberOfValue tests k \in set for a constant set.
func (c *Compiler) memberOfValue(k *code, set value.Value) Test {
	if k.shape != nil && k.shape.kind == kindBoxed {
		return c.memberByID(k, set)
	}
	if k.shape != nil {
		if f := c.memberByShape(k, set); f != nil {
			return f
		}
	}
	v := c.val(k)
	return func(fr *Frame) bool { return contains(fr.meter, set, v(fr)) }
}

// memberByShape uses k's shape; nil when it does not help.
func (c *Compiler) memberByShape(k *code, set value.Value) Test {
	switch s := set.(type) {
	case *value.Combine:
		return c.memberOfCombine(k, s)
	case value.Universe:
		if k.shape.kind != kindInt {
			return nil
		}
		n := k.n
		if s == value.Nat {
			return func(fr *Frame) bool { return n(fr) >= 0 }
		}
		if s == value.Integers {
			return func(fr *Frame) bool { n(fr); return true }
		}
		return nil
	case value.Range:
		if k.shape.kind != kindInt {
			return nil
		}
		n := k.n
		return func(fr *Frame) bool { i := n(fr); return s.Lo <= i && i <= s.Hi }
	case *value.Set:
		return c.memberOfSet(k, s)
	case *value.Powerset:
		if k.shape.kind == kindSet {
			return c.masked(k, s.Base)
		}
	case *value.FuncSet:
		keys, err := value.Elements(s.Dom)
		if err != nil || k.shape.kind != kindFun || !sameValues(keys, k.shape.keys) {
			return nil
		}
		return c.eachMember(k, func(int) value.Value { return s.Rng })
	case *value.RecordSet:
		if k.shape.kind != kindFun || !sameNames(s.Names, k.shape.keys) {
			return nil
		}
		return c.eachMember(k, func(i int) value.Value { return s.Sets[i] })
	case *value.SeqSet:
		if k.shape.kind == kindSeq {
			return c.seqMember(k, s.Base)
		}
	}
	return nil
}

func (c *Compiler) memberOfCombine(k *code, s *value.Combine) Test {
	x, y := c.memberOfValue(k, s.X), c.memberOfValue(k, s.Y)
	switch s.Op {
	case 'u':
		return func(fr *Frame) bool { return x(fr) || y(fr) }
	case 'n':
		return func(fr *Frame) bool { return x(fr) && y(fr) }
	}
	return func(fr *Frame) bool { return x(fr) && !y(fr) }
}

// memberOfSet tests for an element of a spelled-out set of the same kind.
func (c *Compiler) memberOfSet(k *code, s *value.Set) Test {
	kind := k.shape.kind
	switch kind {
	case kindElem:
		return c.maskedBit(k, s)
	case kindFun, kindSeq:
		return c.memberOfRows(k, s)
	}
	if (kind != kindInt && kind != kindAtom || kindOfAll(s.Elems) != kind) || c.intern.Typed.Load() {
		return nil
	}
	find := c.bitOf(k, newDict(c.intern, dictAny, len(s.Elems)/64+1, s.Elems))
	return func(fr *Frame) bool { return find(fr) >= 0 }
}

// memberOfRows tests for one of a few functions by their slots. Those that k's
// shape does not fit cannot be k.
func (c *Compiler) memberOfRows(k *code, s *value.Set) Test {
	if k.shape.size > maxLiteral {
		return nil
	}
	rows := &intern.KeyTable{}
	for _, v := range s.Elems {
		if !value.IsFunction(v) {
			return nil
		}
		if data, ok := c.encodeNow(k.shape, v); ok && rows.Get(data) == 0 {
			rows.Add(data, 1)
		}
	}
	row := k.row
	return func(fr *Frame) bool { return rows.Get(row(fr)) != 0 }
}

func sameValues(a, b []value.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if value.Compare(a[i], b[i]) != 0 {
			return false
		}
	}
	return true
}

// eachMember tests each value of a function against a set of its own.
func (c *Compiler) eachMember(k *code, set func(i int) value.Value) Test {
	k, begin := c.resolved(k)
	var fs []Test
	for i := range k.shape.keys {
		fs = append(fs, c.memberOfValue(c.part(k, i), set(i)))
	}
	all := junctionOf(fs, false)
	if begin == nil {
		return all
	}
	return func(fr *Frame) bool { begin(fr); return all(fr) }
}

// resolved gives a row a place to stand, filled by begin, so that its parts can
// be read one by one.
func (c *Compiler) resolved(k *code) (out *code, begin func(*Frame)) {
	if k.at != nil {
		return k, nil
	}
	size, row := k.shape.size, k.row
	slot, at := c.local(k.shape)
	return at, func(fr *Frame) { copy(fr.loc[slot:slot+size], row(fr)) }
}

// part is the value of a function that stands somewhere at its i-th key.
func (c *Compiler) part(k *code, i int) *code {
	return fromPlace(k.at.moved(k.shape.offs[i], nil), k.shape.elems[i])
}

// seqMember tests that every element of a sequence is in base.
func (c *Compiler) seqMember(k *code, base value.Value) Test {
	k, begin := c.resolved(k)
	elem, i := k.shape.elems[0], c.newLoc(1)
	at := k.at.moved(1, func(fr *Frame) int { return int(fr.loc[i]) * elem.size })
	in, length := c.memberOfValue(fromPlace(at, elem), base), fromPlace(k.at, intShape).n
	return func(fr *Frame) bool {
		if begin != nil {
			begin(fr)
		}
		n := length(fr)
		for fr.loc[i] = 0; fr.loc[i] < n; fr.loc[i]++ {
			if !in(fr) {
				return false
			}
		}
		return true
	}
}

// A mask remembers which elements of a dict are in a constant set.
type mask struct {
	dict *dict
	set  value.Value
	mu   sync.Mutex
	now  atomic.Pointer[maskView]
}

type maskView struct {
	known int // elements decided
	words []int64
}

// words returns the mask for all elements that the dict has by now.
func (m *mask) words() []int64 {
	if v := m.now.Load(); v != nil && v.known >= len(m.dict.now.Load().vals) {
		return v.words
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	vals := m.dict.now.Load().vals
	v := &maskView{known: len(vals), words: make([]int64, m.dict.words)}
	for b, x := range vals {
		if contains(nil, m.set, x) {
			setBit(v.words, b)
		}
	}
	m.now.Store(v)
	return v.words
}

// masked tests S \subseteq set for a set S of bits and a constant set.
func (c *Compiler) masked(k *code, set value.Value) Test {
	m := &mask{dict: k.shape.dict, set: set}
	if k.shape.scalar() {
		n := k.n
		return func(fr *Frame) bool { x := n(fr); return x == 0 || x&^m.words()[0] == 0 }
	}
	row := k.row
	return func(fr *Frame) bool {
		ws := m.words()
		for i, w := range row(fr) {
			if w&^ws[i] != 0 {
				return false
			}
		}
		return true
	}
}

// maskedBit tests x \in set for an element x of a dict and a constant set.
func (c *Compiler) maskedBit(k *code, set value.Value) Test {
	m, n := &mask{dict: k.shape.dict, set: set}, k.n
	return func(fr *Frame) bool { b := n(fr); return m.words()[b>>6]>>(b&63)&1 != 0 }
}

// subseteq compiles S \subseteq T.
func (c *Compiler) subseteq(e *ir.App, sc env) *code {
	a := c.compile(e.Args[0], sc, nil)
	b := c.compile(e.Args[1], sc, nil)
	if a.constant != nil && b.shape != nil && b.shape.kind == kindSet {
		a = c.as(a, b.shape)
	}
	switch {
	case a.shape == nil || a.shape.kind != kindSet:
	case b.constant != nil:
		return boolCode(c.masked(a, b.constant))
	case equalShapes(a.shape, b.shape):
		return boolCode(subsetOf(a, b))
	}
	x, y := c.val(a), c.val(b)
	return boolCode(func(fr *Frame) bool {
		sub, err := fr.meter.Subseteq(x(fr), y(fr))
		if err != nil {
			bail()
		}
		return sub
	})
}

func subsetOf(a, b *code) Test {
	if a.shape.scalar() {
		x, y := a.n, b.n
		return func(fr *Frame) bool { return x(fr)&^y(fr) == 0 }
	}
	x, y := a.row, b.row
	return func(fr *Frame) bool {
		q := y(fr)
		for i, w := range x(fr) {
			if w&^q[i] != 0 {
				return false
			}
		}
		return true
	}
}

const (
	unasked verdict = iota
	outside
	member
)

// memberByID tests k \in set for a boxed k and a constant set. What came out
// for a value holds whenever it comes up again.
func (c *Compiler) memberByID(k *code, set value.Value) Test {
	n, in, site, audit := c.asID(k), c.intern, c.verdicts, c.audit
	c.verdicts++
	return func(fr *Frame) bool {
		i := n(fr)
		known := fr.verdicts[site]
		if i < int64(len(known)) && known[i] != unasked {
			if audit && contains(fr.meter, set, in.Value(i)) != (known[i] == member) {
				panic("explicit: the members of a set are remembered wrong: " + in.Value(i).String())
			}
			return known[i] == member
		}
		v := outside
		if contains(fr.meter, set, in.Value(i)) {
			v = member
		}
		if more := int(i) + 1 - len(known); more > 0 {
			known = append(known, make([]verdict, max(more, len(known)))...)
			fr.verdicts[site] = known
		}
		known[i] = v
		return v == member
	}
}
