package rows

import (
	"math/rand/v2"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// randomValue makes a value of nesting at most depth.
func randomValue(r *rand.Rand, depth int) value.Value {
	kinds := 9
	if depth == 0 {
		kinds = 4
	}
	several := func(n int) []value.Value {
		vs := make([]value.Value, n)
		for i := range vs {
			vs[i] = randomValue(r, depth-1)
		}
		return vs
	}
	switch r.IntN(kinds) {
	case 0:
		return value.Bool(r.IntN(2) == 0)
	case 1:
		return value.Int(r.IntN(40) - 10)
	case 2:
		return value.NewStr(string(rune('a' + r.IntN(5))))
	case 3:
		return value.NewModel("m" + string(rune('0'+r.IntN(3))))
	case 4:
		return value.NewTuple(several(r.IntN(4)))
	case 5:
		return value.NewRecord([]string{"a", "b"}, several(2))
	case 6:
		return value.NewSet(several(r.IntN(4)))
	}
	if kinds == 9 && r.IntN(2) == 0 { // a domain that varies
		var keys []value.Value
		for i := range 5 {
			if r.IntN(2) == 0 {
				keys = append(keys, value.NewTuple([]value.Value{value.Int(i), value.NewModel("m1")}))
			}
		}
		return value.NewFunc(value.NewSetSorted(keys), several(len(keys)))
	}
	return value.NewFunc(value.Interval(0, 2), several(3))
}

// FuzzLayout checks the laws of a layout made for some states: what was seen
// fits, packing loses nothing, and equal states, and only they, have equal
// rows and fingerprints, whichever half of these is asked.
func FuzzLayout(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		var states []eval.State
		first := eval.State{randomValue(r, 3), randomValue(r, 2)}
		for range 8 {
			st := eval.State{first[0], randomValue(r, 2)}
			if r.IntN(2) == 0 {
				st = eval.State{randomValue(r, 3), randomValue(r, 1)}
			}
			states = append(states, st)
		}
		sm := NewGuesses(&ir.System{Variables: []*ir.Variable{{Name: "x"}, {Name: "y", ID: 1}}})
		for _, st := range states {
			sm.Observe(st)
		}
		for _, p := range []Hashing{{}, {Wide: true}, {Wide: true, Weak: ^uint64(0)}} {
			checkLayout(t, newLayoutFor(sm, p), states)
		}
	})
}

// newLayoutFor makes a layout in which the atoms of the guesses have frozen ids.
func newLayoutFor(g *Guesses, p Hashing) *Layout {
	in := intern.New()
	in.Wide = p.Wide
	for i := range g.intern.Last.Load() {
		if v := g.intern.Value(i + 1); value.IsAtom(v) {
			in.Of(v)
		}
	}
	for _, s := range []string{"a", "b", "c", "d", "e"} {
		in.Of(value.NewStr(s))
	}
	for _, m := range []string{"m0", "m1", "m2"} {
		in.Of(value.NewModel(m))
	}
	l := newLayout(in, g.sys.Variables, g.of, nil, 0)
	l.Hashing = p
	return l
}

func checkLayout(t *testing.T, l *Layout, states []eval.State) {
	t.Helper()
	type seen struct {
		row   []int64
		print fingerprint
	}
	var all []seen
	for _, st := range states {
		row, packed, back := make([]int64, l.Slots), make([]uint64, l.Words), make([]int64, l.Slots)
		if !l.Encode(st, row, packed) {
			t.Fatalf("%s does not fit the layout that was made for it", textOf(st))
		}
		print := l.Fingerprint(row, packed)
		l.Unpack(packed, back)
		if textOf(l.Decode(back)) != textOf(st) {
			t.Fatalf("%s comes back as %s", textOf(st), textOf(l.Decode(back)))
		}
		for i, o := range all {
			same := value.Compare(value.NewTuple(states[i]), value.NewTuple(st)) == 0
			if same != (o.print == print) {
				t.Fatalf("fingerprints of %s and %s", textOf(states[i]), textOf(st))
			}
		}
		all = append(all, seen{row, print})
	}
}
