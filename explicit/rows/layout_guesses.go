package rows

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Guesses are what was seen of the values of each variable, to make layouts from.
type Guesses struct {
	sys    *ir.System
	of     []*guess
	intern *intern.Table // of the guesses alone
	known  [][]value.Value
	wide   int // how often a layout made from them was too narrow
}

func NewGuesses(sys *ir.System) *Guesses {
	g := &Guesses{sys: sys, intern: intern.New()}
	for range sys.Variables {
		g.of = append(g.of, &guess{})
	}
	for _, c := range sys.Constants {
		if c.Value == nil {
			continue
		}
		if elems, err := value.Elements(c.Value); err == nil && value.IsSet(c.Value) && len(elems) <= 64 {
			g.known = append(g.known, elems)
		}
	}
	return g
}

// Observe makes room for a state.
func (s *Guesses) Observe(st eval.State) {
	for i, g := range s.of {
		g.observe(s.intern, st[i])
	}
}

// Layout makes a layout with room for what was seen, and some more.
func (s *Guesses) Layout(p Hashing) *Layout {
	in := intern.New()
	in.Wide = p.Wide
	internAtoms(in, s.sys)
	l := newLayout(in, s.sys.Variables, s.of, s.known, s.wide)
	l.Hashing = p
	return l
}

// internAtoms gives the strings and model values of the text and the config
// their ids, so that few atoms are new during the search.
func internAtoms(in *intern.Table, sys *ir.System) {
	note := func(v value.Value) {
		value.Walk(v, func(part value.Value) {
			if value.IsAtom(part) {
				in.Of(part)
			}
		})
	}
	for _, c := range sys.Constants {
		if c.Value != nil {
			note(c.Value)
		}
	}
	seen := map[*ir.Def]bool{}
	for _, e := range []ir.Expr{sys.Init, sys.Next} {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			if l, ok := x.(*ir.Lit); ok {
				note(l.Value)
			}
			return true
		})
	}
}

// maxWide bounds how often a variable's layout is widened before it is boxed.
const maxWide = 5

// Widen makes room for states that did not fit l.
func (s *Guesses) Widen(l *Layout, overflows []eval.State) {
	s.wide++
	row, packed := make([]int64, l.Slots), make([]uint64, l.Words)
	grown := make([]bool, len(s.of))
	for _, st := range overflows {
		for i := range s.of {
			if !l.fits(i, st[i], row, packed) {
				grown[i] = true
			}
		}
		s.Observe(st)
	}
	for i, g := range s.of {
		if grown[i] {
			g.widen()
		}
	}
}

// fits tells whether variable i can hold v.
func (l *Layout) fits(i int, v value.Value, row []int64, packed []uint64) bool {
	one := &Layout{coder: l.coder, shapes: l.shapes[i : i+1], offs: []int{0}}
	one.fields = l.fields[l.offs[i] : l.offs[i]+l.shapes[i].size]
	one.ends = []int{len(one.fields)} // what is packed is not used
	return one.Encode(eval.State{v}, row, packed)
}

// widen gives everything in g more room than observing alone would.
func (g *guess) widen() {
	if g.wide++; g.wide > maxWide {
		g.seen = kindBoxed
	}
	if g.all != nil {
		g.all.widen()
	}
	for _, e := range g.each {
		e.widen()
	}
}
