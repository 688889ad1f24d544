package explore

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// MaxGraph is the number of states up to which a graph is for people.
const MaxGraph = 10_000

const codeGraph diag.Code = "S131" // a state graph too large to show

// Walk goes through the states within the constraints, breadth-first, as far as e
// says; it sets what e admits. A SYMMETRY or VIEW does not count. It tells whether it
// came to its end.
func (x *Explorer) Walk(e eval.Exploration) (ended bool, err error) {
	e.Admit = func(from, s eval.State, _ bool) (bool, error) {
		name, err := x.Outside(from, s)
		return name == "", err
	}
	e.Expand = func(_ eval.State, _, depth int) (bool, error) {
		x.Level = depth + 1
		return true, nil
	}
	x.Level = 1
	return x.machine.Explore(&e)
}

// Graph is the state graph: every state within the constraints, in breadth-first
// order, and every step between them, each action once. It fails beyond MaxGraph
// states, and where the spec cannot be evaluated.
func (x *Explorer) Graph() (*trace.Graph, error) {
	g := &trace.Graph{Vars: x.System.VariableNames()}
	seen := map[trace.GraphStep]bool{}
	ended, err := x.Walk(eval.Exploration{
		Found: func(s eval.State, n, depth int) bool {
			if n == MaxGraph {
				return false
			}
			g.States = append(g.States, s)
			if depth == 0 {
				g.Inits = n + 1
			}
			return true
		},
		Step: func(from, to int, t eval.Successor) bool {
			step := trace.GraphStep{From: from, To: to, Action: t.Action.String()}
			if to >= 0 && !seen[step] {
				seen[step] = true
				g.Steps = append(g.Steps, step)
			}
			return true
		},
	})
	if err == nil && !ended {
		err = diag.New(diag.System, codeGraph, source.Span{},
			fmt.Sprintf("the state graph has more than %d states, too many to show: --dump is for small instances", MaxGraph))
	}
	return g, err
}
