package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/value"
)

type fingerprint = store.Fingerprint

func (p Hashing) join(first, second uint64) fingerprint {
	return fingerprint{First: max(first&^p.Weak, 1), Second: second}
}

// ofValue is the fingerprint of a state by its VIEW.
func (p Hashing) ofValue(v value.Value) fingerprint {
	second := uint64(0)
	if p.Wide {
		second = intern.Mix(intern.SecondHash(v), 1)
	}
	return p.join(intern.Mix(value.Hash(v), 1), second)
}

// Fingerprint is the fingerprint of a state in a row, which it leaves packed.
func (l *Layout) Fingerprint(row []int64, packed []uint64) fingerprint {
	return l.fingerprintOf(l.all, row, packed)
}

// fingerprintOf hashes what f shows of a state by its content: the packed words,
// but for ids and bits that were handed out during the search the hash of what
// they stand for. It leaves the packed row in packed.
func (l *Layout) fingerprintOf(f *projection, row []int64, packed []uint64) fingerprint {
	return l.join(l.halves(f, row, packed))
}

// halves are the halves of a fingerprint before they are joined.
func (l *Layout) halves(f *projection, row []int64, packed []uint64) (first, second uint64) {
	l.Pack(row, packed)
	if !l.showsUnfrozen(f, row) {
		return l.hashPacked(packed, f.mask)
	}
	var room [32]uint64
	rest := append(room[:0], packed...) // without what is hashed by content
	first, second = l.hashUnfrozen(f, row, rest)
	a, b := l.hashPacked(rest, f.mask)
	return first + a, second + b
}

// showsUnfrozen tells whether f shows anything in row that was handed out during
// the search.
func (l *Layout) showsUnfrozen(f *projection, row []int64) bool {
	frozen := l.intern.Frozen
	for _, slot := range f.ids {
		if row[slot] > frozen {
			return true
		}
	}
	for i := range f.sets {
		if s := &f.sets[i]; uint64(row[s.slot])&^s.frozen != 0 {
			return true
		}
	}
	for i := range f.maps {
		if row[f.maps[i].slot] != 0 {
			return true
		}
	}
	return false
}

// hashUnfrozen is the hash, for either half, of what f shows of row that was handed out
// during the search, in any order; it clears that in packed.
func (l *Layout) hashUnfrozen(f *projection, row []int64, packed []uint64) (first, second uint64) {
	frozen := l.intern.Frozen
	for _, slot := range f.ids {
		x := row[slot]
		if x <= frozen {
			continue
		}
		l.clear(slot, uint64(x), packed)
		first += intern.Mix(l.intern.Hash(x), uint64(slot)+1)
		second += l.again(x, slot)
	}
	for i := range f.sets {
		s := &f.sets[i]
		grown := uint64(row[s.slot]) &^ s.frozen
		if grown == 0 {
			continue
		}
		l.clear(s.slot, grown, packed)
		a, b := l.bitsHash(s, grown)
		first, second = first+a, second+b
	}
	for i := range f.maps {
		a, b := l.entriesHash(&f.maps[i], row, packed)
		first, second = first+a, second+b
	}
	return first, second
}

// clear takes bits of a slot out of its packed word.
func (l *Layout) clear(slot int, bits uint64, packed []uint64) {
	f := &l.fields[slot]
	packed[f.word] &^= bits << (f.shift & 63)
}

// bitsHash is the hash, for either half of a fingerprint, of the elements of a set
// that have these bits of a word.
func (l *Layout) bitsHash(s *unfrozen, set uint64) (first, second uint64) {
	view, slot := s.dict.now.Load(), s.slot-s.word
	for ; set != 0; set &= set - 1 {
		bit := s.word*64 + bits.TrailingZeros64(set)
		first += intern.Mix(view.hashes[bit], uint64(slot)+1)
		second += l.again(view.ids[bit], slot)
	}
	return first, second
}

// hashPacked hashes what mask shows of packed words, for either half.
func (l *Layout) hashPacked(packed, mask []uint64) (first, second uint64) {
	first = hashWords(packed, mask)
	if l.Wide {
		second = hashWordsAgain(packed, mask)
	}
	return first, second
}

// again is the hash, for the second half, of the value that i names in a slot.
func (l *Layout) again(i id, slot int) uint64 {
	if !l.Wide {
		return 0
	}
	return intern.Mix(l.intern.SecondHash(i), ^uint64(slot))
}

func frozenMask(d *dict, word int) uint64 {
	switch n := d.frozen - 64*word; {
	case n >= 64:
		return ^uint64(0)
	case n <= 0:
		return 0
	default:
		return 1<<n - 1
	}
}

// hashWords hashes the bits of ws that are in mask.
func hashWords(ws, mask []uint64) uint64 {
	h := uint64(0x243f6a8885a308d3)
	for i, w := range ws {
		w &= mask[i]
		hi, lo := bits.Mul64(h^w, 0x9fb21c651e98df25+uint64(i)<<1)
		h = hi ^ lo ^ w
	}
	return intern.Mix(h, 0x452821e638d01377)
}

// hashWordsAgain is a hash that has nothing to do with hashWords: each of its
// steps maps words, and hashes so far, one to one.
func hashWordsAgain(ws, mask []uint64) uint64 {
	h := uint64(0x13198a2e03707344)
	for i, w := range ws {
		h = bits.RotateLeft64(h^scramble(w&mask[i]+uint64(i)*0x9e3779b97f4a7c15), 29) * 0xa0761d6478bd642f
	}
	return scramble(h)
}

// scramble maps numbers one to one: the finaliser of MurmurHash3.
func scramble(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// entriesHash is the hash, for either half of a fingerprint, of the entries of a
// Map, in any order; it clears them in packed.
func (l *Layout) entriesHash(s *unfrozen, row []int64, packed []uint64) (first, second uint64) {
	keys := s.dict.now.Load()
	kind := s.entries.elems[0].kind
	ids := kind == kindAtom || kind == kindBoxed
	for i, end := s.slot+1, s.slot+1+2*int(row[s.slot]); i < end; i += 2 {
		l.clear(i, uint64(row[i]-l.fields[i].bias), packed)
		l.clear(i+1, uint64(row[i+1]-l.fields[i+1].bias), packed)
		content := uint64(row[i+1])
		if ids {
			content = l.intern.Hash(row[i+1])
		}
		first += intern.Mix(intern.Mix(keys.hashes[row[i]], content), uint64(s.slot)+1)
		if l.Wide {
			second += intern.Mix(l.entryAgain(keys.ids[row[i]], row[i+1], ids), ^uint64(s.slot))
		}
	}
	return first, second
}

// entryAgain is the hash of an entry for the second half; val may be an id.
func (l *Layout) entryAgain(key id, val int64, isID bool) uint64 {
	content := uint64(val)
	if isID {
		content = l.intern.SecondHash(val)
	}
	return intern.Mix(l.intern.SecondHash(key), content)
}
