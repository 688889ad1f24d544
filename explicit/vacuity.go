package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

func allDoubts(n int) doubts {
	open := make(doubts, n)
	for i := range open {
		open[i] = i
	}
	return open
}

// dispel looks whether the state in fr.Next dispels doubts. What compiled code
// cannot decide is left to the evaluator; what that cannot decide either
// is no doubt.
func (w *worker) dispel() {
	w.fr.Forward()
	w.dispelEach(false, func(e ir.Expr) (bool, error) { return w.machine.Bool(e, w.s.Decode(w.fr.Cur), nil) })
	w.fr.Back()
}

// dispelStep is dispel for the step to the state in fr.Next.
func (w *worker) dispelStep() {
	w.dispelEach(true, func(e ir.Expr) (bool, error) {
		return w.machine.Bool(e, w.s.Decode(w.fr.Cur), w.s.Decode(w.fr.Next))
	})
}

// dispelEach looks at the doubts about states or at those about steps; plain
// evaluates what compiled code cannot.
func (w *worker) dispelEach(steps bool, plain func(ir.Expr) (bool, error)) {
	p := w.s.prog
	left := w.doubts[:0]
	for _, i := range w.doubts {
		d, holds := &w.s.goals.doubts[i], false
		if d.step == steps && !w.fr.Run(func(fr *rows.Frame) { holds = p.doubts[i](fr) }) {
			ok, err := plain(d.when)
			holds = ok || err != nil && !d.must
			w.fr.Assign(true)
		}
		if !holds {
			left = append(left, i)
		}
	}
	w.doubts = left
}

// dispelPlain is dispel and dispelStep for a state that the evaluator made
// from from, which is nil for an initial one. A state that is not fresh dispels
// nothing by itself.
func (w *worker) dispelPlain(from, st eval.State, fresh bool) {
	left := w.doubts[:0]
	for _, i := range w.doubts {
		d, holds := &w.s.goals.doubts[i], false
		var err error
		switch {
		case d.step && from != nil:
			holds, err = w.machine.Bool(d.when, from, st)
		case !d.step && fresh:
			holds, err = w.machine.Bool(d.when, st, nil)
		}
		if !holds && (err == nil || d.must) {
			left = append(left, i)
		}
	}
	w.doubts = left
}

const codeVacuous diag.Code = "W136" // a property whose condition never holds

// open are the doubts that no worker has dispelled.
func (s *search) open() []doubt {
	seen := make([]int, len(s.goals.doubts))
	for _, w := range s.workers {
		for _, i := range w.doubts {
			seen[i]++
		}
	}
	var out []doubt
	for i, d := range s.goals.doubts {
		if seen[i] == len(s.workers) {
			out = append(out, d)
		}
	}
	return out
}

// vacuous warns of properties whose condition no worker saw hold.
func (k *check) vacuous(s *search) {
	for _, d := range s.open() {
		if !d.must {
			k.Warn(codeVacuous, &diag.Diagnostic{Span: d.when.Pos(),
				Message: fmt.Sprintf("%s holds vacuously: in no reachable state is its condition TRUE", d.name)})
		}
	}
}

// impossible reports what was to be possible and is not.
func (k *check) impossible(s *search) {
	for _, d := range s.open() {
		if !d.must {
			continue
		}
		what := "state"
		if d.step {
			what = "step"
		}
		k.Res.Status = trace.Violated
		k.Res.Violations = append(k.Res.Violations, &trace.Violation{Kind: trace.Assumption, Name: d.name,
			Message: fmt.Sprintf("%s is not possible: it is TRUE in no reachable %s.", d.name, what)})
	}
	if k.Res.Status == trace.Violated {
		k.Res.Message = k.Res.Violations[0].Sentence()
	}
}
