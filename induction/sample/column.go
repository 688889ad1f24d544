package sample

import (
	"encoding/binary"
	"io"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Column tells on which states a formula with free names is true, for each
// assignment of values to the names. Assignments are numbered with the first
// name going slowest.
type Column struct {
	Sizes []int // values of each name
	bits  [][]uint64
	n     int
}

// Words are the truth on the states under assignment number i, a bit a state.
// Bits beyond the last state are 0.
func (c *Column) Words(i int) []uint64 { return c.bits[i] }

// Column evaluates e with the names going through the values of their domains.
// The error is the evaluator's.
func (s *Set) Column(e ir.Expr, names []*ir.Name, domains [][]value.Value) (*Column, error) {
	g, x := s.group(e), s.expr(e)
	c := &Column{n: s.N}
	count := 1
	for _, d := range domains {
		c.Sizes = append(c.Sizes, len(d))
		count *= len(d)
	}
	states := make([][]value.Value, len(g.first))
	for k, i := range g.first {
		states[k] = s.State(i)
	}
	truth := make([]bool, len(states))
	with := map[*ir.Name]ir.Expr{}
	for i := range count {
		for k, rest := len(names)-1, i; k >= 0; k-- {
			with[names[k]] = &ir.Lit{Value: domains[k][rest%len(domains[k])]}
			rest /= len(domains[k])
		}
		y := ir.Subst(x, with)
		for k, st := range states {
			var err error
			if truth[k], err = s.machine.Bool(y, st, nil); err != nil {
				return nil, err
			}
		}
		words := make([]uint64, (s.N+63)/64)
		for j, k := range g.of {
			if truth[k] {
				words[j/64] |= 1 << (j % 64)
			}
		}
		c.bits = append(c.bits, words)
	}
	return c, nil
}

// Sum writes the column to h, and tells whether some state is not in it.
func (c *Column) Sum(h io.Writer) (gaps bool) {
	var buf []byte
	for _, ws := range c.bits {
		buf = buf[:0]
		for j, w := range ws {
			buf = binary.LittleEndian.AppendUint64(buf, w)
			full := ^uint64(0)
			if r := c.n % 64; r != 0 && j == len(ws)-1 {
				full = 1<<r - 1
			}
			gaps = gaps || w != full
		}
		h.Write(buf)
	}
	return gaps
}

// Not is the column of the negation.
func (c *Column) Not() *Column {
	out := &Column{Sizes: c.Sizes, n: c.n, bits: make([][]uint64, len(c.bits))}
	for i, ws := range c.bits {
		out.bits[i] = make([]uint64, len(ws))
		for j, w := range ws {
			out.bits[i][j] = ^w
		}
		if r := c.n % 64; r != 0 {
			out.bits[i][len(ws)-1] &= 1<<r - 1
		}
	}
	return out
}

// Holds tells whether the formula holds in state j under assignment i.
func (c *Column) Holds(i, j int) bool { return c.bits[i][j/64]>>(j%64)&1 != 0 }

// Violating is the first state in which e, a formula without free names, is false,
// or -1 where it is true in all of them.
func (s *Set) Violating(e ir.Expr) (int, error) {
	c, err := s.Column(e, nil, nil)
	if err != nil {
		return -1, err
	}
	for j := range s.N {
		if !c.Holds(0, j) {
			return j, nil
		}
	}
	return -1, nil
}
