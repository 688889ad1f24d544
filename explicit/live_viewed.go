package explicit

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// Under a VIEW or a symmetry a state of the graph stands for several, and the
// step from one kept state to another need not be a step of the spec. So steps
// are made anew here, and the atoms are evaluated on the states that the spec
// leads to. Which state that is, of those that count as one, still hangs on the
// state that was found first; a lasso is therefore confirmed on real states, and
// when that fails there is no verdict.

// merges tells whether several states count as one.
func (s *search) merges() bool { return s.sym != nil || s.sys.View != nil }

// A viewedStep is a step out of a state: the print of its target, and the atoms
// that hold on it.
type viewedStep struct {
	to   uint64
	bits []uint64
}

// viewedGraph is liveGraph for a search that merges states.
func (s *search) viewedGraph(exprs []ir.Expr) (*liveGraph, error) {
	w := s.workers[0]
	atoms := s.liveAtoms(exprs)
	w.fr = s.prog.compiler.newFrame(w)
	g := &liveGraph{}
	g.Words = max(1, (len(exprs)+63)/64)
	refOf, numbers := map[uint64]ref{}, map[uint64]uint32{}
	for r := range s.store.next.Load() {
		if seg := s.store.segment(r); seg != nil && s.store.print(r) != 0 {
			refOf[s.store.print(r)] = r
		}
	}
	number := func(print uint64) uint32 {
		n, ok := numbers[print]
		if !ok {
			n = uint32(len(g.refs))
			numbers[print] = n
			g.refs = append(g.refs, refOf[print])
		}
		return n
	}
	var roots []uint64
	for _, r := range s.roots() {
		roots = append(roots, s.store.print(r))
	}
	slices.Sort(roots)
	for _, p := range roots {
		g.Init = append(g.Init, number(p))
	}
	g.Off = append(g.Off, 0)
	for n := 0; n < len(g.refs); n++ {
		if s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		steps, err := w.viewedSteps(g, uint32(n), atoms, refOf)
		if err != nil {
			return nil, err
		}
		for _, st := range steps {
			g.To = append(g.To, number(st.to))
			g.Bits = append(g.Bits, st.bits...)
		}
		g.Off = append(g.Off, uint64(len(g.To)))
	}
	return g, nil
}

// viewedSteps are the steps out of state n, in an order of their own, and last
// the stuttering step.
func (w *runner) viewedSteps(g *liveGraph, n uint32, atoms []liveAtom, known map[uint64]ref) ([]viewedStep, error) {
	s := w.s
	row := make([]int64, s.slots)
	s.unpackRow(s.store.row(g.refs[n]), row)
	from := s.decodeState(row)
	var steps []viewedStep
	var failed error
	err := w.machine.Successors(from, func(t eval.Successor) bool {
		print := w.printOf(t.State, 0)
		if _, kept := known[print]; !kept {
			return true // outside the constraints
		}
		bits, err := w.viewedBits(g, from, t.State, atoms)
		steps = append(steps, viewedStep{print, bits})
		failed = err
		return err == nil
	})
	if err := cmp.Or(err, failed); err != nil {
		return nil, err
	}
	key := func(st viewedStep) []byte {
		b := binary.BigEndian.AppendUint64(nil, st.to)
		for _, x := range st.bits {
			b = binary.BigEndian.AppendUint64(b, x)
		}
		return b
	}
	slices.SortFunc(steps, func(a, b viewedStep) int { return bytes.Compare(key(a), key(b)) })
	steps = slices.CompactFunc(steps, func(a, b viewedStep) bool { return bytes.Equal(key(a), key(b)) })
	bits, err := w.viewedBits(g, from, from, atoms)
	return append(steps, viewedStep{s.store.print(g.refs[n]), bits}), err
}

// viewedBits evaluates the atoms on a real step.
func (w *runner) viewedBits(g *liveGraph, from, to eval.State, atoms []liveAtom) ([]uint64, error) {
	bits := make([]uint64, g.Words)
	for id, a := range atoms {
		ok, err := w.machine.Bool(a.expr, from, to)
		if err != nil {
			return nil, err
		}
		if ok {
			bits[id/64] |= 1 << (id % 64)
		}
	}
	return bits, nil
}

// unconfirmed is the error of a lasso that no real states could be found for.
func unconfirmed() error {
	return diag.New(diag.Unsupported, "U131", source.Span{},
		"a lasso was found among states that count as one under the VIEW or symmetry, but real states do not confirm it; check without them")
}
