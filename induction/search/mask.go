package search

import "math/bits"

// A mask is a set of facts of a cube, by their numbers.
type mask [maxFacts / 64]uint64

// maxFacts bounds the facts of a cube.
const maxFacts = 256

func (m mask) with(i int) mask {
	m[i/64] |= 1 << (i % 64)
	return m
}

func (m mask) or(n mask) mask {
	for i := range m {
		m[i] |= n[i]
	}
	return m
}

// minus is m without the facts of n.
func (m mask) minus(n mask) mask {
	for i := range m {
		m[i] &^= n[i]
	}
	return m
}

func (m mask) empty() bool { return m == mask{} }

// within tells whether all facts of m are in n.
func (m mask) within(n mask) bool { return m.minus(n).empty() }

func (m mask) count() (n int) {
	for _, w := range m {
		n += bits.OnesCount64(w)
	}
	return n
}

// firstFacts are the facts below n.
func firstFacts(n int) (m mask) {
	for i := range n {
		m = m.with(i)
	}
	return m
}

// each visits the facts of m.
func (m mask) each(f func(i int)) {
	for k, w := range m {
		for ; w != 0; w &= w - 1 {
			f(64*k + bits.TrailingZeros64(w))
		}
	}
}
