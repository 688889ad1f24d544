package explicit

import (
	"context"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A check is one call of Check.
type check struct {
	answer.Run
	opts       Options
	fixed      *eval.Machine // see fixConstants
	typeNote   string        // how many states the type invariant allows
	properties *plan.Plan
	telling    []int // invariants that may tell apart what the symmetry merges
	left       plan.LeftOut
}

func newCheck(ctx context.Context, sys *ir.System, o Options) *check {
	return &check{opts: o, Run: answer.Run{
		Ctx: ctx, Sys: sys, Ending: o.Ending, Grace: o.grace,
		Res: &trace.Result{Spec: sys.Name, Engine: "explicit", Bound: -1},
	}}
}

// newMachine makes an evaluator; TLCGet asks about w's search, if any.
func (k *check) newMachine(w *worker) *eval.Machine {
	o := eval.Options{Context: k.Ctx, Out: k.opts.Out, Seed: k.opts.Seed, Files: k.opts.Files, Exec: k.opts.Exec}
	past := sync.OnceValue(func() *history { return k.newHistory(w.s) })
	o.Info = func(name string, st eval.State) (value.Value, error) {
		if w == nil || w.s == nil || w.fr == nil || k.Told.Level > 0 && name == "level" {
			return k.known(name), nil
		}
		if name == "trace" {
			return k.pathTo(w, st, past)
		}
		if v := w.info(name); v != nil {
			return v, nil
		}
		return k.known(name), nil
	}
	if w != nil && w.s != nil {
		o.Exit = func() { w.s.end(bySpec) }
	}
	m := eval.New(k.Sys, o)
	if k.fixed != nil {
		m.Inherit(k.fixed)
	}
	return m
}

// known answers TLCGet of what does not depend on the search, and of the level
// where there is none yet.
func (k *check) known(name string) value.Value {
	if name == "config" {
		return tlcget.Config("bfs", k.Sys.CheckDeadlock, k.opts.Workers, k.opts.Seed, k.opts.Fingerprint)
	}
	return k.Told.Get(k.Sys, name)
}

// info answers TLCGet of a name that asks about the search.
func (w *worker) info(name string) value.Value {
	st := w.s.stats()
	switch name {
	case "level":
		return value.Int(w.fr.Level)
	case "diameter":
		return value.Int(max(1, int(w.s.level.Load())))
	case "distinct":
		return value.Int(st.Distinct + w.fresh)
	case "generated":
		return value.Int(st.Generated + w.generated + w.fr.Passed)
	case "queue":
		return value.Int(st.Queue)
	case "duration":
		return value.Int(st.Elapsed / time.Second)
	case "stats":
		names := []string{"diameter", "distinct", "duration", "generated", "initial", "queue", "worker"}
		vals := make([]value.Value, len(names))
		for i, n := range names {
			vals[i] = w.info(n)
		}
		return value.NewRecord(names, vals)
	case "initial":
		return value.Int(w.s.inits)
	case "worker":
		return value.Int(w.number)
	}
	return nil
}

// unsupported is an error of the class that names what the engine lacks.
func unsupported(code diag.Code, at source.Span, message string) error {
	return diag.New(diag.Unsupported, code, at, message)
}
