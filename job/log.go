package job

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/validate"
)

// Logs are logs of an implementation, to be held against a spec.
type Logs struct {
	Files    []string // paths, of one node each where the mapping does not say otherwise
	Mapping  string   // path of a validate.Mapping; "" for none
	Unlogged int      // steps in a row that may be missing; 0: as the mapping says
}

// LoadLogs reads the spec that j names, and logs. Run then tells whether they are a
// behaviour of the spec.
func LoadLogs(ctx context.Context, logs Logs, j *Job, env Env) *Task {
	var read []validate.Log
	mapping := &validate.Mapping{}
	t := load(ctx, j, env, func(t *Task, ctx context.Context) (err error) {
		if err := t.read(ctx); err != nil {
			return err
		}
		for _, path := range logs.Files {
			f, err := t.file(path)
			if err != nil {
				return err
			}
			log, err := validate.ReadLog(f)
			if err != nil {
				return err
			}
			read = append(read, log)
		}
		if logs.Mapping != "" {
			f, err := t.file(logs.Mapping)
			if err != nil {
				return err
			}
			if mapping, err = validate.ReadMapping(f); err != nil {
				return err
			}
		}
		mapping.Unlogged.Steps = or(logs.Unlogged, mapping.Unlogged.Steps)
		return nil
	})
	t.asks = []trace.Goal{{Name: string(trace.Log)}}
	t.answer = func(ctx context.Context) *trace.Result {
		return t.attempt(ctx, "trace", "explaining the log by "+t.System.Name, func(ctx context.Context, a *attempt) *trace.Result {
			return validate.Check(ctx, t.System, read, validate.Options{
				Mapping: mapping, Reader: t.Expressions, Solver: t.Job.Solver,
				Eval: eval.Options{Out: t.Env.Out, Seed: t.Job.Seed, Files: t.Env.Allow.Files, Exec: t.Env.Allow.Commands && t.Job.Exec},
				Progress: func(p validate.Progress) {
					a.tell(Event{Kind: Progressed, Log: &p, Text: fmt.Sprintf("%d of %d lines explained, %d candidates, %s", p.Lines, p.Of, p.Candidates, p.Manner)})
				},
			})
		})
	}
	return t
}

// file reads a text of the run.
func (t *Task) file(path string) (*source.File, error) {
	text, err := t.fs().ReadFile(path)
	if err != nil {
		return nil, diag.New(diag.System, diag.CodeNoFile, nowhere, fmt.Sprintf("cannot read %s: %v", path, reason(err)))
	}
	return t.Files.Add(path, string(text)), nil
}
