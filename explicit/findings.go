package explicit

import (
	"cmp"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/trace"
)

// findInvariant notes that invariant i does not hold in a state.
func (w *worker) findInvariant(i int, packed []uint64, print fingerprint) {
	w.find(&finding{kind: trace.Invariant, index: i, parent: w.parent, packed: packed, print: print})
}

// packedRow packs a row for a finding.
func (w *worker) packedRow(row []int64) []uint64 {
	packed := make([]uint64, w.s.Words)
	w.s.Pack(row, packed)
	return packed
}

// packNow packs the state that was made last, for a finding.
func (w *worker) packNow() []uint64 { return w.packedRow(w.newRow()) }

// newRow is the state that was made last: initial states are checked as the
// state that formulas look at.
func (w *worker) newRow() []int64 {
	if w.parent == noRef {
		return w.fr.Cur
	}
	return w.fr.Next
}

// find keeps a finding when it is the least of its property on this level.
func (w *worker) find(f *finding) {
	for i, o := range w.findings {
		if o.kind == f.kind && o.index == f.index && o.name == f.name {
			if w.less(f, o) {
				w.findings[i] = f
			}
			return
		}
	}
	w.findings = append(w.findings, f)
}

// less orders findings of one property without regard to who found them.
func (w *worker) less(a, b *finding) bool { return w.s.lessFinding(a, b) }

func (s *search) lessFinding(a, b *finding) bool {
	if a.print != b.print {
		return a.print.Less(b.print)
	}
	return s.refPrint(a.parent).Less(s.refPrint(b.parent))
}

// failed notes an error of the evaluator. f says where: in the parent, if it
// has no state.
func (w *worker) failed(err error, f finding) {
	if err == nil {
		return
	}
	if eval.Interrupted(err) {
		halt(answer.OutOfTime)
	}
	f.parent, f.err = w.parent, err
	if _, ok := err.(*eval.AssertError); ok {
		f.kind = trace.AssertFail
	}
	w.find(&f)
}

// packState packs a state; nil when the layout cannot hold it.
func (w *worker) packState(st eval.State) []uint64 {
	packed := make([]uint64, w.s.Words)
	if !w.s.Encode(st, w.spare, packed) {
		return nil
	}
	return packed
}

// same tells whether f and g violate the same property.
func (f *finding) same(g *finding) bool {
	return f.kind == g.kind && f.index == g.index && f.name == g.name
}

// order of kinds among findings of one level.
var kindOrder = []trace.ViolationKind{trace.Invariant, trace.ActionProp, trace.AssertFail, trace.Deadlock, ""}

// Rank is the place of a kind of violation among those that a search meets at the
// same level, of which it shows the first; "" stands for an error of evaluation.
func Rank(kind trace.ViolationKind) int { return slices.Index(kindOrder, kind) }

// least picks the least finding of each property, in a fixed order.
func (s *search) least(found []*finding) []*finding {
	for _, f := range found {
		s.settleParent(f)
	}
	slices.SortFunc(found, func(a, b *finding) int {
		return cmp.Or(
			cmp.Compare(a.level, b.level),
			cmp.Compare(slices.Index(kindOrder, a.kind), slices.Index(kindOrder, b.kind)),
			cmp.Compare(a.index, b.index), cmp.Compare(a.name, b.name),
			a.print.Compare(b.print), s.refPrint(a.parent).Compare(s.refPrint(b.parent)))
	})
	var out []*finding
	for _, f := range found {
		if !slices.ContainsFunc(out, f.same) {
			out = append(out, f)
		}
	}
	return out
}

// settleParent gives a finding that depends on its state alone the parent that the
// store has for the state: who found it first is chance. What a VIEW takes for the
// state may not be a step away from that one, and an invariant that looks back may
// hold on the way through it.
func (s *search) settleParent(f *finding) {
	if f.packed == nil || f.step || s.sys.View != nil {
		return
	}
	if f.kind == trace.Invariant && answer.LooksBack(s.properties.Invariants[f.index].Expr) {
		return
	}
	if r, known := s.store.Find(f.print); known {
		f.parent = s.store.Parent(r)
	}
}

// propertyOf is the name of the property that f violates.
func (k *check) propertyOf(f *finding) string {
	if f.kind == trace.Invariant {
		return k.properties.Invariants[f.index].Name
	}
	return f.name
}
