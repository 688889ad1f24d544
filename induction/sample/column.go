package sample

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"

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

// Column is the truth of e with the names going through the values of their domains.
// The error is the evaluator's.
func (s *Set) Column(e ir.Expr, names []*ir.Name, domains [][]value.Value) (*Column, error) {
	x := s.expr(e)
	if t, err := s.table(x, scope{names, domains}); err == nil {
		c := &Column{n: s.N}
		for _, d := range domains {
			c.Sizes = append(c.Sizes, len(d))
		}
		c.bits = s.spread(t, names, c.Sizes)
		return c, nil
	}
	return s.evaluated(x, names, domains)
}

// evaluated is the column of x, of which every bit is evaluated.
func (s *Set) evaluated(x ir.Expr, names []*ir.Name, domains [][]value.Value) (*Column, error) {
	c := &Column{n: s.N}
	for _, d := range domains {
		c.Sizes = append(c.Sizes, len(d))
	}
	count := product(c.Sizes)
	truth := s.truth(x, count)
	for i := range count {
		words, err := truth(ir.Subst(x, scope{names, domains}.assignment(i)))
		if err != nil {
			return nil, err
		}
		c.bits = append(c.bits, s.shared(words))
	}
	return c, nil
}

// shared is words, or what has the same content and was there before, where they are
// all alike: a comparison of two messages is true in all states or in none, and there
// are thousands of pairs of messages.
func (s *Set) shared(words []uint64) []uint64 {
	if s.none == nil {
		s.none, s.every = s.constant(false), s.constant(true)
	}
	switch {
	case slices.Equal(words, s.none):
		return s.none
	case slices.Equal(words, s.every):
		return s.every
	}
	return words
}

// maxEvaluations bounds the evaluations for one column of a formula that goes
// through sets: what takes more is hardly worth the time.
const maxEvaluations = 150_000

var errTooMany = errors.New("a column takes too many evaluations")

// binds tells whether e goes through the members of a set.
func binds(e ir.Expr) bool {
	found := false
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		ir.Binders(x, func(*ir.Name) { found = true })
		return !found
	})
	return found
}

// truth evaluates a formula that differs from x by the values of names only, in
// count ways, on all states.
func (s *Set) truth(x ir.Expr, count int) func(y ir.Expr) ([]uint64, error) {
	if in, ok := x.(*ir.App); ok && in.Op == ir.In {
		if v, ok := in.Args[1].(*ir.VarRef); ok {
			if m, ok := s.membersOf(v.Var); ok {
				return s.membership(in.Args[0], m)
			}
		}
	}
	g := s.group(x)
	states := s.firsts(g)
	if count*len(states) > maxEvaluations && binds(x) {
		return func(ir.Expr) ([]uint64, error) { return nil, errTooMany }
	}
	return func(y ir.Expr) ([]uint64, error) {
		truth := make([]bool, len(states))
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
		return words, nil
	}
}

// membership is truth for x \in v: of what x is, the states are known.
func (s *Set) membership(x ir.Expr, in map[string][]uint64) func(ir.Expr) ([]uint64, error) {
	g := s.group(x)
	states := s.firsts(g)
	return func(y ir.Expr) ([]uint64, error) {
		found := make([][]uint64, len(states))
		var buf []byte
		for k, st := range states {
			v, err := s.machine.Value(y.(*ir.App).Args[0], st, nil)
			if err != nil {
				return nil, err
			}
			if buf, err = value.Encode(buf[:0], v); err != nil {
				return nil, err
			}
			found[k] = in[string(buf)]
		}
		words := make([]uint64, (s.N+63)/64)
		for j, k := range g.of {
			if f := found[k]; f != nil {
				words[j/64] |= f[j/64] & (1 << (j % 64))
			}
		}
		return words, nil
	}
}

// firsts are a state of each group.
func (s *Set) firsts(g *group) [][]value.Value {
	states := make([][]value.Value, len(g.first))
	for k, i := range g.first {
		states[k] = s.State(i)
	}
	return states
}

// membersOf tells of each value, as it is encoded, in which states it is a
// member of v; ok is false where v is no set that can be listed.
func (s *Set) membersOf(v *ir.Variable) (in map[string][]uint64, ok bool) {
	if in, ok := s.members[v]; ok {
		return in, in != nil
	}
	s.members[v] = nil
	lists := make([][]string, len(s.vars[v.ID].values))
	for i, x := range s.vars[v.ID].values {
		if !value.IsSet(x) {
			return nil, false
		}
		elems, err := value.Elements(x)
		if err != nil {
			return nil, false
		}
		for _, e := range elems {
			code, err := value.Encode(nil, e)
			if err != nil {
				return nil, false
			}
			lists[i] = append(lists[i], string(code))
		}
	}
	in = map[string][]uint64{}
	for j, id := range s.vars[v.ID].of {
		for _, code := range lists[id] {
			if in[code] == nil {
				in[code] = make([]uint64, (s.N+63)/64)
			}
			in[code][j/64] |= 1 << (j % 64)
		}
	}
	s.members[v] = in
	return in, true
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
	known := map[*uint64][]uint64{} // of words that several assignments share
	for i, ws := range c.bits {
		if len(ws) > 0 && known[&ws[0]] != nil {
			out.bits[i] = known[&ws[0]]
			continue
		}
		out.bits[i] = make([]uint64, len(ws))
		for j, w := range ws {
			out.bits[i][j] = ^w
		}
		if r := c.n % 64; r != 0 {
			out.bits[i][len(ws)-1] &= 1<<r - 1
		}
		if len(ws) > 0 {
			known[&ws[0]] = out.bits[i]
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
