package explicit

import (
	"context"
	"errors"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/trace"
)

// A violation of a temporal property may lie in the part of the graph that was
// made already, and the rest may be large, or have no end. So it is looked for
// there, too: now and then, and when a limit has ended the search. A state that
// was not expanded yet has no step there but to stay as it is. Whether an action
// is enabled is asked of the state, not of its steps, so what is fair in the part
// is fair.

// Thresholds of the search for lassos in a part of the graph: levels, explored states,
// and how many times as many there are to be for the next one. A graph with an end
// seldom has so many levels, and one with so many states takes a while anyway.
const (
	firstEarlyLevel  = 1000
	firstEarlyStates = 500_000
	nextEarly        = 8
)

// earlyViolations looks for violations of the temporal properties in the part of the
// graph that was made so far. What cannot be decided there is left to the end.
func (k *check) earlyViolations(s *search, lassos bool) ([]*trace.Violation, error) {
	if len(k.properties.Live.Safeties) > 0 {
		if found, err := k.badPrefixes(s, false); found != nil || err != nil {
			return found, err
		}
	}
	if !lassos || len(k.properties.Temporal) == 0 {
		return nil, nil
	}
	explored, open, err := s.closeEnds()
	defer open()
	if err != nil {
		return nil, nil
	}
	g, err := s.liveGraph(k.properties.Live)
	if err != nil {
		return nil, k.decisive(err)
	}
	s.labelled = explored
	found, err := k.lassosIn(s, g, k.wanted())
	return found, k.decisive(err)
}

// decisive is err when it is one of the spec's, or a bug: whatever the rest of
// the graph is like.
func (k *check) decisive(err error) error {
	var user *diag.Error
	var ours *answer.InternalError
	switch {
	case errors.As(err, &ours):
		return err
	case errors.As(err, &user) && len(user.Diagnostics) > 0 && user.Diagnostics[0].Class != diag.Unsupported && !k.Interrupted(err):
		return err
	}
	return nil
}

// lateTime is for how long a violation is looked for when the time is over.
const lateTime = 2 * time.Second

// atLimit is earlyViolations when a limit has ended the search. Somebody who
// interrupts it does not want that.
func (k *check) atLimit(s *search) ([]*trace.Violation, error) {
	if !k.properties.Early || k.Ctx.Err() != nil && !errors.Is(k.Ctx.Err(), context.DeadlineExceeded) {
		return nil, nil
	}
	if k.Ctx.Err() != nil {
		defer answer.Announce(k.Ending)()
		late, cancel := context.WithTimeout(context.WithoutCancel(k.Ctx), lateTime)
		defer cancel()
		k.Ctx, s.ctx = late, late
		k.Machine.SetContext(late)
		for _, w := range s.workers {
			w.machine.SetContext(late)
		}
	}
	s.stopped.Store(nil)
	return k.earlyViolations(s, true)
}

// closeEnds gives the states that were not expanded records without steps, until
// open is called. The others are explored.
func (s *search) closeEnds() (explored store.RefSet, open func(), err error) {
	explored = store.NewRefSet(s.store.Next())
	var ends []ref
	var to store.StepWriter
	var record []byte
	for r := range s.store.Next() {
		if !s.store.Holds(r) {
			continue
		}
		if s.store.Steps(r) != nil {
			explored.Add(r)
			continue
		}
		record = s.atoms().Append(record[:0], r, nil)
		if err = s.store.PutSteps(&to, r, record); err != nil {
			break
		}
		ends = append(ends, r)
	}
	return explored, func() {
		for _, r := range ends {
			s.store.DropSteps(r)
		}
	}, err
}

// renewFrames gives the workers frames in which nothing is left of the temporal
// properties, so that the search can go on.
func (s *search) renewFrames() {
	for _, w := range s.workers {
		w.fr = s.prog.compiler.NewFrame(w.host())
	}
}

// endEarly makes what was found in a part of the graph the result.
func (k *check) endEarly(s *search, found []*trace.Violation, err error) {
	counts := s.counts()
	k.Res.Counts = &counts
	k.coverage(s)
	k.notes(s)
	k.temporalResult(found, err)
	if k.Res.Status == trace.Violated {
		k.AfterViolation(s.workers[0].machine)
	}
}
