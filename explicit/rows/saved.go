package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/internal/framed"
)

// What a checkpoint must hold for rows to mean the same again.

// Save writes what the layout is made from.
func (s *Guesses) Save(w *framed.Writer) {
	w.Int(int64(s.wide))
	for _, g := range s.of {
		saveGuess(w, g)
	}
}

// Load is the inverse of Save.
func (s *Guesses) Load(r *framed.Reader) {
	s.wide = int(r.Int())
	for i := range s.of {
		s.of[i] = loadGuess(r, s.intern)
	}
}

// saveGuess writes a guess, 0 for none.
func saveGuess(w *framed.Writer, g *guess) {
	if g == nil {
		w.Int(0)
		return
	}
	w.Ints(1, int64(g.seen), int64(g.count), g.lo, g.hi, int64(g.max), int64(g.wide))
	w.Values(g.keys)
	w.Int(int64(len(g.each)))
	for _, e := range g.each {
		saveGuess(w, e)
	}
	saveGuess(w, g.all)
	if g.elems == nil {
		w.Int(0)
		return
	}
	w.Int(1)
	w.Values(g.elems.vals)
}

func loadGuess(r *framed.Reader, in *intern.Table) *guess {
	if r.Int() == 0 {
		return nil
	}
	g := &guess{seen: kind(r.Int()), count: int(r.Int()), lo: r.Int(), hi: r.Int(), max: int(r.Int()), wide: int(r.Int())}
	g.keys = r.Values()
	for n := r.Int(); n > 0 && r.Err() == nil; n-- {
		g.each = append(g.each, loadGuess(r, in))
	}
	g.all = loadGuess(r, in)
	if r.Int() != 0 {
		g.elems = &pool{ids: map[id]bool{}}
		for _, v := range r.Values() {
			g.elems.add(in, v)
		}
	}
	return g
}

// Signature tells layouts apart that do not mean the same by a packed state.
func (l *Layout) Signature() []int64 {
	sig := []int64{int64(l.Words), int64(l.Slots), l.intern.Frozen, int64(len(l.unfrozenDicts()))}
	for _, f := range l.fields {
		sig = append(sig, f.bias, int64(f.width), int64(f.word), int64(f.shift))
	}
	return sig
}

// unfrozenDicts are the dicts whose bits stand in packed states.
func (l *Layout) unfrozenDicts() []*dict {
	var ds []*dict
	for _, s := range l.unfrozen {
		if s.dict != nil && !slices.Contains(ds, s.dict) {
			ds = append(ds, s.dict)
		}
	}
	return ds
}

// Freeze declares the ids and bits handed out so far the same in every run.
func (l *Layout) Freeze() { l.intern.Freeze() }

// Save writes the values that got an id or a bit since Freeze.
func (l *Layout) Save(w *framed.Writer) {
	last := l.intern.Last.Load()
	w.Int(last - l.intern.Frozen)
	for i := l.intern.Frozen + 1; i <= last; i++ {
		w.Value(l.intern.Value(i))
	}
	for _, d := range l.unfrozenDicts() {
		w.Values(d.now.Load().vals[d.frozen:])
	}
}

// Load gives values their numbers again. An id whose value was not spelled
// out is in no state; it stays without a value.
func (l *Layout) Load(r *framed.Reader) {
	for n := r.Int(); n > 0 && r.Err() == nil; n-- {
		if v := r.Value(); v != nil {
			l.intern.Of(v)
		} else {
			l.intern.Skip()
		}
	}
	for _, d := range l.unfrozenDicts() {
		if vals := r.Values(); len(vals) > 0 && r.Err() == nil {
			d.now.Store(d.view(append(slices.Clone(d.now.Load().vals), vals...)))
		}
	}
}
