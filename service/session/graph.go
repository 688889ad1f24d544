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
	_, err := in.x.Walk(eval.Exploration{
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
		Step: func(from, to int, t eval.Successor) bool {
			if from >= q.From && to >= q.From && from < until && to < until {
				g.Steps = append(g.Steps, GraphStep{from, to, t.Action.String()})
			}
			return true
		},
	})
	g.Known = min(g.Known, until)
	a.Graph = g
	return errors.Join(err, wrong)
}
