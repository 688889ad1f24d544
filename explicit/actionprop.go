package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/trace"
)

// checkSteps checks action properties on the step from fr.Cur to fr.Next, or
// the initial parts of properties on fr.Next.
func (w *worker) checkSteps(tests []rows.Test, gs []plan.Property) {
	for i, f := range tests {
		if !f(w.fr) {
			w.find(&finding{kind: trace.ActionProp, step: true, index: i, name: gs[i].Name, parent: w.parent, packed: w.packNow(), print: w.s.Fingerprint(w.newRow(), w.packed)})
		}
	}
}

func (w *worker) checkStepsPlain(gs []plan.Property, from, st eval.State, print fingerprint) {
	for i, g := range gs {
		s, next := from, st
		if from == nil {
			s, next = st, nil
		}
		ok, err := w.machine.Bool(g.Expr, s, next)
		if err != nil {
			w.failed(err, finding{during: g.Name, step: true, packed: w.packState(st), print: print})
			return
		}
		if !ok {
			w.find(&finding{kind: trace.ActionProp, step: true, index: i, name: g.Name, parent: w.parent, packed: w.packState(st), print: print})
		}
	}
}
