package session

import (
	"errors"

	"github.com/lemma-mc/lemma/eval"
)

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
