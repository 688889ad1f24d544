package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explore"
	"github.com/lemma-mc/lemma/internal/guard"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/source"
)

// An Inside answers the questions in a process of its own. It keeps the job that it
// was asked about last.
type Inside struct {
	text string // of the job
	task *job.Task
	x    *explore.Explorer
}

// Reply answers one question, in JSON; more is false where the process should end:
// something in it did not hear that its time was over.
func (in *Inside) Reply(ctx context.Context, question json.RawMessage) (answer Answer, more bool) {
	q, err := Decode(question)
	if err != nil {
		return Answer{Problem: in.problem(err)}, true
	}
	ctx, cancel := context.WithTimeoutCause(ctx, time.Duration(q.Milliseconds)*time.Millisecond, errTime)
	defer cancel()
	a, ended := guard.Do(ctx, guard.Watch{}, func() *Answer { return in.answer(ctx, &q) })
	if !ended {
		return Answer{Problem: &Diagnostic{Severity: "error", Message: errTime.Error()}, Broken: true}, false
	}
	return *a, true
}

var errTime = errors.New("this took too long, and was given up")

// answer answers a question; what goes wrong is part of the answer.
func (in *Inside) answer(ctx context.Context, q *Question) *Answer {
	a := &Answer{}
	err := in.load(ctx, q)
	if q.Kind == Diagnose {
		in.diagnose(a, err)
		return a
	}
	if err == nil {
		err = in.ask(ctx, q, a)
	}
	if err != nil {
		a.Problem = in.problem(err)
	}
	return a
}

// load loads the job of a question, if it is another one than before.
func (in *Inside) load(ctx context.Context, q *Question) error {
	if in.task != nil && in.text == string(q.Job) && in.task.Err == nil {
		return nil
	}
	files := &source.Set{}
	var diags diag.List
	in.text, in.x = string(q.Job), nil
	in.task = &job.Task{Files: files}
	j := job.Parse(files.Add("job.json", in.text), &diags)
	if err := diags.Err(); err != nil {
		return err
	}
	in.task = job.Load(ctx, j, job.Env{Files: files})
	return in.task.Err
}

// ask answers what is asked of the states.
func (in *Inside) ask(ctx context.Context, q *Question, a *Answer) error {
	if in.x == nil {
		in.x = explore.Open(in.task.System, explore.Options{Reader: in.task.Expressions, Most: mostSteps})
	}
	in.x.Machine().SetContext(ctx)
	in.x.Machine().Reseed(0, 0) // the same question has the same answer
	a.Vars = in.x.Variables()
	switch q.Kind {
	case Initial:
		steps, err := in.x.Initial()
		return in.steps(a, steps, err)
	case Successors:
		s, err := in.state(nil, q.State)
		if err != nil {
			return err
		}
		in.x.Level = max(1, q.Level)
		steps, err := in.x.Successors(s)
		return in.steps(a, steps, err)
	case Evaluate:
		return in.each(q, a, in.value)
	case Explain:
		return in.each(q, a, in.why)
	case Graph:
		return in.graph(q, a)
	}
	return fmt.Errorf("there is no question of the kind %q", q.Kind)
}
