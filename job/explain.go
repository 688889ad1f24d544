package job

import (
	"context"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/trace"
)

// explain adds to the violations of r why they are ones, where the job asks for it.
// What took too long to explain stays as it is.
func (t *Task) explain(ctx context.Context, r *trace.Result) {
	if !t.Job.Explain || t.System.Next == nil {
		return
	}
	m := eval.New(t.System, eval.Options{Context: ctx, Seed: t.Job.Seed, Files: t.Env.Allow.Files})
	m.Silence()
	for _, v := range r.Violations {
		if ctx.Err() == nil {
			v.Explanation = explain.New(t.System, m).Violation(v)
		}
	}
}
