package session

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explore"
	"github.com/lemma-mc/lemma/internal/guard"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace/itf"
	"github.com/lemma-mc/lemma/value/valuejson"
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
	var q Question
	d := json.NewDecoder(bytes.NewReader(question))
	d.UseNumber()
	if err := d.Decode(&q); err != nil {
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

// diagnose lists what loading said.
func (in *Inside) diagnose(a *Answer, err error) {
	a.Diagnostics = []Diagnostic{}
	list := diag.Of(err)
	if list == nil && err != nil {
		a.Problem = in.problem(err)
	}
	for _, d := range slices.Concat(list, in.task.Warnings) {
		a.Diagnostics = append(a.Diagnostics, *in.diagnostic(d))
	}
	if sys := in.task.System; sys != nil {
		a.Module = moduleOf(sys)
	}
}

func moduleOf(sys *ir.System) *Module {
	m := &Module{Name: sys.Name, Constants: []string{}, Variables: []string{}, Formulas: []string{}, Actions: []string{}, Properties: []string{}}
	for _, c := range sys.Constants {
		m.Constants = append(m.Constants, c.Name)
	}
	for _, v := range sys.Variables {
		m.Variables = append(m.Variables, v.Name)
	}
	for name, d := range sys.Defs {
		if len(d.Params) > 0 || d.Body == nil || d.Key != "" || d.Module != sys.Name {
			continue
		}
		switch temporal.Level(d.Body) {
		case ir.StateLevel:
			m.Formulas = append(m.Formulas, name)
		case ir.ActionLevel:
			m.Actions = append(m.Actions, name)
		case ir.TemporalLevel:
			m.Properties = append(m.Properties, name)
		}
	}
	for _, names := range [][]string{m.Formulas, m.Actions, m.Properties} {
		sort.Strings(names)
	}
	return m
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

// mostSteps bounds the steps of a state that are shown.
const mostSteps = 500

func (in *Inside) steps(a *Answer, steps explore.Steps, err error) error {
	a.More = steps.More
	for _, s := range steps.List {
		out := Step{Action: s.Action.String(), Place: in.at(s.Action.Span), Changed: []string{}, State: in.object(s.State), Outside: s.Outside}
		for _, i := range s.Changed {
			out.Changed = append(out.Changed, a.Vars[i])
		}
		violated, wrong := in.violated(s.State)
		out.Violated, err = violated, errors.Join(err, wrong)
		a.Steps = append(a.Steps, out)
	}
	return err
}

func (in *Inside) violated(s eval.State) ([]string, error) {
	list, err := in.x.Violated(s)
	var out []string
	for _, f := range list {
		out = append(out, f.Name)
	}
	return out, err
}

// object is a state in JSON.
func (in *Inside) object(s eval.State) valuejson.Object {
	out := make(valuejson.Object, len(s))
	for i, v := range s {
		out[i] = valuejson.Field{Name: in.task.System.Variables[i].Name, Value: itf.Value(v)}
	}
	return out
}

// state reads a state, which has of before only what is other than there.
func (in *Inside) state(before eval.State, s State) (eval.State, error) {
	vars := in.task.System.Variables
	out := make(eval.State, len(vars))
	copy(out, before)
	for i, v := range vars {
		text, ok := s[v.Name]
		if !ok && out[i] == nil {
			return nil, fmt.Errorf("the state has no value for the variable %s", v.Name)
		}
		if !ok {
			continue
		}
		var err error
		if out[i], err = itf.ParseValue(text); err != nil {
			return nil, fmt.Errorf("the variable %s: %w", v.Name, err)
		}
	}
	for name := range s {
		if !slices.ContainsFunc(vars, func(v *ir.Variable) bool { return v.Name == name }) {
			return nil, fmt.Errorf("the spec has no variable %s", name)
		}
	}
	return out, nil
}

// evaluate evaluates the expression in each state, with the next one for primed
// variables. An expression that cannot be read is the problem of all.
// value is what an expression is in a state with the next one.
func (in *Inside) value(text string, s, next eval.State) (Evaluated, error) {
	v, err := in.x.Evaluate(text, s, next)
	if err != nil {
		return Evaluated{}, err
	}
	return Evaluated{Value: itf.Value(v)}, nil
}

// why is what decides a formula in a state with the next one.
func (in *Inside) why(text string, s, next eval.State) (Evaluated, error) {
	r, err := in.x.Explain(text, s, next)
	if err != nil {
		return Evaluated{}, err
	}
	return Evaluated{Value: r.Holds, Why: strings.Join(r.Lines(), "\n"), Error: r.Error}, nil
}

// each asks about each state of a behaviour.
func (in *Inside) each(q *Question, a *Answer, about func(string, eval.State, eval.State) (Evaluated, error)) error {
	states := make([]eval.State, len(q.States))
	var before eval.State
	for i, s := range q.States {
		var err error
		if before, err = in.state(before, s); err != nil {
			return fmt.Errorf("state %d: %w", i+1, err)
		}
		states[i] = before
	}
	for i, s := range states {
		var next eval.State
		switch {
		case i+1 < len(states):
			next = states[i+1]
		case q.Loop > 0 && q.Loop <= len(states):
			next = states[q.Loop-1]
		}
		in.x.Level = i + 1
		v, err := about(q.Expression, s, next)
		switch {
		case err == nil:
			a.Values = append(a.Values, v)
		case eval.Interrupted(err) || isSyntax(err):
			return err
		default:
			a.Values = append(a.Values, Evaluated{Error: in.problem(err).Message})
		}
	}
	return nil
}

func isSyntax(err error) bool {
	list := diag.Of(err)
	return list != nil && list[0].Class == diag.Syntax
}

// The most states of a graph that are found, and that one answer has.
const (
	mostStates = 20_000
	mostPage   = 2_000
)

// graph is a part of the state graph: what satisfies the constraints.
func (in *Inside) graph(q *Question, a *Answer) error {
	limit := q.Limit
	if limit <= 0 || limit > mostPage {
		limit = mostPage
	}
	g := &StateGraph{From: q.From, States: []GraphState{}, Steps: []GraphStep{}}
	until := min(q.From+limit, mostStates)
	var wrong error
	x := &eval.Exploration{
		Admit: func(from, s eval.State, _ bool) (bool, error) {
			name, err := in.x.Outside(from, s)
			return name == "", err
		},
		Found: func(s eval.State, n, depth int) bool {
			g.Known = n + 1
			if a.More = n >= until; a.More {
				return false
			}
			if n >= q.From {
				violated, err := in.violated(s)
				wrong = errors.Join(wrong, err)
				g.States = append(g.States, GraphState{in.object(s), depth, violated})
			}
			return true
		},
		Expand: func(_ eval.State, _, depth int) (bool, error) {
			in.x.Level = depth + 1
			return true, nil
		},
		Step: func(from, to int, t eval.Successor) bool {
			if from >= q.From && to >= q.From && from < until && to < until {
				g.Steps = append(g.Steps, GraphStep{from, to, t.Action.String()})
			}
			return true
		},
	}
	in.x.Level = 1
	_, err := in.x.Machine().Explore(x)
	g.Known = min(g.Known, until)
	a.Graph = g
	return errors.Join(err, wrong)
}

// problem is err as a diagnostic.
func (in *Inside) problem(err error) *Diagnostic {
	if list := diag.Of(err); list != nil {
		return in.diagnostic(list[0])
	}
	return &Diagnostic{Severity: "error", Message: err.Error()}
}

func (in *Inside) diagnostic(d *diag.Diagnostic) *Diagnostic {
	out := &Diagnostic{Code: d.Code, Severity: "error", Message: d.Message, Hint: d.Hint, Place: in.place(d.Span)}
	if d.Code.Warning() {
		out.Severity = "warning"
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, Related{r.Message, in.place(r.Span)})
	}
	return out
}

func (in *Inside) place(span source.Span) Place {
	from, ok := in.task.Files.Position(span.Start)
	if !ok {
		return Place{}
	}
	to, _ := in.task.Files.Position(span.End)
	return Place{filepath.Base(from.File.Name), from.Line, from.Column, to.Line, to.Column}
}

func (in *Inside) at(span source.Span) string { return diag.Place(in.task.Files, span.Start) }
