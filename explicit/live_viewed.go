package explicit

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"maps"
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
	to   fingerprint
	bits []uint64
}

// A viewing is what viewedGraph works with.
type viewing struct {
	s     *search
	atoms []liveAtom
	words int
	kept  map[fingerprint]ref // states by their prints
}

// viewedGraph is liveGraph for a search that merges states.
func (s *search) viewedGraph(exprs []ir.Expr) (*liveGraph, error) {
	v := &viewing{s: s, atoms: s.liveAtoms(exprs), words: max(1, (len(exprs)+63)/64), kept: map[fingerprint]ref{}}
	for r := range s.store.next.Load() {
		if s.store.holds(r) {
			v.kept[s.store.print(r)] = r
		}
	}
	steps, err := v.allSteps()
	if err != nil {
		return nil, err
	}
	return v.graph(steps), nil
}

// allSteps makes the steps out of every state, by ref.
func (v *viewing) allSteps() ([][]viewedStep, error) {
	s := v.s
	out := make([][]viewedStep, s.store.next.Load())
	refs := slices.SortedFunc(maps.Values(v.kept), s.store.compare)
	next := s.prog.compiler.safeMaker(s.sys.Next, lexical{}, func(fr *frame) { fr.run.viewed.note(fr) })
	for _, w := range s.workers {
		w.viewed = &viewer{viewing: v, state: make([]uint64, v.words)}
	}
	return out, s.eachState(len(refs), func(w *runner, n int) (err error) {
		out[refs[n]], err = w.viewedSteps(refs[n], next)
		return err
	})
}

// graph numbers the states breadth-first from the initial ones.
func (v *viewing) graph(steps [][]viewedStep) *liveGraph {
	g := &liveGraph{}
	g.Words = v.words
	numbers := map[fingerprint]uint32{}
	number := func(print fingerprint) uint32 {
		n, ok := numbers[print]
		if !ok {
			n = uint32(len(g.refs))
			numbers[print] = n
			g.refs = append(g.refs, v.kept[print])
		}
		return n
	}
	roots := v.s.roots()
	slices.SortFunc(roots, v.s.store.compare)
	for _, r := range roots {
		g.Init = append(g.Init, number(v.s.store.print(r)))
	}
	g.Off = append(g.Off, 0)
	for n := 0; n < len(g.refs); n++ {
		for _, st := range steps[g.refs[n]] {
			g.To = append(g.To, number(st.to))
			g.Bits = append(g.Bits, st.bits...)
		}
		g.Off = append(g.Off, uint64(len(g.To)))
	}
	return g
}

// A viewer is a worker's part of a viewing: the steps out of the state at hand.
type viewer struct {
	*viewing
	state []uint64 // the atoms that hold in the state, whatever the step
	steps []viewedStep
}

// viewedSteps are the steps out of state r, in an order of their own, and last
// the stuttering step.
func (w *runner) viewedSteps(r ref, next maker) ([]viewedStep, error) {
	s, v := w.s, w.viewed
	row := make([]int64, s.slots)
	s.unpackRow(s.store.row(r), row)
	copy(w.fr.cur, row)
	w.fr.setCur()
	w.fr.openNext()
	if err := v.atState(w); err != nil {
		return nil, err
	}
	v.steps = nil
	clear(w.fr.set)
	if !w.try(next) {
		v.steps = nil
		if err := v.plain(w, s.decodeState(row)); err != nil {
			return nil, err
		}
	}
	key := func(st viewedStep) []byte {
		b := binary.BigEndian.AppendUint64(nil, st.to.first)
		b = binary.BigEndian.AppendUint64(b, st.to.second)
		for _, x := range st.bits {
			b = binary.BigEndian.AppendUint64(b, x)
		}
		return b
	}
	slices.SortFunc(v.steps, func(a, b viewedStep) int { return bytes.Compare(key(a), key(b)) })
	steps := slices.CompactFunc(v.steps, func(a, b viewedStep) bool { return bytes.Equal(key(a), key(b)) })
	from := s.decodeState(row)
	bits, err := v.plainBits(w, from, from)
	return append(steps, viewedStep{s.store.print(r), bits}), err
}

// atState evaluates the atoms that look at the state in fr.cur alone.
func (v *viewer) atState(w *runner) error {
	clear(v.state)
	for id, a := range v.atoms {
		if a.step {
			continue
		}
		ok := false
		clear(w.fr.set)
		if !w.try(func(fr *frame) { ok = a.test(fr) }) {
			var err error
			if ok, err = w.machine.Bool(a.expr, w.s.decodeState(w.fr.cur), nil); err != nil {
				return err
			}
		}
		if ok {
			v.state[id/64] |= 1 << (id % 64)
		}
	}
	return nil
}

// note is what compiled actions end with here: the state in fr.nxt is a
// successor of fr.cur.
func (v *viewer) note(fr *frame) {
	for _, done := range fr.set {
		if !done {
			bail()
		}
	}
	bits := slices.Clone(v.state)
	fr.setNext()
	for id, a := range v.atoms {
		if a.step && a.test(fr) {
			bits[id/64] |= 1 << (id % 64)
		}
	}
	fr.openNext()
	w := fr.run
	var print fingerprint
	if w.s.sym != nil {
		print, _ = w.s.sym.least(w)
	} else {
		print = w.print(fr.nxt)
	}
	if _, ok := v.kept[print]; ok { // else it is outside the constraints
		v.steps = append(v.steps, viewedStep{print, bits})
	}
}

// plain makes the steps by the plain evaluator.
func (v *viewer) plain(w *runner, from eval.State) error {
	var failed error
	err := w.machine.Successors(from, func(t eval.Successor) bool {
		print := w.printOf(t.State, 0)
		if _, ok := v.kept[print]; !ok {
			return true
		}
		bits, err := v.plainBits(w, from, t.State)
		v.steps = append(v.steps, viewedStep{print, bits})
		failed = err
		return err == nil
	})
	return cmp.Or(err, failed)
}

// plainBits evaluates the atoms on a step; those of the state are known.
func (v *viewer) plainBits(w *runner, from, to eval.State) ([]uint64, error) {
	bits := slices.Clone(v.state)
	for id, a := range v.atoms {
		if !a.step {
			continue
		}
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
	return diag.New(diag.Unsupported, "U151", source.Span{},
		"a lasso was found among states that count as one under the VIEW or symmetry, but real states do not confirm it; check without them")
}
