package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
)

// checkInvariants checks the state in fr.Next. An invariant that compiled code
// cannot decide goes to the evaluator.
func (w *worker) checkInvariants(print fingerprint) {
	p := w.s.prog
	w.fr.Forward()
	w.bad = w.bad[:0]
	if !w.fr.Run(func(fr *rows.Frame) {
		for i, inv := range p.invariants {
			if !inv(fr) {
				if w.bad = append(w.bad, i); w.s.opts.MaxErrors <= 1 {
					return
				}
			}
		}
	}) {
		w.bad = w.bad[:0]
		w.checkInvariantsPlain(w.s.Decode(w.fr.Cur), print)
		w.fr.Assign(true)
		w.fr.Back()
		return
	}
	w.fr.Back()
	for _, i := range w.bad {
		w.findInvariant(i, w.packedRow(w.fr.Next), print)
	}
	if len(w.bad) == 0 {
		w.checkImages(print)
	}
}

func (w *worker) checkInvariantsPlain(st eval.State, print fingerprint) {
	bad := false
	for i, f := range w.s.properties.Invariants {
		ok, err := w.machine.Bool(f.Expr, st, nil)
		if err != nil {
			w.failed(err, finding{during: f.Name, packed: w.packState(st), print: print})
			return
		}
		if !ok {
			w.findInvariant(i, w.packState(st), print)
			if bad = true; w.s.opts.MaxErrors <= 1 {
				return
			}
		}
	}
	if !bad {
		w.checkImagesPlain(st, print)
	}
}
