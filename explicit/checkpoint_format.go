package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/explicit/checkpoint"
	"github.com/lemma-mc/lemma/explicit/coverage"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/framed"
)

// A checkpoint holds a search between two blocks of the frontier: what the
// layout was made from, so that states look as they did; what got a number
// during the search, in the order of the numbers; all fingerprints and parents;
// and of the states still to be explored, or of all when the graph is kept, the
// rows, and then the steps. The table and the compiled program are made anew.

// A recorder writes a search to a checkpoint, a player reads it.
type (
	recorder struct{ *framed.Writer }
	player   struct{ *framed.Reader }
)

// search writes a search whose workers pause.
func (w *recorder) search(s *search) {
	sig := append(s.Signature(), int64(len(s.workers[0].Tallies)))
	w.Int(int64(len(sig)))
	w.Ints(sig...)
	at := s.store.Place()
	w.Ints(s.level.Load(), int64(s.firstLevel), int64(at.Level), int64(at.Block), int64(at.Next))
	w.Ints(s.generated.Load(), s.explored.Load(), s.distinct.Load())
	s.Save(w.Writer)
	w.registers(s.workers[0])
	w.tallies(s)
	w.unwitnessed(s)
	left, found := s.unexplored(), s.foundBlocks()
	w.blocks(left)
	w.blocks(found)
	w.states(s.store)
	if s.properties.KeepGraph {
		w.rows(s.store, s.spans())
		w.steps(s)
	} else {
		w.rows(s.store, left)
		w.rows(s.store, found)
	}
	for _, b := range found {
		for r := b.From; r < b.Used; r++ {
			w.Int(int64(s.store.Credited(r)))
		}
	}
}

// restore reads what search wrote into a search that has not begun.
func (r *player) restore(s *search) error {
	sig := make([]int64, min(r.Int(), 1<<20))
	for i := range sig {
		sig[i] = r.Int()
	}
	if r.Err() == nil && !slices.Equal(sig, append(s.Signature(), int64(len(s.workers[0].Tallies)))) {
		return checkpoint.ErrOtherVersion
	}
	s.level.Store(r.Int())
	s.firstLevel = ref(r.Int())
	at := store.Place{Level: ref(r.Int()), Block: ref(r.Int()), Next: ref(r.Int())}
	s.generated.Store(r.Int())
	s.explored.Store(r.Int())
	s.distinct.Store(r.Int())
	s.Load(r.Reader)
	r.registers(s)
	r.tallies(s.workers[0])
	r.unwitnessed(s)
	s.frontier, s.found = r.blocks(), r.blocks()
	if r.Err() != nil {
		return r.Err()
	}
	if err := r.states(s.store, at); err != nil {
		return err
	}
	if s.properties.KeepGraph {
		r.rows(s.store, s.spans())
		r.steps(s)
	} else {
		r.rows(s.store, s.frontier)
		r.rows(s.store, s.found)
	}
	for _, b := range s.found {
		for i := b.From; i < b.Used; i++ {
			s.store.Credit(i, int(r.Int())-1)
		}
	}
	return r.Err()
}

func (w *recorder) registers(run *worker) {
	regs := run.machine.Registers()
	w.Int(int64(len(regs)))
	for i, v := range regs {
		w.Value(i)
		w.Value(v)
	}
}

func (r *player) registers(s *search) {
	for n := r.Int(); n > 0 && r.Err() == nil; n-- {
		i, v := r.Value(), r.Value()
		for _, w := range s.workers {
			w.machine.SetRegister(i, v)
		}
	}
}

// tallies writes what the workers counted, added up.
func (w *recorder) tallies(s *search) {
	sum := coverage.New(len(s.workers[0].Tallies))
	for _, run := range s.workers {
		for i, t := range run.Tallies {
			sum.Tallies[i].Generated += t.Generated
			sum.Tallies[i].Distinct += t.Distinct
		}
		sum.Degrees.Add(run.Degrees)
	}
	for _, t := range sum.Tallies {
		w.Ints(t.Generated, t.Distinct)
	}
	w.Ints(sum.Degrees.States, sum.Degrees.Steps, sum.Degrees.Min, sum.Degrees.Max)
}

func (r *player) tallies(run *worker) {
	for i := range run.Tallies {
		run.Tallies[i] = answer.Tally{Generated: r.Int(), Distinct: r.Int()}
	}
	run.Degrees = coverage.Degrees{States: r.Int(), Steps: r.Int(), Min: r.Int(), Max: r.Int()}
}

// unwitnessed writes the conditions that no worker has seen to hold.
func (w *recorder) unwitnessed(s *search) {
	open := s.workers[0].unwitnessed
	for _, run := range s.workers[1:] {
		open = slices.DeleteFunc(slices.Clone(open), func(i int) bool { return !slices.Contains(run.unwitnessed, i) })
	}
	w.Int(int64(len(open)))
	for _, i := range open {
		w.Int(int64(i))
	}
}

func (r *player) unwitnessed(s *search) {
	var open unwitnessed
	for n := r.Int(); n > 0 && r.Err() == nil; n-- {
		open = append(open, int(r.Int()))
	}
	for _, run := range s.workers {
		run.unwitnessed = slices.Clone(open)
	}
}

func (w *recorder) blocks(bs []block) {
	w.Int(int64(len(bs)))
	for _, b := range bs {
		w.Ints(int64(b.From), int64(b.Used), int64(b.To))
	}
}

func (r *player) blocks() []block {
	var bs []block
	for n := r.Int(); n > 0 && r.Err() == nil; n-- {
		bs = append(bs, block{From: ref(r.Int()), Used: ref(r.Int()), To: ref(r.Int())})
	}
	return bs
}

// states writes the fingerprints and parents of all states.
func (w *recorder) states(s *store.Store) {
	for _, x := range s.Spans() {
		w.Words(x.Firsts)
		w.Words(x.Seconds)
		w.Refs(x.Parents)
	}
}

// states reads them and makes the table.
func (r *player) states(s *store.Store, at store.Place) error {
	return s.Restore(at, func(x store.Span) error {
		r.Words(x.Firsts)
		r.Words(x.Seconds)
		r.Refs(x.Parents)
		return r.Err()
	})
}

// rows writes the packed states of blocks.
func (w *recorder) rows(s *store.Store, bs []block) {
	for _, b := range bs {
		for i := b.From; i < b.Used; i++ {
			w.Words(s.Row(i))
		}
	}
}

func (r *player) rows(s *store.Store, bs []block) {
	for _, b := range bs {
		for i := b.From; i < b.Used; i++ {
			r.Words(s.Row(i))
		}
	}
}

// steps writes, for each state, the number of its steps plus one and the states
// that they lead to; zero for one that was not explored.
func (w *recorder) steps(s *search) {
	if !s.store.KeepsSteps() {
		return
	}
	for _, b := range s.spans() {
		for r := b.From; r < b.Used; r++ {
			record := s.store.Steps(r)
			if record == nil {
				w.Int(0)
				continue
			}
			steps := s.atoms().Open(r, record)
			w.Int(int64(steps.N) + 1)
			for i := range steps.N {
				w.Int(int64(steps.To(i)) - int64(r))
			}
		}
	}
}

func (r *player) steps(s *search) {
	if !s.store.KeepsSteps() {
		return
	}
	w := s.workers[0]
	for _, b := range s.spans() {
		for from := b.From; from < b.Used && r.Err() == nil; from++ {
			n := r.Int() - 1
			if n < 0 {
				continue
			}
			w.targets = w.targets[:0]
			for ; n > 0 && r.Err() == nil; n-- {
				w.targets = append(w.targets, ref(int64(from)+r.Int()))
			}
			w.record = s.atoms().Append(w.record[:0], from, w.targets)
			if err := s.store.PutSteps(&w.steps, from, w.record); err != nil {
				r.Fail(err)
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
