package smt

import (
	"crypto/sha256"
	"encoding/binary"
)

// A Shape is what terms are up to the names of their constants: a hash of them
// with each constant told by where it first occurs.
type Shape [sha256.Size]byte

// ShapeOf returns the shape of ts together. Where two lists have one shape, there
// is a renaming that makes the one of the other, and if not all of the one can be
// true, then neither can all of the other. The opposite need not be so: the operands
// of a term come in the order in which they were made.
func (s *Store) ShapeOf(ts ...Term) (shape Shape) {
	w := shaping{store: s, at: map[Term]uint32{}}
	for _, t := range ts {
		w.words(w.term(t))
	}
	return sha256.Sum256(w.text)
}

// A shaping writes terms, each of them once, after its operands.
type shaping struct {
	store *Store
	at    map[Term]uint32 // the number of each term that is written
	text  []byte
}

func (w *shaping) words(xs ...uint32) {
	for _, x := range xs {
		w.text = binary.LittleEndian.AppendUint32(w.text, x)
	}
}

func (w *shaping) term(t Term) uint32 {
	if n, ok := w.at[t]; ok {
		return n
	}
	args := w.store.Args(t)
	operands := make([]uint32, len(args))
	for i, x := range args {
		operands[i] = w.term(x)
	}
	n := &w.store.nodes[t]
	payload := [2]uint32{n.aux, 0}
	switch n.op {
	case OpConst: // its name does not matter
		payload[0] = 0
	case OpInt:
		payload[1] = n.off
	}
	w.words(uint32(n.op), uint32(n.sort), payload[0], payload[1], uint32(len(operands)))
	w.words(operands...)
	w.at[t] = uint32(len(w.at))
	return w.at[t]
}
