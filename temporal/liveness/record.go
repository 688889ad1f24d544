package liveness

import (
	"encoding/binary"
	"math/bits"

	"github.com/lemma-mc/lemma/temporal"
)

// A Kind says what the truth of an atom depends on.
type Kind uint8

const (
	State Kind = iota // on the state that a step leaves
	Open              // on that state, and for some states it may not be known
	Step              // on both states of the step
)

// Atoms says which kind each atom is of, and so where a record keeps it.
type Atoms struct {
	kinds []Kind
	place []int // of each atom among those of the state, or of a step
	state int   // bits for the atoms of a state
	step  int   // bits for the atoms of a step
}

// NewAtoms places atoms of the given kinds.
func NewAtoms(kinds []Kind) *Atoms {
	a := &Atoms{kinds: kinds, place: make([]int, len(kinds))}
	for id, k := range kinds {
		switch k {
		case State:
			a.place[id] = a.state
			a.state++
		case Open: // and whether it is unknown
			a.place[id] = a.state
			a.state += 2
		case Step:
			a.place[id] = a.step
			a.step++
		}
	}
	return a
}

// Slack is how many bytes must follow a record in memory.
const Slack = 8

// Append appends the record of a state to dst: the states that its steps lead
// to, the stuttering step left out, and room for the atoms, all false. A record
// is
//
//	uvarint  2n + 1 when one of the n steps leads to the state itself, 2n else
//	byte     bits of a target, when n > 0
//	varint   the least target less the state, when n > 0
//	bits     the targets, less the least one
//	bits     the atoms of the state, then those of the stuttering step
//	bits     the atoms of each other step
//
// and each run of bits ends with its byte. Targets keep their order.
func (a *Atoms) Append(dst []byte, state uint32, to []uint32) []byte {
	if len(to) == 0 {
		return append(append(dst, 0), make([]byte, a.room(0))...)
	}
	least, most, self := to[0], to[0], uint64(0)
	for _, t := range to {
		least, most = min(least, t), max(most, t)
		if t == state {
			self = 1
		}
	}
	width := bits.Len32(most - least)
	dst = binary.AppendUvarint(dst, uint64(len(to))<<1|self)
	dst = append(dst, byte(width))
	dst = binary.AppendVarint(dst, int64(least)-int64(state))
	acc, n := uint64(0), 0
	for _, t := range to {
		acc |= uint64(t-least) << n
		for n += width; n >= 8; n -= 8 {
			dst = append(dst, byte(acc))
			acc >>= 8
		}
	}
	if n > 0 {
		dst = append(dst, byte(acc))
	}
	return append(dst, make([]byte, a.room(len(to)))...)
}

// room is the number of bytes for the atoms of a state with n steps.
func (a *Atoms) room(n int) int { return bytesFor(a.state+a.step) + bytesFor(n*a.step) }

func bytesFor(bits int) int { return (bits + 7) / 8 }

// Steps are the steps out of a state, as its record has them: N of them, from
// 0, and the stuttering step, which has the number N.
type Steps struct {
	N     int
	state uint32
	least uint32
	width int
	self  bool // one of the N leads to the state itself
	to    []byte
	truth []byte
	atoms *Atoms
}

// Open reads the record of a state, after which Slack bytes lie in memory.
func (a *Atoms) Open(state uint32, record []byte) Steps {
	head, n := uint64(record[0]), 1
	if head >= 0x80 {
		head, n = binary.Uvarint(record)
	}
	x := Steps{N: int(head >> 1), self: head&1 != 0, state: state, atoms: a}
	if x.N > 0 {
		x.width = int(record[n])
		off, k := binary.Varint(record[n+1:])
		n += 1 + k
		x.least = uint32(int64(state) + off)
	}
	x.to = record[n:]
	x.truth = x.to[bytesFor(x.N*x.width):]
	return x
}

// To is the state that step i leads to. Bits behind its own that are read along
// may be atoms that somebody sets meanwhile; they are cut off.
func (x *Steps) To(i int) uint32 {
	if i == x.N {
		return x.state
	}
	at := i * x.width
	return x.least + uint32(binary.LittleEndian.Uint64(x.to[at>>3:])>>(at&7)&(1<<x.width-1))
}

// bit is where the truth of an atom on step i stands.
func (x *Steps) bit(id, i int) int {
	a := x.atoms
	switch {
	case a.kinds[id] != Step:
		return a.place[id]
	case i == x.N:
		return a.state + a.place[id]
	}
	return 8*bytesFor(a.state+a.step) + i*a.step + a.place[id]
}

// Atom tells whether an atom holds on step i.
func (x *Steps) Atom(id, i int) bool {
	at := x.bit(id, i)
	return x.truth[at>>3]>>(at&7)&1 != 0
}

// Set makes an atom true on step i: on all steps, when it depends on the state.
func (x *Steps) Set(id, i int) {
	at := x.bit(id, i)
	x.truth[at>>3] |= 1 << (at & 7)
}

// SetUnknown marks an atom of kind Open as not known.
func (x *Steps) SetUnknown(id int) {
	at := x.atoms.place[id] + 1
	x.truth[at>>3] |= 1 << (at & 7)
}

// unknown tells whether the truth of an atom is not known.
func (x *Steps) unknown(id int) bool {
	if x.atoms.kinds[id] != Open {
		return false
	}
	at := x.atoms.place[id] + 1
	return x.truth[at>>3]>>(at&7)&1 != 0
}

// holds tells whether a literal holds on step i, or may hold.
func (x *Steps) holds(a temporal.Atom, i int) bool {
	return x.Atom(a.ID, i) != a.Not || x.unknown(a.ID)
}

// must tells whether a literal is known to hold on step i.
func (x *Steps) must(a temporal.Atom, i int) bool {
	return x.Atom(a.ID, i) != a.Not && !x.unknown(a.ID)
}

func (x *Steps) any(cond []temporal.Atom, i int) bool {
	for _, a := range cond {
		if x.holds(a, i) {
			return true
		}
	}
	return false
}

func (x *Steps) anyMust(cond []temporal.Atom, i int) bool {
	for _, a := range cond {
		if x.must(a, i) {
			return true
		}
	}
	return false
}

func (x *Steps) all(lits []temporal.Atom, i int) bool {
	for _, a := range lits {
		if !x.holds(a, i) {
			return false
		}
	}
	return true
}
