package explicit

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// MaxGraph is the number of states up to which a graph is for people.
const MaxGraph = 10_000

const codeGraph diag.Code = "S131" // a state graph too large to show

// Graph is the state graph of sys: every state within the constraints, in
// breadth-first order, and every step between them, each action once. A
// SYMMETRY or VIEW does not count. It fails beyond MaxGraph states, and where
// the spec cannot be evaluated.
func Graph(ctx context.Context, sys *ir.System) (*trace.Graph, error) {
	k := &check{ctx: ctx, sys: sys, res: &trace.Result{}}
	w := &grapher{sys: sys, machine: k.newMachine(nil), graph: &trace.Graph{}, ids: &value.Map[int]{}}
	for _, v := range sys.Variables {
		w.graph.Vars = append(w.graph.Vars, v.Name)
	}
	if err := w.machine.Init(func(st eval.State) bool { w.state(nil, st); return w.err == nil }); err != nil {
		return nil, err
	}
	w.graph.Inits = len(w.graph.States)
	for i := 0; i < len(w.graph.States) && w.err == nil; i++ {
		if err := w.expand(i); err != nil {
			return nil, err
		}
	}
	return w.graph, w.err
}

// A grapher builds a graph with the plain evaluator.
type grapher struct {
	sys     *ir.System
	machine *eval.Machine
	graph   *trace.Graph
	ids     *value.Map[int] // of states, as tuples
	err     error
}

func (w *grapher) expand(from int) error {
	st := w.graph.States[from]
	seen := map[trace.GraphStep]bool{}
	return w.machine.Successors(st, func(t eval.Successor) bool {
		to, inside := w.state(st, t.State)
		step := trace.GraphStep{From: from, To: to, Action: t.Action.String()}
		if inside && !seen[step] {
			seen[step] = true
			w.graph.Steps = append(w.graph.Steps, step)
		}
		return w.err == nil
	})
}

// state is the number of st, which is new or not; inside is false when the
// constraints leave it out.
func (w *grapher) state(from, st eval.State) (n int, inside bool) {
	key := value.NewTuple(st)
	n, known := w.ids.Get(key)
	if inside, w.err = w.inside(from, st, known); !inside || known {
		return n, inside
	}
	if len(w.graph.States) == MaxGraph {
		w.err = diag.New(diag.System, codeGraph, source.Span{},
			fmt.Sprintf("the state graph has more than %d states, too many to show: --dump is for small instances", MaxGraph))
		return 0, false
	}
	n = len(w.graph.States)
	w.ids.Put(key, n)
	w.graph.States = append(w.graph.States, st)
	return n, true
}

// inside tells whether the constraints hold; those on the state alone do where
// it is known.
func (w *grapher) inside(from, st eval.State, known bool) (bool, error) {
	for _, f := range w.sys.Constraints {
		if known {
			break
		}
		if ok, err := w.machine.Bool(f.Expr, st, nil); err != nil || !ok {
			return false, err
		}
	}
	for _, f := range w.sys.ActionConstraints {
		if from == nil {
			break
		}
		if ok, err := w.machine.Bool(f.Expr, from, st); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}
