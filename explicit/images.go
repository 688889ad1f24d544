package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/trace"
)

// Where the behaviours are symmetric and an invariant may not be, states can
// still count as one: the invariant holds in all states that the search comes to
// when it holds in all images of those that it keeps.

// checkImages checks the invariants that may not be symmetric on all images of
// the state in fr.Next.
func (w *worker) checkImages(print fingerprint) {
	sym := w.s.sym
	if sym == nil || len(sym.telling) == 0 {
		return
	}
	own := w.fr.Next
	image := make([]int64, len(own))
	defer w.fr.ReplaceNext(image)()
	for _, p := range sym.perms {
		bad := -1
		if !w.fr.Run(func(fr *rows.Frame) {
			p.Permute(own, image)
			fr.SetNext()
			bad = w.failing(sym.telling)
		}) {
			w.fr.Assign(true)
			w.checkImagesPlain(w.s.Decode(own), print)
			return
		}
		if bad >= 0 {
			w.findInvariant(bad, w.packedRow(image), print)
			return
		}
	}
}

// failing is the first of some invariants that the state in fr.Next does not
// satisfy, -1 for none.
func (w *worker) failing(invariants []int) int {
	w.fr.Forward()
	defer w.fr.Back()
	for _, i := range invariants {
		if !w.s.prog.invariants[i](w.fr) {
			return i
		}
	}
	return -1
}

// checkImagesPlain is checkImages by the evaluator.
func (w *worker) checkImagesPlain(st eval.State, print fingerprint) {
	sym := w.s.sym
	if sym == nil {
		return
	}
	for _, p := range sym.perms {
		for _, i := range sym.telling {
			image, f := p.Values(st), w.s.properties.Invariants[i]
			ok, err := w.machine.Bool(f.Expr, image, nil)
			if err != nil {
				w.failed(err, finding{during: f.Name, packed: w.packState(image), print: print})
				return
			}
			if !ok {
				w.findInvariant(i, w.packState(image), print)
				return
			}
		}
	}
}

// imageOf is b, or the first image of it in whose last state an invariant does
// not hold: what was found may have been in an image of that state.
func (k *check) imageOf(s *search, b *trace.Behaviour, g plan.Property) (*trace.Behaviour, error) {
	last := b.Steps[len(b.Steps)-1].State
	if s.sym == nil {
		return b, nil
	}
	if bad, err := k.refutes(g, last); bad || err != nil {
		return b, err
	}
	for _, p := range s.sym.perms {
		bad, err := k.refutes(g, p.Values(last))
		if err != nil {
			return nil, err
		}
		if bad {
			return k.permuted(s, b, p)
		}
	}
	return b, nil
}

// permuted is the image of b under p, each step of which is one of the spec.
func (k *check) permuted(s *search, b *trace.Behaviour, p *rows.Permutation) (*trace.Behaviour, error) {
	out := &trace.Behaviour{Vars: b.Vars}
	for i, st := range b.Steps {
		image := eval.State(p.Values(st.State))
		if err := s.workers[0].step(out, i, image.Equal); err != nil {
			return nil, err
		}
	}
	k.Alias(out)
	return out, nil
}
