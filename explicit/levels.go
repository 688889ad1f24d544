package explicit

import (
	"cmp"
	"runtime/debug"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/trace"
)

// run explores level by level. Where temporal properties are to be looked at in the
// meantime, it pauses.
func (s *search) run() *outcome {
	if s.start.IsZero() {
		s.start = time.Now()
	}
	stop := s.watch()
	defer stop()
	var out *outcome
	if s.level.Load() == 0 {
		s.initial()
		out = s.endLevel(s.stopped.Load())
		s.firstLevel = s.store.Level()
		s.inits = s.stats().Distinct
	}
	for out == nil {
		if s.properties.Early && !s.looked && s.pauses() {
			return &outcome{paused: true}
		}
		s.looked = false
		s.explore()
		why := s.stopped.Load()
		if why != nil && s.saver != nil {
			s.saver.save(s)
		}
		out = s.endLevel(why)
	}
	return out
}

// pauses tells whether temporal properties are to be looked at before the next level.
func (s *search) pauses() bool {
	s.lassos = s.early.due(s)
	return s.lassos || len(s.properties.Live.Safeties) > 0
}

// endLevel makes what was found the next frontier. The result is nil while the
// search goes on. why is what stopped the level; what stops the search only now
// is left to the next level, before the end of which the search is saved.
func (s *search) endLevel(why *string) *outcome {
	found := s.found
	s.found = nil
	out := &outcome{}
	for _, w := range s.workers {
		found = append(found, w.close()...)
		for _, f := range w.findings {
			f.level = int(s.level.Load())
		}
		out.findings = append(out.findings, w.findings...)
	}
	out.overflows = leastOverflows(s.workers)
	slices.SortFunc(found, func(a, b block) int { return int(int64(a.From) - int64(b.From)) })
	if s.opts.onFound != nil {
		found = s.opts.onFound(s, found)
	}
	left := int64(0)
	for _, b := range found {
		left += int64(b.Used - b.From)
	}
	for _, b := range s.unexplored() {
		left += int64(b.Used - b.From)
	}
	if len(found) > 0 {
		s.level.Add(1)
	}
	s.creditLevel(found)
	if s.opts.onLevel != nil {
		s.opts.onLevel(s)
	}
	if !s.properties.KeepGraph {
		s.store.Release(s.store.Level())
	}
	s.frontier = found
	s.store.NextLevel(left > smallLevel)
	if why != nil {
		out.limit = *why
	}
	if out.limit == "" && s.goesOn(out.findings) {
		out.findings = nil
	}
	s.left = left
	if len(found) > 0 && len(out.findings) == 0 && len(out.overflows) == 0 && out.limit == "" {
		return nil
	}
	out.findings = append(s.kept, out.findings...)
	out.counts = s.counts()
	return out
}

// goesOn keeps the findings of a level and tells whether the search goes on for
// others: it is to look for several violations, and there are not enough. A
// property that was violated before is no other one. A checkpoint would not have
// what is kept, so none is written from here on.
func (s *search) goesOn(found []*finding) bool {
	if len(found) == 0 || s.opts.MaxErrors <= 1 {
		return false
	}
	for _, f := range s.least(found) {
		if f.kind == "" || f.kind == trace.AssertFail {
			return false // what the spec has no value for has no next state
		}
		if !slices.ContainsFunc(s.kept, f.same) {
			s.kept = append(s.kept, f)
		}
	}
	for _, w := range s.workers {
		w.findings = nil
	}
	s.torn.Store(true)
	return len(s.kept) < s.opts.MaxErrors
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
	var g parallel.Group
	g.Go(func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		last, before := time.Now(), Stats{}
		for {
			select {
			case <-done:
				return
			case <-s.ctx.Done():
				s.end(answer.OutOfTime)
				return
			case <-tick.C:
			}
			if !s.store.Fits(0) && !s.makeRoom() {
				s.end(store.ErrNoRoom.Error())
				return
			}
			if s.opts.Progress != nil && time.Since(last) >= progressEvery {
				last = time.Now()
				now := s.stats()
				now.Rest = rest(before, now)
				s.opts.Progress(now)
				before = now
			}
		}
	})
	return func() { close(done); g.Wait() }
}

// makeRoom does what can be done to get below the memory limit; false when
// that is not enough.
func (s *search) makeRoom() bool {
	s.store.Spill()
	debug.FreeOSMemory()
	return s.store.Fits(0)
}

// creditLevel counts the states of a finished level for their actions.
func (s *search) creditLevel(level []block) {
	ts := s.workers[0].Tallies
	for _, b := range level {
		for r := b.From; r < b.Used; r++ {
			if has := s.store.Credited(r); has != 0 {
				ts[has-1].Distinct++
			}
		}
	}
}

// due tells whether it is time, and sets the next one.
func (e *early) due(s *search) bool {
	if e.levels == 0 {
		*e = early{cmp.Or(s.opts.early.levels, firstEarlyLevel), cmp.Or(s.opts.early.states, firstEarlyStates)}
	}
	n := s.explored.Load()
	if int(s.level.Load()) < e.levels && n < e.states {
		return false
	}
	e.levels, e.states = max(e.levels, nextEarly*int(s.level.Load())), max(e.states, nextEarly*n)
	return true
}
