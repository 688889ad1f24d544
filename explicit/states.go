package explicit

import (
	"cmp"
	"context"
	"math/rand/v2"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// StatesOptions say which states States visits.
type StatesOptions struct {
	// Limit is the number of places for visited states. Where more are found,
	// each has the same chance to have a place in the end.
	Limit int
	Work  int64 // states to generate, at most, about; 0: no limit
	// Steps are the rounds of loops, evaluations and images of states that this may
	// take, about: they bound the time where states are dear, and are the same on
	// every machine. 0: no limit.
	Steps int64
	// Memory is what the states that are kept may take, in bytes; 0: no limit.
	Memory int64
	// Beam is how many states of a level are explored further, chosen at random
	// from Seed: so the sample goes deep where not all states can be had. 0: all,
	// and of states that a symmetry takes for one then one is visited.
	Beam int
	// Spread has half of the beam chosen so that its states differ; see beam.
	Spread bool
	// Levels is how deep the states visited are, at most. 0: 2000, since a counter
	// that runs on for ever tells nothing new.
	Levels int
	Seed   uint64
	// Begin is called first, and once more whenever the search starts over
	// because a state did not fit: what was visited before does not count then.
	Begin func()
	Visit func(place int, st eval.State)
}

// States visits reachable states of sys, breadth-first, in an order that is always
// the same, and tells whether all were found. A state that is visited at a place
// that was taken takes the place of the one before. What the config
// wants checked is not looked at, its constraints are. The last result is what was
// seen of the actions.
func States(ctx context.Context, sys *ir.System, o StatesOptions) (all bool, seen []trace.Coverage, err error) {
	plain := *sys
	plain.Invariants, plain.Properties, plain.Temporal, plain.View, plain.CheckDeadlock = nil, nil, nil, nil, false
	plain.PostConditions, plain.Possible = nil, nil
	var v *visitor
	r := Check(ctx, &plain, Options{
		Workers: 1, FindSymmetry: o.Beam == 0, effort: effort{o.Work, o.Steps, o.Memory},
		onStart: func() {
			rnd := rand.New(rand.NewPCG(o.Seed, 1))
			v = &visitor{StatesOptions: o, rnd: rnd, beam: beam{o.Beam, o.Spread, rnd}}
			o.Begin()
		},
		onState: func(st func() eval.State) { v.state(st) },
		onFound: func(s *search, found []block) []block { return v.level(s, found) },
	})
	return r.Status == trace.Verified && v != nil && !v.partial, r.Coverage, r.Err
}

// A visitor chooses the states that States visits.
type visitor struct {
	StatesOptions
	seen    int
	levels  int
	rnd     *rand.Rand
	beam    beam
	partial bool
}

func (v *visitor) state(st func() eval.State) {
	place := v.seen
	v.seen++
	if place >= v.Limit {
		if place = v.rnd.IntN(v.seen); place >= v.Limit {
			return
		}
	}
	v.Visit(place, st())
}

const maxLevels = 2000

// level thins out the frontier.
func (v *visitor) level(s *search, found []block) []block {
	if v.levels++; v.levels > cmp.Or(v.Levels, maxLevels) {
		v.partial = true
		return nil
	}
	if v.Beam == 0 {
		return found
	}
	var refs []ref
	for _, b := range found {
		for r := b.From; r < b.Used; r++ {
			refs = append(refs, r)
		}
	}
	if len(refs) <= v.Beam {
		return found
	}
	v.partial = true
	out := make([]block, v.Beam)
	for i, r := range v.beam.choose(s, refs) {
		out[i] = block{From: r, Used: r + 1, To: r + 1}
	}
	return out
}

// An effort bounds a search by counts, none of which depends on the machine: states
// generated, steps that make and check them, and bytes of states kept.
type effort struct{ work, steps, memory int64 }

const (
	askedEvery = 64 // rounds of compiled loops are between two questions whether to go on
	imageSteps = 8  // as many steps take the time that an image of a state does
)

// spent tells whether w, a search's only worker, has come to one of the bounds.
func (e effort) spent(w *worker) bool {
	if e == (effort{}) {
		return false
	}
	s := w.s
	generated := s.generated.Load() + w.generated
	steps := w.asked*askedEvery + int64(w.machine.Steps())
	if s.sym != nil {
		steps += generated * int64(len(s.sym.perms)) * imageSteps
	}
	kept := (s.distinct.Load() + w.fresh) * int64(8*len(w.packed))
	over := func(n, most int64) bool { return most > 0 && n > most }
	return over(generated, e.work) || over(steps, e.steps) || over(kept, e.memory)
}

// enough is why a search ends that States has called.
const enough = "there are enough states"
