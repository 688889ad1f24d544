package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explore"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace/itf"
	"github.com/lemma-mc/lemma/value/valuejson"
)

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
