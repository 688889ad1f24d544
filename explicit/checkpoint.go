package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/explicit/store"
)

// A checkpoint holds a search between two blocks of the frontier: what the
// layout was made from, so that states look as they did; what got a number
// during the search, in the order of the numbers; all fingerprints and parents;
// and of the states still to be explored, or of all when the graph is kept, the
// rows, and then the steps. The table and the compiled program are made anew.
const (
	checkpointMagic  = "lemma checkpoint"
	checkpointFormat = 3
)

// sample writes what the layout is made from.
func (w *frameWriter) sample(sm *sample) {
	w.int(int64(sm.wide))
	for _, g := range sm.guesses {
		w.guess(g)
	}
}

func (r *frameReader) sample(sm *sample) {
	sm.wide = int(r.int())
	for i := range sm.guesses {
		sm.guesses[i] = r.guess(sm.intern)
	}
}

// guess writes a guess, 0 for none.
func (w *frameWriter) guess(g *guess) {
	if g == nil {
		w.int(0)
		return
	}
	w.ints(1, int64(g.seen), int64(g.count), g.lo, g.hi, int64(g.max), int64(g.wide))
	w.values(g.keys)
	w.int(int64(len(g.each)))
	for _, e := range g.each {
		w.guess(e)
	}
	w.guess(g.all)
	if g.elems == nil {
		w.int(0)
		return
	}
	w.int(1)
	w.values(g.elems.vals)
}

func (r *frameReader) guess(in *internTable) *guess {
	if r.int() == 0 {
		return nil
	}
	g := &guess{seen: kind(r.int()), count: int(r.int()), lo: r.int(), hi: r.int(), max: int(r.int()), wide: int(r.int())}
	g.keys = r.values()
	for n := r.int(); n > 0 && r.err == nil; n-- {
		g.each = append(g.each, r.guess(in))
	}
	g.all = r.guess(in)
	if r.int() != 0 {
		g.elems = &pool{ids: map[id]bool{}}
		for _, v := range r.values() {
			g.elems.add(in, v)
		}
	}
	return g
}

// signature tells layouts apart that do not mean the same by a packed state.
func (s *search) signature() []int64 {
	sig := []int64{int64(s.words), int64(s.slots), s.intern.frozen, int64(len(s.dicts())), int64(len(s.workers[0].tallies))}
	for _, f := range s.fields {
		sig = append(sig, f.bias, int64(f.width), int64(f.word), int64(f.shift))
	}
	return sig
}

// dicts are the dicts whose bits stand in packed states.
func (s *search) dicts() []*dict {
	var ds []*dict
	for _, l := range s.loose {
		if l.dict != nil && !slices.Contains(ds, l.dict) {
			ds = append(ds, l.dict)
		}
	}
	return ds
}

// search writes a search whose workers pause.
func (w *frameWriter) search(s *search) {
	sig := s.signature()
	w.int(int64(len(sig)))
	w.ints(sig...)
	at := s.store.Place()
	w.ints(int64(s.level), int64(s.firstLevel), int64(at.Level), int64(at.Block), int64(at.Next))
	w.ints(s.generated.Load(), s.explored.Load(), s.distinct.Load())
	w.numbered(s)
	w.registers(s.workers[0])
	w.tallies(s)
	w.doubts(s)
	left, found := s.unexplored(), s.foundBlocks()
	w.blocks(left)
	w.blocks(found)
	w.states(s.store)
	if s.goals.keepGraph {
		w.rows(s.store, s.spans())
		w.steps(s)
	} else {
		w.rows(s.store, left)
		w.rows(s.store, found)
	}
	for _, b := range found {
		for r := b.From; r < b.Used; r++ {
			w.int(int64(s.store.Credited(r)))
		}
	}
}

// restore reads what search wrote into a search that has not begun.
func (r *frameReader) restore(s *search) error {
	sig := make([]int64, min(r.int(), 1<<20))
	for i := range sig {
		sig[i] = r.int()
	}
	if r.err == nil && !slices.Equal(sig, s.signature()) {
		return errOtherLayout
	}
	s.level, s.firstLevel = int(r.int()), ref(r.int())
	at := store.Place{Level: ref(r.int()), Block: ref(r.int()), Next: ref(r.int())}
	s.generated.Store(r.int())
	s.explored.Store(r.int())
	s.distinct.Store(r.int())
	r.numbered(s)
	r.registers(s)
	r.tallies(s.workers[0])
	r.doubts(s)
	s.frontier, s.found = r.blocks(), r.blocks()
	if r.err != nil {
		return r.err
	}
	if err := r.states(s.store, at); err != nil {
		return err
	}
	if s.goals.keepGraph {
		r.rows(s.store, s.spans())
		r.steps(s)
	} else {
		r.rows(s.store, s.frontier)
		r.rows(s.store, s.found)
	}
	for _, b := range s.found {
		for i := b.From; i < b.Used; i++ {
			s.store.Credit(i, int(r.int())-1)
		}
	}
	return r.err
}

// numbered writes the values that got an id or a bit during the search.
func (w *frameWriter) numbered(s *search) {
	last := s.intern.last.Load()
	w.int(last - s.intern.frozen)
	for i := s.intern.frozen + 1; i <= last; i++ {
		w.value(s.intern.value(i))
	}
	for _, d := range s.dicts() {
		w.values(d.now.Load().vals[d.frozen:])
	}
}

// numbered gives values their numbers again. An id whose value was not spelled
// out is in no state; it stays without a value.
func (r *frameReader) numbered(s *search) {
	for n := r.int(); n > 0 && r.err == nil; n-- {
		if v := r.value(); v != nil {
			s.intern.of(v)
		} else {
			s.intern.alloc(s.intern.last.Add(1))
		}
	}
	for _, d := range s.dicts() {
		if vals := r.values(); len(vals) > 0 && r.err == nil {
			d.now.Store(d.view(append(slices.Clone(d.now.Load().vals), vals...)))
		}
	}
}

func (w *frameWriter) registers(run *runner) {
	regs := run.machine.Registers()
	w.int(int64(len(regs)))
	for i, v := range regs {
		w.value(i)
		w.value(v)
	}
}

func (r *frameReader) registers(s *search) {
	for n := r.int(); n > 0 && r.err == nil; n-- {
		i, v := r.value(), r.value()
		for _, w := range s.workers {
			w.machine.SetRegister(i, v)
		}
	}
}

// tallies writes what the workers counted, added up.
func (w *frameWriter) tallies(s *search) {
	sum := newCoverage(len(s.workers[0].tallies))
	for _, run := range s.workers {
		for i, t := range run.tallies {
			sum.tallies[i].generated += t.generated
			sum.tallies[i].distinct += t.distinct
		}
		sum.degrees.add(run.degrees)
	}
	for _, t := range sum.tallies {
		w.ints(t.generated, t.distinct)
	}
	w.ints(sum.degrees.states, sum.degrees.steps, sum.degrees.min, sum.degrees.max)
}

func (r *frameReader) tallies(run *runner) {
	for i := range run.tallies {
		run.tallies[i] = tally{generated: r.int(), distinct: r.int()}
	}
	run.degrees = degrees{states: r.int(), steps: r.int(), min: r.int(), max: r.int()}
}

// doubts writes the doubts that no worker has dispelled.
func (w *frameWriter) doubts(s *search) {
	open := s.workers[0].doubts
	for _, run := range s.workers[1:] {
		open = slices.DeleteFunc(slices.Clone(open), func(i int) bool { return !slices.Contains(run.doubts, i) })
	}
	w.int(int64(len(open)))
	for _, i := range open {
		w.int(int64(i))
	}
}

func (r *frameReader) doubts(s *search) {
	var open doubts
	for n := r.int(); n > 0 && r.err == nil; n-- {
		open = append(open, int(r.int()))
	}
	for _, run := range s.workers {
		run.doubts = slices.Clone(open)
	}
}

func (w *frameWriter) blocks(bs []block) {
	w.int(int64(len(bs)))
	for _, b := range bs {
		w.ints(int64(b.From), int64(b.Used), int64(b.To))
	}
}

func (r *frameReader) blocks() []block {
	var bs []block
	for n := r.int(); n > 0 && r.err == nil; n-- {
		bs = append(bs, block{From: ref(r.int()), Used: ref(r.int()), To: ref(r.int())})
	}
	return bs
}

// states writes the fingerprints and parents of all states.
func (w *frameWriter) states(s *store.Store) {
	for _, x := range s.Spans() {
		w.words(x.Firsts)
		w.words(x.Seconds)
		w.refs(x.Parents)
	}
}

// states reads them and makes the table.
func (r *frameReader) states(s *store.Store, at store.Place) error {
	return s.Restore(at, func(x store.Span) error {
		r.words(x.Firsts)
		r.words(x.Seconds)
		r.refs(x.Parents)
		return r.err
	})
}

// rows writes the packed states of blocks.
func (w *frameWriter) rows(s *store.Store, bs []block) {
	for _, b := range bs {
		for i := b.From; i < b.Used; i++ {
			w.words(s.Row(i))
		}
	}
}

func (r *frameReader) rows(s *store.Store, bs []block) {
	for _, b := range bs {
		for i := b.From; i < b.Used; i++ {
			r.words(s.Row(i))
		}
	}
}

// steps writes, for each state, the number of its steps plus one and the states
// that they lead to; zero for one that was not explored.
func (w *frameWriter) steps(s *search) {
	if !s.store.KeepsSteps() {
		return
	}
	for _, b := range s.spans() {
		for r := b.From; r < b.Used; r++ {
			record := s.store.Steps(r)
			if record == nil {
				w.int(0)
				continue
			}
			steps := s.atoms().Open(r, record)
			w.int(int64(steps.N) + 1)
			for i := range steps.N {
				w.int(int64(steps.To(i)) - int64(r))
			}
		}
	}
}

func (r *frameReader) steps(s *search) {
	if !s.store.KeepsSteps() {
		return
	}
	w := s.workers[0]
	for _, b := range s.spans() {
		for from := b.From; from < b.Used && r.err == nil; from++ {
			n := r.int() - 1
			if n < 0 {
				continue
			}
			w.targets = w.targets[:0]
			for ; n > 0 && r.err == nil; n-- {
				w.targets = append(w.targets, ref(int64(from)+r.int()))
			}
			w.record = s.atoms().Append(w.record[:0], from, w.targets)
			if err := s.store.PutSteps(&w.steps, from, w.record); err != nil {
				r.fail(err)
			}
		}
	}
}

// foundBlocks are the blocks of the next level so far.
func (s *search) foundBlocks() []block {
	found := slices.Clone(s.found)
	for _, w := range s.workers {
		found = append(found, w.blocks...)
		if w.block.Used > w.block.From {
			found = append(found, w.block)
		}
	}
	return found
}

// spans are all refs that were handed out.
func (s *search) spans() []block {
	var bs []block
	for _, x := range s.store.Spans() {
		bs = append(bs, x.Block)
	}
	return bs
}
