package rows

import (
	"math/bits"
	"slices"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/symmetry"
	"github.com/lemma-mc/lemma/value"
)

// A Permutation of values permutes ids, bits and rows.
//
// Of all images of a state only the least is kept, so for the others there is
// no image in the table of values, which would fill up: Permute makes the image
// that is kept, and a hashed image knows of one no more than its fingerprint does.
type Permutation struct {
	*symmetry.Permutation
	in *intern.Table
	l  *Layout

	ids    intern.Memo // of the images of ids, as far as they are worth it
	hashes intern.Memo // of the images of ids, where their own id is not frozen
	dicts  map[*dict]*dictImages

	// Where the slots of a row go.
	plain []move // slots that stay as they are
	named []move // ids
	sets  []setMove
	maps  []mapMove
	rest  []restMove

	// What the fingerprint of a hashed image is of: of ids and bits it takes only
	// those in rest from the row.
	shown *projection
}

// A move takes a slot to another.
type move struct{ from, to int }

type setMove struct {
	move
	size int
	*dictImages
}

type mapMove struct {
	move
	shape *shape
	*dictImages
}

// A restMove is of a value whose slots do not simply trade places: it is decoded
// and encoded.
type restMove struct {
	move
	shape *shape
}

// dictImages are the bits of the images of a dict's elements, and where these are
// not frozen the hashes.
type dictImages struct {
	dict         *dict
	bits, hashes intern.Memo
}

// memoizedIDs bounds the ids whose images' ids are remembered: later ones are of
// values that come up only now and then.
const memoizedIDs = 1 << 16

// NewPermutation makes of a permutation of values one of the states that v tells apart.
func NewPermutation(of *symmetry.Permutation, v *View) *Permutation {
	l, shown := v.l, v.shown
	p := &Permutation{Permutation: of, in: l.intern, l: l, dicts: map[*dict]*dictImages{}}
	for i, s := range l.shapes {
		p.lay(s, move{l.offs[i], l.offs[i]})
	}
	p.shown = &projection{slots: shown.slots, mask: shown.mask}
	p.shown.note(l.unfrozen, func(slot int) bool {
		return shown.slots[slot] && slices.ContainsFunc(p.rest, func(m restMove) bool { return m.to <= slot && slot < m.to+m.shape.size })
	})
	return p
}

// lay finds where the slots of a value of shape s go.
func (p *Permutation) lay(s *shape, at move) {
	switch s.kind {
	case kindBool, kindInt:
		p.plain = append(p.plain, at)
	case kindAtom, kindBoxed:
		p.named = append(p.named, at)
	case kindSet:
		p.sets = append(p.sets, setMove{at, s.size, p.imagesOf(s.dict)})
	case kindMap:
		p.maps = append(p.maps, mapMove{at, s, p.imagesOf(s.dict)})
	case kindFun:
		to := p.keys(s)
		if to == nil {
			p.rest = append(p.rest, restMove{at, s})
			return
		}
		for i, e := range s.elems {
			p.lay(e, move{at.from + s.offs[i], at.to + s.offs[to[i]]})
		}
	case kindSeq:
		e := s.elems[0]
		if !p.trades(e) {
			p.rest = append(p.rest, restMove{at, s}) // unused elements have no value
			return
		}
		p.plain = append(p.plain, at)
		for i := range s.max {
			p.lay(e, move{at.from + 1 + i*e.size, at.to + 1 + i*e.size})
		}
	}
}

func (p *Permutation) imagesOf(d *dict) *dictImages {
	if p.dicts[d] == nil {
		p.dicts[d] = &dictImages{dict: d}
	}
	return p.dicts[d]
}

// keys finds how functions of shape s have their keys permuted; nil when they
// change their shape.
func (p *Permutation) keys(s *shape) []int {
	to := make([]int, len(s.keys))
	for i, k := range s.keys {
		if to[i] = s.index.bit(p.Value(k)); to[i] < 0 || !equalShapes(s.elems[i], s.elems[to[i]]) {
			return nil
		}
	}
	return to
}

// trades tells whether the slots of a value of shape s trade places.
func (p *Permutation) trades(s *shape) bool {
	for _, e := range s.elems {
		if !p.trades(e) {
			return false
		}
	}
	return s.kind != kindFun || p.keys(s) != nil
}

// Permute writes the image of the row src to dst.
func (p *Permutation) Permute(src, dst []int64) {
	p.permutePlain(src, dst)
	for _, m := range p.named {
		dst[m.to] = p.id(src[m.from])
	}
	for i := range p.sets {
		m := &p.sets[i]
		m.each(src, dst, func(b int) { setBit(dst[m.to:], p.bit(m.dictImages, b)) })
	}
	for i := range p.maps {
		p.permuteMap(&p.maps[i], src, dst)
	}
}

func (p *Permutation) permuteMap(m *mapMove, src, dst []int64) {
	from, to := src[m.from:m.from+m.shape.size], dst[m.to:m.to+m.shape.size]
	clear(to)
	names := m.shape.elems[0].named()
	for i, end := 1, 1+2*int(from[0]); i < end; i += 2 {
		val := from[i+1]
		if names {
			val = p.id(val)
		}
		putEntry(to, int64(p.bit(m.dictImages, int(from[i]))), val)
	}
}

// permutePlain permutes what does not depend on what a hashed image leaves out.
func (p *Permutation) permutePlain(src, dst []int64) {
	for _, m := range p.plain {
		dst[m.to] = src[m.from]
	}
	c := coder{p.in}
	for _, m := range p.rest {
		c.encode(m.shape, p.Value(c.decode(m.shape, src[m.from:])), dst[m.to:])
	}
}

// hashedImage writes to dst the image of the row src, without the ids and bits that
// are not frozen and the entries of Maps, and returns what these add to the
// fingerprint.
func (p *Permutation) hashedImage(src, dst []int64) (extra uint64) {
	p.permutePlain(src, dst)
	show := p.shown.slots
	for _, m := range p.named {
		i, hash := p.hashedID(src[m.from])
		dst[m.to] = i
		if hash != 0 && show[m.to] {
			extra += intern.Mix(hash, uint64(m.to)+1)
		}
	}
	for i := range p.sets {
		m := &p.sets[i]
		m.each(src, dst, func(b int) {
			to, hash := p.hashedBit(m.dictImages, b)
			switch {
			case to >= 0:
				setBit(dst[m.to:], to)
			case show[m.to]:
				extra += intern.Mix(hash, uint64(m.to)+1)
			}
		})
	}
	for i := range p.maps {
		if h := p.hashedMap(&p.maps[i], src, dst); show[p.maps[i].to] {
			extra += h
		}
	}
	return extra
}

// hashedMap is hashedImage for a Map: see layout.entriesHash. An entry's slots are
// packed as zero.
func (p *Permutation) hashedMap(m *mapMove, src, dst []int64) (extra uint64) {
	from, to := src[m.from:m.from+m.shape.size], dst[m.to:m.to+m.shape.size]
	clear(to)
	to[0] = from[0]
	names := m.shape.elems[0].named()
	for i, end := 1, 1+2*int(from[0]); i < end; i += 2 {
		to[i], to[i+1] = p.l.fields[m.to+i].bias, p.l.fields[m.to+i+1].bias
		content := uint64(from[i+1])
		if names {
			j, hash := p.hashedID(from[i+1])
			if content = hash; j != 0 {
				content = p.in.Hash(j)
			}
		}
		b, key := p.hashedBit(m.dictImages, int(from[i]))
		if b >= 0 {
			key = m.dict.now.Load().hashes[b]
		}
		extra += intern.Mix(intern.Mix(key, content), uint64(m.to)+1)
	}
	return extra
}

// each clears the set in dst and calls f with the bits of the one in src.
func (m *setMove) each(src, dst []int64, f func(b int)) {
	clear(dst[m.to : m.to+m.size])
	for w, x := range src[m.from : m.from+m.size] {
		for x := uint64(x); x != 0; x &= x - 1 {
			f(w*64 + bits.TrailingZeros64(x))
		}
	}
}

// id is the id of the image of the value that i names.
func (p *Permutation) id(i id) id {
	if j, ok := p.ids.At(i); ok || i == 0 {
		return max(j, 0)
	}
	j := p.in.Of(p.Value(p.in.Value(i)))
	if i < memoizedIDs {
		p.ids.Set(i, j)
	}
	return j
}

// hashedID is id when it is frozen, else 0 and the image's hash.
func (p *Permutation) hashedID(i id) (j id, hash uint64) {
	if h, ok := p.hashes.At(i); ok {
		return 0, uint64(h)
	}
	if j, ok := p.ids.At(i); i == 0 || ok && j <= p.in.Frozen {
		return max(j, 0), 0
	}
	v := p.Value(p.in.Value(i))
	hash = value.Hash(v)
	if j := p.in.Find(v, hash); j != 0 && j <= p.in.Frozen {
		p.ids.Set(i, j)
		return j, 0
	}
	p.hashes.Set(i, int64(hash))
	return 0, hash
}

// bit is the bit of the image of the element with bit b.
func (p *Permutation) bit(m *dictImages, b int) int {
	if to, ok := m.bits.At(int64(b)); ok {
		return int(to)
	}
	to := m.dict.add(p.Value(m.dict.now.Load().vals[b]))
	m.bits.Set(int64(b), int64(to))
	return to
}

// hashedBit is bit when it is frozen, else -1 and the image's hash.
func (p *Permutation) hashedBit(m *dictImages, b int) (to int, hash uint64) {
	if h, ok := m.hashes.At(int64(b)); ok {
		return -1, uint64(h)
	}
	if to, ok := m.bits.At(int64(b)); ok && int(to) < m.dict.frozen {
		return int(to), 0
	}
	v := p.Value(m.dict.now.Load().vals[b])
	hash = value.Hash(v)
	if i := p.in.Find(v, hash); i != 0 {
		if to := m.dict.bitOfID(i); to >= 0 && to < m.dict.frozen {
			m.bits.Set(int64(b), int64(to))
			return to, 0
		}
	}
	m.hashes.Set(int64(b), int64(hash))
	return -1, hash
}
