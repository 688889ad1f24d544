package sample

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A how says how much is sampled of one instance.
type how struct {
	states int   // kept
	work   int64 // states generated
	beam   int   // states of a level that are explored further; 0: all
	spread bool  // half of these differ
	levels int   // how deep it goes; 0: as deep as there are states
	steps  int64 // that make them; see explicit.StatesOptions
	memory int64 // bytes that they take; 0: mostMemory
}

// The instances that are proved with matter most. Of all, everything is explored
// if that can be done; otherwise a beam goes deep. All bounds are counts, so that a
// seed gives one sample on every machine, however busy. A machine with nothing else
// to do takes some ten seconds at most for what they allow, and seldom more than one.
var (
	most = how{states: 100_000, work: 4_000_000, steps: 400_000_000}
	part = how{states: 40_000, work: 200_000, steps: 200_000_000}
	deep = how{states: 20_000, work: 500_000, beam: 400, steps: 200_000_000}
	more = how{states: 8_000, work: 40_000, steps: 30_000_000}
	away = how{states: 8_000, work: 40_000, beam: 100, steps: 100_000_000}
	thin = how{states: 20_000, work: 100_000, beam: 40, spread: true, steps: 100_000_000}
)

// mostMemory is what the states of one instance may take.
const mostMemory = 1 << 30

// levels is how deep instances are sampled that the config's constraints would
// bound: what there is no end of makes large states.
const levels = 50

// Few samples the instances of sys with as many members of each set as a search
// begins with, side by side, or with those of the config where so few have no
// behaviour. No set is empty. It fails where the first instance cannot be
// sampled, or when ctx ends.
func Few(ctx context.Context, sys *ir.System, seed uint64) ([]*Set, error) {
	instances := few(ctx, sys)
	if len(instances) == 0 {
		return nil, errNoInstance
	}
	sets, errs := collectAll(ctx, instances, most, deep, seed)
	if errs[0] == errNone {
		sets, errs = collectAll(ctx, configured(ctx, sys), most, deep, seed)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if errs[0] == errNone {
		return nil, vacuous(sys)
	}
	return present(sets), errs[0]
}

var errNoInstance = errors.New("no small values of the constants were found with which the assumptions hold")

// Small samples the instances of Few, less of each.
func Small(ctx context.Context, sys *ir.System, seed uint64) ([]*Set, error) {
	instances := few(ctx, sys)
	if len(instances) == 0 {
		return nil, errNoInstance
	}
	sets, errs := collectAll(ctx, instances, more, away, seed)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return present(sets), errs[0]
}

// Many samples instances with more members of each set.
func Many(ctx context.Context, sys *ir.System, seed uint64) ([]*Set, error) {
	sets, _ := collectAll(ctx, many(ctx, sys), more, away, seed)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return present(sets), nil
}

// Far samples the instances of Many deeper and less broadly: an election among five
// takes a dozen steps, which broad samples do not reach.
func Far(ctx context.Context, sys *ir.System, seed uint64) ([]*Set, error) {
	sets, _ := collectAll(ctx, many(ctx, sys), more, thin, seed)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return present(sets), nil
}

// Next samples instances with one member more of each set than those of Few.
func Next(ctx context.Context, sys *ir.System, seed uint64) ([]*Set, error) {
	sets, _ := collectAll(ctx, next(ctx, sys), most, deep, seed)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return present(sets), nil
}

// collectAll samples instances side by side.
func collectAll(ctx context.Context, instances []small, whole, beam how, seed uint64) ([]*Set, []error) {
	sets := make([]*Set, len(instances))
	errs := make([]error, len(instances))
	var wg sync.WaitGroup
	for i, in := range instances {
		wg.Go(func() {
			first, then := whole, beam
			if in.free { // seldom all can be had: why else would there be constraints
				first = part
				first.steps = min(first.steps, whole.steps)
				first.levels, then.levels = levels, levels
			}
			if sets[i], errs[i] = one(ctx, in.Instance, first, then, seed); errs[i] != nil {
				sets[i] = nil
				return
			}
			sets[i].Unconstrained = in.free
			sets[i].Whole = sets[i].Whole && !in.restricted
		})
	}
	wg.Wait()
	return sets, errs
}

// present are the sets that could be sampled.
func present(sets []*Set) []*Set {
	return slices.DeleteFunc(sets, func(s *Set) bool { return s == nil })
}

// one samples one instance: all states if there are few enough, else a beam, which is
// spread where a step of some action is rare.
func one(ctx context.Context, in *ir.Instance, whole, beam how, seed uint64) (*Set, error) {
	set, err := Collect(ctx, in, whole, seed)
	if err != nil || set.All || ctx.Err() != nil {
		return set, err
	}
	other, err := Collect(ctx, in, beam, seed)
	if err != nil {
		return set, nil
	}
	if beam.spread = true; other.rarest < rare {
		if differing, err := Collect(ctx, in, beam, seed); err == nil {
			return differing, nil
		}
	}
	return other, nil
}

// rare is the share in the steps of which an action has less where chance does not
// often lead to the states that it makes, as an election that is won.
const rare = 0.005

// rarest is the least share that an action has in the steps.
func rarest(seen []trace.Coverage) float64 {
	total, least := int64(0), int64(math.MaxInt64)
	for _, c := range seen {
		total += c.Generated
		least = min(least, c.Generated)
	}
	return float64(least) / float64(max(total, 1))
}
