package specgen

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// task loads the spec as a job for an engine.
func (s *Spec) task(engine string) (*job.Task, error) {
	modules := s.modules()
	modules["T.cfg"] = s.Config()
	request := map[string]any{"modules": modules, "root_module": "T", "engine": engine}
	if engine == "bmc" {
		request["depth"] = boundedDepth
	}
	if invariants, properties, further := s.goals(); further {
		request["invariants"], request["properties"] = invariants, properties
	}
	text, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	files := &source.Set{}
	var diags diag.List
	j := job.Parse(files.Add("job.json", string(text)), &diags)
	if err := diags.Err(); err != nil {
		return nil, err
	}
	t := job.Load(context.Background(), j, job.Env{Files: files})
	return t, t.Err
}

// goals are what the config checks; further tells that a config may not say so.
func (s *Spec) goals() (invariants, properties []string, further bool) {
	invariants, properties, further = []string{"TypeOK", "Inv"}, []string{}, s.past != nil
	if s.past != nil {
		invariants = append(invariants, "Past")
	}
	for _, p := range s.props {
		further = further || p.invariant
		if p.invariant {
			invariants = append(invariants, p.name)
		} else {
			properties = append(properties, p.name)
		}
	}
	return invariants, properties, further
}

// inParts holds a job that is divided to the reference. The results of its parts
// come in an order of their own, and the first that settle the answer do.
func inParts(name string, seed uint64) engine {
	return func(s *Spec, sys *ir.System) string {
		reference := s.searched
		if name == "bmc" {
			reference = s.unrolled
		}
		want, ok := reference(sys)
		if !ok || name == "explicit" && s.past != nil {
			return ""
		}
		t, err := s.task(name)
		if err != nil {
			return err.Error()
		}
		plan, _ := t.Plan(2 + int(seed%3))
		if plan == nil {
			return ""
		}
		ctx, cancel := context.WithTimeout(context.Background(), solverPatience)
		defer cancel()
		of := make([]job.Standing, len(plan.Shares()))
		for _, i := range rand.New(rand.NewPCG(seed, 3)).Perm(len(of)) {
			of[i].Result = t.RunShare(ctx, plan.Shares()[i])
			if r, _ := t.Join(ctx, plan, of); r != nil {
				return s.judgeParts(name, want, r)
			}
		}
		return "the results of all parts are no answer"
	}
}

func (s *Spec) judgeParts(engine string, want *ending, r *trace.Result) string {
	if engine == "explicit" {
		return s.judgeSearch(want, r)
	}
	if wrong := want.allows(r); wrong != "" && excuse(r) == "" {
		return fmt.Sprintf("%s, %s", shown(r), wrong)
	}
	return ""
}

// TestInParts holds jobs that are divided to the reference.
func TestInParts(t *testing.T) {
	for seed := range specs(60, 20_000) {
		for _, name := range []string{"explicit", "bmc"} {
			hold(t, seed, inParts(name, seed))
		}
	}
}
