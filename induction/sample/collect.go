package sample

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/ir"
)

// A how says how much is sampled of one instance.
type how struct {
	states int   // kept
	work   int64 // states generated
	beam   int   // states of a level that are explored further; 0: all
	// patience is how long it may take on a machine that has no time for us. What
	// there is then must do.
	patience time.Duration
}

// The first two instances, which have as many members of each set as are proved
// with, are the ones that matter most. Of all, everything is explored if that
// can be done; otherwise a beam goes deep.
var (
	most = how{states: 40_000, work: 4_000_000, patience: 20 * time.Second}
	deep = how{states: 20_000, work: 500_000, beam: 400, patience: 10 * time.Second}
	more = how{states: 8_000, work: 40_000, patience: 3 * time.Second}
	away = how{states: 8_000, work: 40_000, beam: 100, patience: 2 * time.Second}
)

// All samples the instances of sys, side by side. The first set is never empty.
// It fails only where that cannot be sampled, or when ctx ends.
func All(ctx context.Context, sys *ir.System, seed uint64) ([]*Set, error) {
	instances := Instances(ctx, sys)
	sets := make([]*Set, len(instances))
	errs := make([]error, len(instances))
	var wg sync.WaitGroup
	for i, in := range instances {
		wg.Go(func() {
			if i < 2 {
				sets[i], errs[i] = one(ctx, in, most, deep, seed)
			} else {
				sets[i], errs[i] = one(ctx, in, more, away, seed)
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if len(instances) == 0 {
		return nil, errors.New("no small values of the constants were found with which the assumptions hold")
	}
	var out []*Set
	for i, set := range sets {
		if errs[i] == nil {
			set.Small = small(set.In.Sys)
			out = append(out, set)
		} else if i == 0 {
			return nil, errs[0]
		}
	}
	return out, nil
}

// one samples one instance: all states if there are few enough, else a beam.
func one(ctx context.Context, in *ir.Instance, whole, beam how, seed uint64) (*Set, error) {
	set, err := Collect(ctx, in, whole, seed)
	if err != nil || set.All || ctx.Err() != nil {
		return set, err
	}
	if other, err := Collect(ctx, in, beam, seed); err == nil {
		return other, nil
	}
	return set, nil
}
