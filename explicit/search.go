package explicit

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A search is one breadth-first exploration under one layout. It ends with the
// state space explored, with a level on which something was violated, at a
// limit, or with states that do not fit the layout.
type search struct {
	ctx   context.Context
	sys   *ir.System
	opts  Options
	goals *goals
	prog  *program
	*layout
	store   *stateStore
	sym     *symmetry // nil for none
	workers []*runner

	level      int     // of the states that are explored, from 1
	firstLevel ref     // the refs of initial states are below it
	frontier   []block // their refs
	generated  atomic.Int64
	explored   atomic.Int64
	nextBlock  atomic.Int64
	stopped    atomic.Pointer[string] // why the search ended early
	start      time.Time
}

// An outcome is how a search ended.
type outcome struct {
	findings []*finding   // on the level that was last explored
	misfits  []eval.State // states that the layout cannot hold
	limit    string       // the limit that was reached, or ""
	counts   trace.Counts
}

// smallLevel is the number of states up to which a level is left to one worker.
const smallLevel = 256

// run explores level by level.
func (s *search) run() *outcome {
	s.start = time.Now()
	stop := s.watch()
	defer stop()
	first := s.workers[0]
	s.store.world.RLock()
	first.initial()
	s.store.world.RUnlock()
	out := s.endLevel()
	s.firstLevel = s.store.level
	for out == nil {
		s.explore()
		out = s.endLevel()
	}
	return out
}

// explore expands all states of the frontier.
func (s *search) explore() {
	s.nextBlock.Store(0)
	n := 0
	for _, b := range s.frontier {
		n += int(b.used - b.from)
	}
	if n <= smallLevel {
		s.workers[0].work()
		return
	}
	var wg sync.WaitGroup
	for _, w := range s.workers {
		wg.Go(w.work)
	}
	wg.Wait()
}

// endLevel makes what was found the next frontier. The result is nil while the
// search goes on.
func (s *search) endLevel() *outcome {
	var found []block
	out := &outcome{}
	for _, w := range s.workers {
		found = append(found, w.close()...)
		out.findings = append(out.findings, w.findings...)
		out.misfits = append(out.misfits, w.misfits...)
	}
	slices.SortFunc(found, func(a, b block) int { return int(int64(a.from) - int64(b.from)) })
	left := int64(0)
	for _, b := range found {
		left += int64(b.used - b.from)
	}
	for _, b := range s.frontier[min(int(s.nextBlock.Load()), len(s.frontier)):] {
		left += int64(b.used - b.from)
	}
	if len(found) > 0 {
		s.level++
	}
	s.creditLevel(found)
	if !s.goals.keepGraph {
		s.store.release(s.store.level)
	}
	s.frontier = found
	s.store.nextLevel(left)
	if why := s.stopped.Load(); why != nil {
		out.limit = *why
	}
	if len(found) > 0 && len(out.findings) == 0 && len(out.misfits) == 0 && out.limit == "" {
		return nil
	}
	out.counts = trace.Counts{Generated: s.generated.Load(), Distinct: s.store.distinct.Load(), Left: left, Depth: s.level}
	return out
}

// Poll times of the watcher.
const (
	watchEvery    = 50 * time.Millisecond
	progressEvery = time.Second
)

// watch looks after the limits and reports progress until the result is
// called.
func (s *search) watch() (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		last, before := time.Now(), Stats{}
		for {
			select {
			case <-done:
				return
			case <-s.ctx.Done():
				s.end("the time limit was reached, or the run was cancelled")
				return
			case <-tick.C:
			}
			if s.opts.Memory > 0 && memoryInUse() > s.opts.Memory {
				s.end("the memory limit was reached")
				return
			}
			if s.opts.Progress != nil && time.Since(last) >= progressEvery {
				last = time.Now()
				now := s.stats()
				now.Rest = rest(before, now)
				before = now
				s.opts.Progress(now)
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

func memoryInUse() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

func (s *search) end(why string) { s.stopped.CompareAndSwap(nil, &why) }

func (s *search) stats() Stats {
	d := s.store.distinct.Load()
	return Stats{
		Generated: s.generated.Load(), Distinct: d, Queue: d - s.explored.Load(),
		Depth: s.level, Elapsed: time.Since(s.start),
	}
}
