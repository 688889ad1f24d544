package symmetry

import (
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// CodeNoGroup is of a SYMMETRY that is no set of permutations.
const CodeNoGroup diag.Code = "U121" // a SYMMETRY that is no set of permutations

// MaxPermutations bounds a group: each of its permutations is tried for every
// state.
const MaxPermutations = 5040

// A Group is a group of permutations, without the identity, or some that generate
// one.
type Group []*Permutation

// GroupOf is the group that the permutations of the config's SYMMETRY generate. It
// is an error when that is no set of permutations of model values, or generates
// too many.
func GroupOf(sys *ir.System, m *eval.Machine) (Group, error) {
	set, err := m.Constant(sys.Symmetry)
	if err != nil {
		return nil, err
	}
	refused := func(message string) error {
		return diag.New(diag.Unsupported, CodeNoGroup, sys.Symmetry.Pos(), message)
	}
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
	out := make(Group, len(group))
	for i, to := range group {
		out[i] = NewPermutation(to)
	}
	return out, nil
}

func permutationOf(f value.Value) (map[value.Value]value.Value, bool) {
	keys, vals, ok := value.Entries(f)
	to := map[value.Value]value.Value{}
	for i, k := range keys {
		if !value.IsAtom(k) || !value.IsAtom(vals[i]) {
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
		if len(queue) > MaxPermutations {
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

// keeps tells whether no permutation of the group moves v. A set that is not
// spelled out is taken for one that may be moved, unless nothing is.
func (g Group) keeps(v value.Value) bool {
	v, err := value.Normalize(v)
	if err != nil {
		return false
	}
	holds, known := g.holds(v)
	if !known || !holds {
		return known
	}
	return !slices.ContainsFunc(g, func(p *Permutation) bool { return value.Compare(p.Value(v), v) != 0 })
}

// holds tells whether v may hold what a permutation moves; known is false where that
// cannot be told.
func (g Group) holds(v value.Value) (holds, known bool) {
	known = true
	value.Walk(v, func(part value.Value) {
		switch part := part.(type) {
		case value.Model, value.Str:
			holds = holds || slices.ContainsFunc(g, func(p *Permutation) bool { return p.moves(part) })
		case *value.Record: // its names are strings
			holds = true
		case value.Bool, value.Int, *value.BigInt, value.Range, *value.Tuple, *value.Func, *value.Set:
		default:
			known = false
		}
	})
	return holds, known
}
