package prover

import (
	"context"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// An Evaluator evaluates formulas of a system for some values of its open constants.
// It works on a copy of its own, so that the system is only read.
type Evaluator struct {
	ctx     context.Context
	copy    *ir.Instance
	open    bool
	exprs   map[ir.Expr]ir.Expr
	machine *eval.Machine
}

func newEvaluator(ctx context.Context, sys *ir.System) *Evaluator {
	w := &Evaluator{ctx: ctx, copy: sys.With(nil), exprs: map[ir.Expr]ir.Expr{}}
	for _, c := range sys.Constants {
		w.open = w.open || c.Any
	}
	w.machine = eval.New(w.copy.Sys, eval.Options{Context: ctx})
	return w
}

// Outlive has p evaluate until ctx ends, whatever became of its own context: what
// was found is not lost when the time runs out.
func (p *Prover) Outlive(ctx context.Context) { p.evaluator = newEvaluator(ctx, p.sys) }

// set gives the open constants values.
func (w *Evaluator) set(values map[*ir.Constant]value.Value) {
	if !w.open {
		return
	}
	for c, v := range values {
		w.copy.Constant(c).Value = v
	}
	w.machine = eval.New(w.copy.Sys, eval.Options{Context: w.ctx})
}

// System is the system with these values of its constants.
func (w *Evaluator) System() *ir.System { return w.copy.Sys }

func (w *Evaluator) expr(e ir.Expr) ir.Expr {
	if e == nil || !w.open {
		return e
	}
	x, ok := w.exprs[e]
	if !ok {
		x = w.copy.Expr(e)
		w.exprs[e] = x
	}
	return x
}

// Bool is the truth of e, a formula of the system, in state s.
func (w *Evaluator) Bool(e ir.Expr, s []value.Value) (bool, error) {
	return w.machine.Bool(w.expr(e), s, nil)
}

// replay checks that b is a behaviour of the system; see eval.Machine.Replay.
func (w *Evaluator) replay(b *trace.Behaviour, anyStart bool) error {
	return w.machine.Replay(b, nil, anyStart)
}

// initial goes through the initial states.
func (w *Evaluator) initial() error {
	return w.machine.Init(func(eval.State) bool { return true })
}

// successors goes through the steps out of s.
func (w *Evaluator) successors(s []value.Value) error {
	return w.machine.Successors(s, func(eval.Successor) bool { return true })
}

// Elements are the members of e, a constant-level set of the system.
func (w *Evaluator) Elements(e ir.Expr) ([]value.Value, error) {
	v, err := w.machine.Constant(w.expr(e))
	if err != nil {
		return nil, err
	}
	return value.Elements(v)
}
