package job

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/specgen"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// asks are what is asked about a random spec.
var asks = []string{
	`{"root_module": "T", "engine": "explicit"}`,
	`{"root_module": "T", "engine": "bmc", "depth": 4}`,
	`{"root_module": "T", "engine": "simulate", "behaviours": 12, "depth": 8}`,
	`{"root_module": "T", "depth": 3}`,
}

// TestJoinRandom is TestJoin on random specs.
func TestJoinRandom(t *testing.T) {
	seeds := uint64(30)
	if os.Getenv("LEMMA_LONG") != "" {
		seeds = 2000
	}
	divided := map[Way]int{}
	for seed := range seeds {
		for _, ask := range asks {
			way, err := joinRandom(t, seed, ask)
			if err != nil {
				t.Errorf("%s, seed %d: %v", ask, seed, err)
			}
			divided[way]++
		}
	}
	t.Log(divided)
	if divided[ByGoals] == 0 || divided[ByOrder] == 0 {
		t.Errorf("hardly anything was divided: %v", divided)
	}
}

// joinRandom compares a run of a random spec with the join of its shares, and
// tells how it was divided; "" where it was not, or is no matter of a moment.
func joinRandom(t *testing.T, seed uint64, ask string) (Way, error) {
	sys, err := specgen.New(seed).Load()
	if err != nil {
		return "", err
	}
	var diags diag.List
	files := &source.Set{}
	task := &Task{Job: Parse(files.Add("job.json", ask), &diags), Files: files, System: sys, spec: "T.tla", start: time.Now()}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	plan, _ := task.Plan(2 + int(seed%3))
	if plan == nil {
		return "", nil
	}
	want := task.Run(ctx)
	of := make([]Standing, len(plan.Shares()))
	var got *trace.Result
	for _, i := range rand.New(rand.NewPCG(seed, 3)).Perm(len(of)) {
		r := task.RunShare(ctx, plan.Shares()[i])
		text, err := r.Exact()
		if errors.Is(err, value.ErrNotSpelledOut) || ctx.Err() != nil {
			return "", nil
		}
		if r, err = trace.ParseExact(text); err != nil {
			return plan.Way, err
		}
		of[i].Result = r
		if got, _ = task.Join(ctx, plan, of); got != nil {
			break
		}
	}
	if got == nil {
		return plan.Way, errors.New("all results are no answer")
	}
	if d := apart(t, task, got, task, want); d != "" {
		return plan.Way, fmt.Errorf("%s\n%s", d, specgen.New(seed))
	}
	return plan.Way, nil
}
