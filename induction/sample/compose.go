package sample

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Columns that are put together. A formula such as
//
//	\E Q \in Quorums(config[s]) : \A v \in Q : term[v] <= term[s]
//
// reads much of the state, and has another truth in nearly every one of them. Its
// parts read little of it, and are evaluated once for each value of what they read:
// the columns of those, over their own names and those that quantifiers bind, are
// put together word by word.

// A table is a column over those of the names in scope that a formula depends on.
type table struct {
	names []*ir.Name
	sizes []int
	bits  [][]uint64
}

// A scope holds names, in the order in which they are bound, with the values that
// they go through.
type scope struct {
	names   []*ir.Name
	domains [][]value.Value
}

func (sc scope) with(n *ir.Name, values []value.Value) scope {
	return scope{append(slices.Clip(sc.names), n), append(slices.Clip(sc.domains), values)}
}

// of are those of the names in sc that e uses.
func (sc scope) of(e ir.Expr) (out scope) {
	used := ir.FreeNames(e)
	for i, n := range sc.names {
		if slices.Contains(used, n) {
			out = out.with(n, sc.domains[i])
		}
	}
	return out
}

// Bounds of what is put together.
const (
	maxTable   = 4_000_000 // words
	maxBetween = 40        // values of a name that a quantifier binds
)

// table is the truth of e, put together from that of its parts. It fails where one
// of them cannot be evaluated somewhere, which need not be so for e.
func (s *Set) table(e ir.Expr, sc scope) (table, error) {
	switch x := e.(type) {
	case *ir.App:
		switch x.Op {
		case ir.And, ir.Or:
			if len(x.Args) > 0 {
				return s.junction(x, sc)
			}
		case ir.Not:
			t, err := s.table(x.Args[0], sc)
			return s.not(t), err
		case ir.Implies, ir.Iff:
			return s.pair(x, sc)
		}
	case *ir.Label:
		return s.table(x.Body, sc)
	case *ir.Call:
		if body := called(x); body != nil {
			return s.table(body, sc)
		}
	case *ir.Quant:
		return s.quantified(x, x.Bounds, sc)
	}
	own := sc.of(e)
	c, err := s.evaluated(e, own.names, own.domains)
	if err != nil {
		return table{}, err
	}
	return table{own.names, c.Sizes, c.bits}, nil
}

// called is the body of what x calls, with its arguments; nil where it stays a call.
func called(x *ir.Call) ir.Expr {
	if x.Def.Body == nil || x.Def.Recursive || x.Def.Key != "" {
		return nil
	}
	with := map[*ir.Name]ir.Expr{}
	for i, p := range x.Def.Params {
		with[p] = x.Args[i]
	}
	return ir.Subst(x.Def.Body, with)
}

func (s *Set) junction(x *ir.App, sc scope) (table, error) {
	op := or
	if x.Op == ir.And {
		op = and
	}
	out, err := s.table(x.Args[0], sc)
	for _, a := range x.Args[1:] {
		if err != nil {
			break
		}
		var t table
		if t, err = s.table(a, sc); err == nil {
			out, err = s.combined(out, t, op, sc)
		}
	}
	return out, err
}

// pair is the table of an implication or an equivalence.
func (s *Set) pair(x *ir.App, sc scope) (table, error) {
	a, err := s.table(x.Args[0], sc)
	if err != nil {
		return table{}, err
	}
	b, err := s.table(x.Args[1], sc)
	switch {
	case err != nil:
		return table{}, err
	case x.Op == ir.Implies:
		return s.combined(s.not(a), b, or, sc)
	}
	return s.combined(s.not(a), b, xor, sc)
}

func and(a, b uint64) uint64 { return a & b }
func or(a, b uint64) uint64  { return a | b }
func xor(a, b uint64) uint64 { return a ^ b }

func (s *Set) not(t table) table {
	c := (&Column{n: s.N, bits: t.bits}).Not()
	return table{t.names, t.sizes, c.bits}
}

// combined is a table over the names of a and of b, in the order of sc.
func (s *Set) combined(a, b table, op func(a, b uint64) uint64, sc scope) (table, error) {
	out := table{}
	for i, n := range sc.names {
		if slices.Contains(a.names, n) || slices.Contains(b.names, n) {
			out.names, out.sizes = append(out.names, n), append(out.sizes, len(sc.domains[i]))
		}
	}
	count := product(out.sizes)
	words := (s.N + 63) / 64
	if count*words > maxTable {
		return table{}, errTooMany
	}
	x, y := s.spread(a, out.names, out.sizes), s.spread(b, out.names, out.sizes)
	for i := range count {
		ws := make([]uint64, words)
		for j := range ws {
			ws[j] = op(x[i][j], y[i][j])
		}
		out.bits = append(out.bits, ws)
	}
	return out, nil
}

func product(sizes []int) int {
	n := 1
	for _, k := range sizes {
		n *= k
	}
	return n
}

// spread are the words of t under each assignment to names, among which are its own.
func (s *Set) spread(t table, names []*ir.Name, sizes []int) [][]uint64 {
	at := make([]int, product(sizes)) // numbers of the assignments to the names of t
	for i := range at {
		weight := 1
		rest := i
		value := make([]int, len(names))
		for k := len(names) - 1; k >= 0; k-- {
			value[k] = rest % sizes[k]
			rest /= sizes[k]
		}
		for k := len(t.names) - 1; k >= 0; k-- {
			at[i] += weight * value[slices.Index(names, t.names[k])]
			weight *= t.sizes[k]
		}
	}
	out := make([][]uint64, len(at))
	for i, k := range at {
		out[i] = t.bits[k]
	}
	return out
}

// quantified is the table of x, which binds the names of bounds.
func (s *Set) quantified(x *ir.Quant, bounds []*ir.Bound, sc scope) (table, error) {
	if len(bounds) == 0 {
		return s.table(x.Body, sc)
	}
	b := bounds[0]
	if b.Domain == nil || b.Tuple {
		return table{}, errTooMany
	}
	return s.bound(x, b.Domain, b.Names, bounds[1:], sc)
}

// bound is the table of x, which binds names, members of domain, and those of bounds.
func (s *Set) bound(x *ir.Quant, domain ir.Expr, names []*ir.Name, bounds []*ir.Bound, sc scope) (table, error) {
	if len(names) == 0 {
		return s.quantified(x, bounds, sc)
	}
	n := names[0]
	if slices.Contains(sc.names, n) {
		return table{}, errTooMany
	}
	members, err := s.between(domain, sc)
	if err != nil {
		return table{}, err
	}
	inner := sc.with(n, members)
	in, err := s.within(n, domain, inner)
	if err != nil {
		return table{}, err
	}
	body, err := s.bound(x, domain, names[1:], bounds, inner)
	if err != nil {
		return table{}, err
	}
	if x.All {
		in, err = s.combined(s.not(in), body, or, inner)
	} else {
		in, err = s.combined(in, body, and, inner)
	}
	return s.without(n, in, x.All), err
}

// between are the values that are members of domain in some state, for some values of
// the names.
func (s *Set) between(domain ir.Expr, sc scope) ([]value.Value, error) {
	var all []value.Value
	own := sc.of(domain)
	err := s.each(domain, own, func(_, _ int, vs []value.Value) { all = append(all, vs...) })
	if err != nil {
		return nil, err
	}
	set := value.NewSet(all)
	out, err := value.Elements(set)
	if err == nil && len(out) > maxBetween {
		err = errTooMany
	}
	return out, err
}

// within is the table of n \in domain, where n goes through members.
func (s *Set) within(n *ir.Name, domain ir.Expr, sc scope) (table, error) {
	members := sc.domains[len(sc.domains)-1]
	own := sc.of(domain).with(n, members)
	out := table{names: own.names}
	for _, d := range own.domains {
		out.sizes = append(out.sizes, len(d))
	}
	words := (s.N + 63) / 64
	if product(out.sizes)*words > maxTable {
		return table{}, errTooMany
	}
	for range product(out.sizes) {
		out.bits = append(out.bits, make([]uint64, words))
	}
	g := s.group(domain)
	states := make([][]int, len(g.first)) // of each group
	for j, k := range g.of {
		states[k] = append(states[k], j)
	}
	err := s.each(domain, sc.of(domain), func(assignment, group int, vs []value.Value) {
		for _, v := range vs {
			at, _ := slices.BinarySearchFunc(members, v, value.Compare)
			ws := out.bits[assignment*len(members)+at]
			for _, j := range states[group] {
				ws[j/64] |= 1 << (j % 64)
			}
		}
	})
	return out, err
}

// each visits the members that e, a set, has in each group of states under each
// assignment to the names of sc.
func (s *Set) each(e ir.Expr, sc scope, visit func(assignment, group int, vs []value.Value)) error {
	states := s.firsts(s.group(e))
	count := 1
	for _, d := range sc.domains {
		count *= len(d)
	}
	if count*len(states) > maxEvaluations {
		return errTooMany
	}
	for i := range count {
		y := ir.Subst(e, sc.assignment(i))
		for k, st := range states {
			v, err := s.machine.Value(y, st, nil)
			if err != nil {
				return err
			}
			vs, err := value.Elements(v)
			if err != nil {
				return err
			}
			visit(i, k, vs)
		}
	}
	return nil
}

// assignment number i gives values to the names, the first going slowest.
func (sc scope) assignment(i int) map[*ir.Name]ir.Expr {
	with := map[*ir.Name]ir.Expr{}
	for k := len(sc.names) - 1; k >= 0; k-- {
		d := sc.domains[k]
		with[sc.names[k]] = &ir.Lit{Value: d[i%len(d)]}
		i /= len(d)
	}
	return with
}

// without is t for all values of n, which is the last of its names, or for some.
func (s *Set) without(n *ir.Name, t table, all bool) table {
	last := len(t.names) - 1
	if last < 0 || t.names[last] != n {
		return t
	}
	out := table{names: t.names[:last], sizes: t.sizes[:last]}
	op := or
	if all {
		op = and
	}
	size := t.sizes[last]
	for i := range product(out.sizes) {
		ws := s.constant(all)
		for k := range size {
			for j, w := range t.bits[i*size+k] {
				ws[j] = op(ws[j], w)
			}
		}
		out.bits = append(out.bits, ws)
	}
	return out
}

// constant is the truth of what is true, or false, in all states.
func (s *Set) constant(truth bool) []uint64 {
	ws := make([]uint64, (s.N+63)/64)
	if !truth {
		return ws
	}
	for j := range ws {
		ws[j] = ^uint64(0)
	}
	if r := s.N % 64; r != 0 {
		ws[len(ws)-1] = 1<<r - 1
	}
	return ws
}
