package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

func allUnwitnessed(n int) unwitnessed {
	open := make(unwitnessed, n)
	for i := range open {
		open[i] = i
	}
	return open
}

// witness looks whether the state in fr.Next is a witness of conditions. What compiled code
// cannot decide is left to the evaluator; what that cannot decide either
// is taken for one.
func (w *worker) witness() {
	w.fr.Forward()
	w.witnessEach(false, func(e ir.Expr) (bool, error) { return w.machine.Bool(e, w.s.Decode(w.fr.Cur), nil) })
	w.fr.Back()
}

// witnessStep is witness for the step to the state in fr.Next.
func (w *worker) witnessStep() {
	w.witnessEach(true, func(e ir.Expr) (bool, error) {
		return w.machine.Bool(e, w.s.Decode(w.fr.Cur), w.s.Decode(w.fr.Next))
	})
}

// witnessEach looks at the conditions about states or at those about steps; plain
// evaluates what compiled code cannot.
func (w *worker) witnessEach(steps bool, plain func(ir.Expr) (bool, error)) {
	p := w.s.prog
	left := w.unwitnessed[:0]
	for _, i := range w.unwitnessed {
		d, holds := &w.s.properties.Conditions[i], false
		if d.Step == steps && !w.fr.Run(func(fr *rows.Frame) { holds = p.conditions[i](fr) }) {
			ok, err := plain(d.When)
			holds = ok || err != nil && !d.Must
			w.fr.Assign(true)
		}
		if !holds {
			left = append(left, i)
		}
	}
	w.unwitnessed = left
}

// witnessPlain is witness and witnessStep for a state that the evaluator made
// from from, which is nil for an initial one. A state that is not fresh is a witness of
// nothing by itself.
func (w *worker) witnessPlain(from, st eval.State, fresh bool) {
	left := w.unwitnessed[:0]
	for _, i := range w.unwitnessed {
		d, holds := &w.s.properties.Conditions[i], false
		var err error
		switch {
		case d.Step && from != nil:
			holds, err = w.machine.Bool(d.When, from, st)
		case !d.Step && fresh:
			holds, err = w.machine.Bool(d.When, st, nil)
		}
		if !holds && (err == nil || d.Must) {
			left = append(left, i)
		}
	}
	w.unwitnessed = left
}

const codeVacuous diag.Code = "W136" // a property whose condition never holds

// open are the conditions that no worker has seen to hold.
func (s *search) open() []plan.Condition {
	seen := make([]int, len(s.properties.Conditions))
	for _, w := range s.workers {
		for _, i := range w.unwitnessed {
			seen[i]++
		}
	}
	var out []plan.Condition
	for i, d := range s.properties.Conditions {
		if seen[i] == len(s.workers) {
			out = append(out, d)
		}
	}
	return out
}

// vacuous warns of properties whose condition no worker saw hold.
func (k *check) vacuous(s *search) {
	for _, d := range s.open() {
		if !d.Must {
			k.Warn(codeVacuous, &diag.Diagnostic{Span: d.When.Pos(),
				Message: fmt.Sprintf("%s holds vacuously: in no reachable state is its condition TRUE", d.Name)})
		}
	}
}

// impossible reports what was to be possible and is not.
func (k *check) impossible(s *search) {
	for _, d := range s.open() {
		if !d.Must {
			continue
		}
		what := "state"
		if d.Step {
			what = "step"
		}
		k.Res.Status = trace.Violated
		k.Res.Violations = append(k.Res.Violations, &trace.Violation{Kind: trace.Assumption, Name: d.Name,
			Message: fmt.Sprintf("%s is not possible: it is TRUE in no reachable %s.", d.Name, what)})
	}
	if k.Res.Status == trace.Violated {
		k.Res.Message = k.Res.Violations[0].Sentence()
	}
}
