package explicit

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/value"
)

const codeSymmetry diag.Code = "U121" // a SYMMETRY that is no set of permutations

// maxPermutations bounds the group that the config's permutations generate.
const maxPermutations = 5040

// A symmetry is a group of permutations of model values. States that one of
// them turns into each other are one state: the one with the least fingerprint
// stands for all, which is the same whoever finds it.
type symmetry struct {
	s     *search
	perms []*permutation // without the identity
}

// A permutation maps some values to others.
type permutation struct {
	to  map[value.Value]value.Value // model values and strings
	in  *internTable
	ids memo // of ids
	// bits and keys are per dict and per function shape.
	bits sync.Map // *dict -> *memo, of bits
	keys map[*shape][]int
}

// A memo remembers a function of small numbers for all workers. Reading takes
// no lock, and the room doubles when it runs out, so that n numbers cost no more
// than some n steps. A number that another worker notes while the room grows may
// be forgotten: it is only found again.
type memo struct {
	mu    sync.Mutex
	known atomic.Pointer[[]atomic.Int64] // one more than the number; 0 where not known
}

func (m *memo) at(i int64) (n int64, ok bool) {
	if known := m.known.Load(); known != nil && i < int64(len(*known)) {
		n = (*known)[i].Load()
	}
	return n - 1, n != 0
}

func (m *memo) set(i, n int64) {
	known := m.known.Load()
	if known == nil || i >= int64(len(*known)) {
		known = m.grow(i)
	}
	(*known)[i].Store(n + 1)
}

func (m *memo) grow(i int64) *[]atomic.Int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.known.Load()
	if old != nil && i < int64(len(*old)) {
		return old
	}
	more := make([]atomic.Int64, max(64, 2*i))
	if old != nil {
		for j := range *old {
			more[j].Store((*old)[j].Load())
		}
	}
	m.known.Store(&more)
	return &more
}

// newSymmetry makes the group that the permutations of set generate.
func newSymmetry(s *search, set value.Value) (*symmetry, error) {
	fs, err := value.Elements(set)
	if err != nil {
		return nil, unsupported(codeSymmetry, s.sys.Symmetry.Pos(), "SYMMETRY must be a set of permutations, such as Permutations(S), but it is "+value.Brief(set)+".")
	}
	var gens []map[value.Value]value.Value
	for _, f := range fs {
		to, ok := permutationOf(f)
		if !ok {
			return nil, unsupported(codeSymmetry, s.sys.Symmetry.Pos(), "SYMMETRY must be a set of permutations of model values, but it contains "+value.Brief(f)+".")
		}
		gens = append(gens, to)
	}
	group, ok := generate(gens)
	if !ok {
		return nil, unsupported(codeSymmetry, s.sys.Symmetry.Pos(), "SYMMETRY generates more permutations than can be tried for each state; use smaller sets.")
	}
	sym := &symmetry{s: s}
	for _, to := range group {
		p := &permutation{to: to, in: s.intern, keys: map[*shape][]int{}}
		for _, sh := range s.shapes {
			p.prepare(sh)
		}
		sym.perms = append(sym.perms, p)
	}
	return sym, nil
}

func permutationOf(f value.Value) (map[value.Value]value.Value, bool) {
	keys, vals, ok := funParts(f)
	to := map[value.Value]value.Value{}
	for i, k := range keys {
		if !isAtom(k) || !isAtom(vals[i]) {
			return nil, false
		}
		if k != vals[i] {
			to[k] = vals[i]
		}
	}
	return to, ok
}

// generate closes gens under composition; the identity is left out.
func generate(gens []map[value.Value]value.Value) (group []map[value.Value]value.Value, ok bool) {
	seen := map[string]bool{"": true}
	queue := []map[value.Value]value.Value{{}}
	for i := 0; i < len(queue); i++ {
		for _, g := range gens {
			p := compose(queue[i], g)
			if name := nameOf(p); !seen[name] {
				seen[name] = true
				queue = append(queue, p)
			}
		}
		if len(queue) > maxPermutations {
			return nil, false
		}
	}
	return queue[1:], true
}

// compose is first p, then q.
func compose(p, q map[value.Value]value.Value) map[value.Value]value.Value {
	out := map[value.Value]value.Value{}
	put := func(k value.Value) {
		v, moved := p[k]
		if !moved {
			v = k
		}
		if w, again := q[v]; again {
			v = w
		}
		if v != k {
			out[k] = v
		}
	}
	for k := range p {
		put(k)
	}
	for k := range q {
		put(k)
	}
	return out
}

func nameOf(p map[value.Value]value.Value) string {
	if len(p) == 0 {
		return ""
	}
	var pairs []value.Value
	for k, v := range p {
		pairs = append(pairs, value.NewTuple([]value.Value{k, v}))
	}
	return value.NewSet(pairs).String()
}

// canonical finds the least of the states that w.fr.nxt stands for, by
// fingerprint, and leaves it packed in w.packed.
func (y *symmetry) canonical(w *runner) (row []int64, print uint64) {
	own, at := w.fr.nxt, w.fr.nxtAt
	best := w.print(own)
	packed := append([]uint64(nil), w.packed...)
	w.fr.openNext()
	for _, p := range y.perms {
		p.permuteState(y.s.layout, own, w.spare)
		w.fr.nxt = w.spare
		if h := w.print(w.spare); h < best {
			best = h
			copy(packed, w.packed)
		}
		w.fr.nxt = own
	}
	w.fr.nxtAt = at
	copy(w.packed, packed)
	return own, best
}

func (p *permutation) permuteState(l *layout, src, dst []int64) {
	for i, s := range l.shapes {
		off := l.offs[i]
		p.permute(l.coder, s, src[off:off+s.size], dst[off:off+s.size])
	}
}

// prepare finds how functions of shape s have their keys permuted.
func (p *permutation) prepare(s *shape) {
	for _, e := range s.elems {
		p.prepare(e)
	}
	if s.kind != Fun {
		return
	}
	to := make([]int, len(s.keys))
	for i, k := range s.keys {
		if to[i] = s.index.bit(p.value(k)); to[i] < 0 || !equalShapes(s.elems[i], s.elems[to[i]]) {
			to = nil
			break
		}
	}
	p.keys[s] = to
}

// permute writes the permuted value in src to dst.
func (p *permutation) permute(c coder, s *shape, src, dst []int64) {
	switch s.kind {
	case Bool, Int:
		dst[0] = src[0]
	case Atom, Boxed:
		dst[0] = p.id(src[0])
	case Set:
		clear(dst)
		for w, x := range src {
			for m := uint64(x); m != 0; m &= m - 1 {
				setBit(dst, p.bit(s.dict, w*64+bits.TrailingZeros64(m)))
			}
		}
	case Fun:
		to := p.keys[s]
		if to == nil {
			c.encode(s, p.value(c.decode(s, src)), dst)
			return
		}
		for i, e := range s.elems {
			p.permute(c, e, src[s.offs[i]:s.offs[i]+e.size], dst[s.offs[to[i]]:s.offs[to[i]]+e.size])
		}
	case Map:
		p.permuteMap(c, s, src, dst)
	case Seq:
		dst[0] = src[0]
		e := s.elems[0]
		for i := range int(src[0]) {
			from, to := 1+i*e.size, 1+(i+1)*e.size
			p.permute(c, e, src[from:to], dst[from:to])
		}
		clear(dst[1+int(src[0])*e.size:])
	}
}

// id is the id of the permuted value that i names.
func (p *permutation) id(i id) id {
	if j, ok := p.ids.at(i); ok {
		return j
	}
	j := p.in.of(p.value(p.in.value(i)))
	p.ids.set(i, j)
	return j
}

// bit is the bit of the permuted element with bit b of d.
func (p *permutation) bit(d *dict, b int) int {
	known, ok := p.bits.Load(d)
	if !ok {
		known, _ = p.bits.LoadOrStore(d, new(memo))
	}
	bits := known.(*memo)
	if to, ok := bits.at(int64(b)); ok {
		return int(to)
	}
	to := d.add(p.value(d.now.Load().vals[b]))
	bits.set(int64(b), int64(to))
	return to
}

// value is v with its model values permuted.
func (p *permutation) value(v value.Value) value.Value {
	switch v := v.(type) {
	case value.Model, value.Str:
		if to, ok := p.to[v]; ok {
			return to
		}
		return v
	case *value.Tuple:
		return value.NewTuple(p.values(v.Elems))
	case *value.Set:
		return value.NewSet(p.values(v.Elems))
	case *value.Record, *value.Func:
		keys, vals, _ := funParts(v)
		return funOf(p.values(keys), p.values(vals))
	}
	return v
}

func (p *permutation) values(vs []value.Value) []value.Value {
	out := make([]value.Value, len(vs))
	for i, v := range vs {
		out[i] = p.value(v)
	}
	return out
}
