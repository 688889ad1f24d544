package explicit

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

const codeSymmetry diag.Code = "U121" // a SYMMETRY that is no set of permutations

// maxPermutations bounds the group that the config's permutations generate.
const maxPermutations = 5040

// A symmetry is a group of permutations of model values. States that one of
// them turns into each other are one state: the one with the least fingerprint
// stands for all, which is the same whoever finds it. The identity is left out.
type symmetry struct {
	s       *search
	group   []map[value.Value]value.Value
	perms   []*permutation // of the group
	telling []int          // invariants that are checked on all images of a state
}

// newSymmetry makes the symmetry of a search from the permutations of a group.
func newSymmetry(s *search, group []map[value.Value]value.Value, telling []int) *symmetry {
	sym := &symmetry{s: s, group: group, telling: telling}
	for _, to := range group {
		sym.perms = append(sym.perms, newPermutation(to, s.prog.view))
	}
	return sym
}

// symmetryGroup is the group that the permutations of the config's SYMMETRY
// generate, without the identity.
func symmetryGroup(sys *ir.System, m *eval.Machine) ([]map[value.Value]value.Value, error) {
	set, err := m.Constant(sys.Symmetry)
	if err != nil {
		return nil, err
	}
	refused := func(message string) error { return unsupported(codeSymmetry, sys.Symmetry.Pos(), message) }
	fs, err := value.Elements(set)
	if err != nil {
		return nil, refused("SYMMETRY must be a set of permutations, such as Permutations(S), but it is " + value.Brief(set) + ".")
	}
	var gens []map[value.Value]value.Value
	for _, f := range fs {
		to, ok := permutationOf(f)
		if !ok {
			return nil, refused("SYMMETRY must be a set of permutations of model values, but it contains " + value.Brief(f) + ".")
		}
		gens = append(gens, to)
	}
	group, ok := generate(gens)
	if !ok {
		return nil, refused("SYMMETRY generates more permutations than can be tried for each state; use smaller sets.")
	}
	return group, nil
}

func permutationOf(f value.Value) (map[value.Value]value.Value, bool) {
	keys, vals, ok := funParts(f)
	to := map[value.Value]value.Value{}
	for i, k := range keys {
		if !isAtom(k) || !isAtom(vals[i]) {
			return nil, false
		}
		if k != vals[i] {
			to[k] = vals[i]
		}
	}
	return to, ok
}

// generate closes gens under composition; the identity is left out.
func generate(gens []map[value.Value]value.Value) (group []map[value.Value]value.Value, ok bool) {
	seen := map[string]bool{"": true}
	queue := []map[value.Value]value.Value{{}}
	for i := 0; i < len(queue); i++ {
		for _, g := range gens {
			p := compose(queue[i], g)
			if name := nameOf(p); !seen[name] {
				seen[name] = true
				queue = append(queue, p)
			}
		}
		if len(queue) > maxPermutations {
			return nil, false
		}
	}
	return queue[1:], true
}

// compose is first p, then q.
func compose(p, q map[value.Value]value.Value) map[value.Value]value.Value {
	out := map[value.Value]value.Value{}
	put := func(k value.Value) {
		v, moved := p[k]
		if !moved {
			v = k
		}
		if w, again := q[v]; again {
			v = w
		}
		if v != k {
			out[k] = v
		}
	}
	for k := range p {
		put(k)
	}
	for k := range q {
		put(k)
	}
	return out
}

func nameOf(p map[value.Value]value.Value) string {
	if len(p) == 0 {
		return ""
	}
	var pairs []value.Value
	for k, v := range p {
		pairs = append(pairs, value.NewTuple([]value.Value{k, v}))
	}
	return value.NewSet(pairs).String()
}

// least is the least fingerprint of the states that w.fr.nxt stands for, and the
// permutation that leads there, nil for the identity.
func (y *symmetry) least(w *runner) (print fingerprint, by *permutation) {
	view := w.s.prog.view
	print = view.print(w.fr, w.packed)
	for _, p := range y.perms {
		if h := view.printOfImage(w.fr, p, w.spare, w.packed); h.Less(print) {
			print, by = h, p
		}
	}
	return print, by
}

// pack leaves the state that by makes of w.fr.nxt in w.packed.
func (y *symmetry) pack(w *runner, by *permutation) {
	row := w.fr.nxt
	if by != nil {
		by.permute(row, w.spare)
		row = w.spare
	}
	y.s.packRow(row, w.packed)
}
