package rows

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/symmetry"
	"github.com/lemma-mc/lemma/value"
)

// FuzzPermutation checks that the image of a row is the row of the image, and
// that a hashed image has the image's fingerprint, of frozen values and
// of others.
func FuzzPermutation(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 2))
		sm := NewGuesses(&ir.System{Variables: []*ir.Variable{{Name: "x"}, {Name: "y", ID: 1}, {Name: "z", ID: 2}, {Name: "q", ID: 3}}})
		first := randomValue(r, 3)
		keys := []string{"m0", "m1", "m2"}[:2+r.IntN(2)]
		if r.IntN(3) == 0 {
			keys = []string{"m1", "m2"} // which the permutation takes elsewhere
		}
		random := func() eval.State {
			x := first
			if r.IntN(2) == 0 {
				x = randomValue(r, 3)
			}
			return eval.State{x, value.NewSet([]value.Value{randomValue(r, 1), randomValue(r, 1)}), randomBag(r), randomQueue(r, keys)}
		}
		for range 6 {
			sm.Observe(random())
		}
		l := newLayoutFor(sm, Hashing{})
		to := map[value.Value]value.Value{value.NewModel("m0"): value.NewModel("m1"), value.NewModel("m1"): value.NewModel("m0")}
		if r.IntN(2) == 0 {
			to[value.NewStr("a")], to[value.NewStr("b")] = value.NewStr("b"), value.NewStr("a")
		}
		p := NewPermutation(symmetry.NewPermutation(to), &View{l: l, shown: l.all})
		l.intern.Freeze()
		for range 6 {
			checkImage(t, l, p, random())
		}
	})
}

// randomBag makes a function of some model values, and pairs with one.
func randomBag(r *rand.Rand) value.Value {
	var keys, vals []value.Value
	for i := range 6 {
		if r.IntN(2) == 0 {
			continue
		}
		var key value.Value = value.NewModel("m" + strconv.Itoa(i%3))
		if i >= 3 {
			key = value.NewTuple([]value.Value{key, value.Int(r.IntN(9))})
		}
		keys, vals = append(keys, key), append(vals, randomValue(r, r.IntN(2)))
	}
	return value.FuncOf(keys, vals)
}

// randomQueue makes a sequence of functions from the keys, of a number, a model
// value and a set each.
func randomQueue(r *rand.Rand, keys []string) value.Value {
	elems := make([]value.Value, r.IntN(4))
	for i := range elems {
		var ks, vs []value.Value
		for _, k := range keys {
			m := value.NewModel("m" + strconv.Itoa(r.IntN(3)))
			ks = append(ks, value.NewModel(k))
			vs = append(vs, value.NewRecord([]string{"n", "p", "s"}, []value.Value{value.Int(r.IntN(5)), m, value.NewSet([]value.Value{m})}))
		}
		elems[i] = value.FuncOf(ks, vs)
	}
	return value.NewTuple(elems)
}

func checkImage(t *testing.T, l *Layout, p *Permutation, st eval.State) {
	t.Helper()
	rows := func() (row []int64, packed []uint64) { return make([]int64, l.Slots), make([]uint64, l.Words) }
	row, packed := rows()
	if !l.Encode(st, row, packed) {
		return
	}
	image, hashed := eval.State(p.Values(st)), make([]int64, l.Slots)
	var print fingerprint
	known := l.intern.Last.Load()
	made := succeeds(func() {
		extra := p.hashedImage(row, hashed)
		first, _ := l.halves(p.shown, hashed, packed)
		print = l.join(first+extra, 0)
	})
	if l.intern.Last.Load() != known && len(p.rest) == 0 {
		t.Errorf("the hashed image of %s is in the table of values", textOf(st))
	}
	want, packed := rows()
	if !l.Encode(image, want, packed) {
		return
	}
	if image := l.fingerprintOf(l.all, want, packed); !made || print != image {
		t.Errorf("the hashed image of %s has print %x, its image %x", textOf(st), print, image)
	}
	got, _ := rows()
	if !succeeds(func() { p.Permute(row, got) }) || textOf(l.Decode(got)) != textOf(image) {
		t.Errorf("%s becomes %s", textOf(st), textOf(image))
	}
}

// succeeds tells whether f does not bail out.
func succeeds(f func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
		}
	}()
	f()
	return true
}

// BenchmarkPermuteIDs permutes values that are new each time, as a set of
// messages is in nearly every state.
func BenchmarkPermuteIDs(b *testing.B) {
	in := intern.New()
	x, y := value.NewModel("x"), value.NewModel("y")
	p := &Permutation{Permutation: symmetry.NewPermutation(map[value.Value]value.Value{x: y, y: x}), in: in}
	i := 0
	for b.Loop() {
		p.id(in.Of(value.NewTuple([]value.Value{x, value.Int(i)})))
		i++
	}
}
