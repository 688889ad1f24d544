package explicit

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"
)

// eachBlock is the number of states that a worker takes at once.
const eachBlock = 256

// eachState has the workers call f for all states.
func (s *search) eachState(f func(*worker, ref) error) error {
	return s.each(int(s.store.Next()), func(i int) ref { return ref(i) }, func(w *worker, _ int, r ref) error { return f(w, r) })
}

// each has the workers call f for i and the states at(i), for i in 0..n-1, leaving out refs
// that no state has. Of several errors it returns that of the state with the
// least fingerprint, whoever met it.
func (s *search) each(n int, at func(int) ref, f func(w *worker, i int, r ref) error) error {
	type failure struct {
		print fingerprint
		err   error
	}
	failures := make([]failure, len(s.workers))
	var next atomic.Int64
	var least atomic.Uint64 // first half of the fingerprints of the states that failed
	least.Store(math.MaxUint64)
	work := func(w *worker, mine *failure) {
		for from := 0; ; {
			from = int(next.Add(eachBlock)) - eachBlock
			if from >= n || s.ctx.Err() != nil {
				return
			}
			for i := from; i < min(n, from+eachBlock); i++ {
				r := at(i)
				if !s.store.Holds(r) || s.store.First(r) > least.Load() {
					continue
				}
				print := s.store.Print(r)
				if mine.err != nil && !print.Less(mine.print) {
					continue
				}
				if err := f(w, i, r); err != nil {
					*mine = failure{print, err}
					lower(&least, print.First)
				}
			}
		}
	}
	for i, w := range s.workers {
		if !s.prog.compiler.Fits(w.fr) { // it needs room for the atoms
			w.fr = s.prog.compiler.NewFrame(w.host())
		}
		failures[i].print = fingerprint{First: math.MaxUint64, Second: math.MaxUint64}
	}
	if n <= eachBlock {
		work(s.workers[0], &failures[0])
	} else {
		s.pool.Do(func(i int) { work(s.workers[i], &failures[i]) })
	}
	first := slices.MinFunc(failures, func(a, b failure) int { return a.print.Compare(b.print) })
	return cmp.Or(first.err, s.ctx.Err())
}

// lower makes x the value of v when it is less.
func lower(v *atomic.Uint64, x uint64) {
	for old := v.Load(); x < old && !v.CompareAndSwap(old, x); old = v.Load() {
	}
}
