package explicit

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// MaxGraph is the number of states up to which a graph is for people.
const MaxGraph = 10_000

const codeGraph diag.Code = "S131" // a state graph too large to show

// Graph is the state graph of sys: every state within the constraints, in
// breadth-first order, and every step between them, each action once. A
// SYMMETRY or VIEW does not count. It fails beyond MaxGraph states, and where
// the spec cannot be evaluated.
func Graph(ctx context.Context, sys *ir.System) (*trace.Graph, error) {
	k := newCheck(ctx, sys, Options{})
	w := &grapher{sys: sys, machine: k.newMachine(nil), graph: &trace.Graph{}, seen: map[trace.GraphStep]bool{}}
	w.graph.Vars = sys.VariableNames()
	ended, err := w.machine.Explore(&eval.Exploration{Admit: w.inside, Found: w.state, Step: w.step})
	if err == nil && !ended {
		err = diag.New(diag.System, codeGraph, source.Span{},
			fmt.Sprintf("the state graph has more than %d states, too many to show: --dump is for small instances", MaxGraph))
	}
	return w.graph, err
}

// A grapher builds a graph with the evaluator.
type grapher struct {
	sys     *ir.System
	machine *eval.Machine
	graph   *trace.Graph
	seen    map[trace.GraphStep]bool
}

func (w *grapher) state(st eval.State, n, depth int) bool {
	if n == MaxGraph {
		return false
	}
	w.graph.States = append(w.graph.States, st)
	if depth == 0 {
		w.graph.Inits = n + 1
	}
	return true
}

func (w *grapher) step(from, to int, t eval.Successor) bool {
	step := trace.GraphStep{From: from, To: to, Action: t.Action.String()}
	if to >= 0 && !w.seen[step] {
		w.seen[step] = true
		w.graph.Steps = append(w.graph.Steps, step)
	}
	return true
}
