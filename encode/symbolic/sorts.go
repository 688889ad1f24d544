package symbolic

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// AnySet is a set of any number of elements, one at least, of which nothing is
// known but which are equal (E17): those of a sort called name.
func (e *Builder) AnySet(name string) Sym {
	s := &SortSet{e.Store.DeclareSort(name)}
	e.anySets = append(e.anySets, s)
	return s
}

// quantified is what is said about all elements of sorts.
type quantified struct {
	anySets     []*SortSet // made so far
	subsets     map[smt.Sort]*subsetSort
	boundVars   map[smt.Term]bool // variables of quantifiers
	definitions []smt.Term        // see TakeDefinitions
	plurality   []smt.Term        // see Pairs
	growth      []smt.Term        // see Growth
	overlap     []smt.Term        // see Overlap
}

func newQuantified() quantified {
	return quantified{subsets: map[smt.Sort]*subsetSort{}, boundVars: map[smt.Term]bool{}}
}

// bound is a fresh variable of a quantifier.
func (e *Builder) bound(sort smt.Sort) smt.Term {
	t := e.Store.Fresh("q", sort)
	e.boundVars[t] = true
	return t
}

// onSort is an arbitrary function on the elements of a sort.
func (p *picking) onSort(dom *SortSet, rng Sym) (Sym, smt.Term, smt.Term) {
	e, f, index := p.e, p.family(rng), slices.Clone(p.index)
	p.exact = false
	l := e.NewLambda(dom, nil, func(arg Sym, _ *Path) Sym {
		el, ok := arg.(Elem)
		if !ok || e.Store.Sort(el.T) != dom.sort {
			return Bottom{} // that it is outside the domain is on record
		}
		return f.at(with(index, el.T)).Val
	})
	x := e.bound(dom.sort)
	m := f.at(with(index, x))
	return l, e.forall([]smt.Term{x}, m.Member), e.forall([]smt.Term{x}, m.Nonempty)
}

// A subsetSort is a sort whose elements stand for the subsets of another: all of
// them, so that every set that can be described has an element. Their sizes obey
// the laws below, which hold of the sizes of finite sets.
type subsetSort struct {
	e     *Builder
	of    *SortSet
	sort  smt.Sort
	known *relationSchema // membership, by element
	made  map[smt.Term]*Relation

	member     smt.Term            // the variable that descriptions speak of
	describing []smt.Term          // the same of descriptions within descriptions, outermost first
	depth      int                 // descriptions that are being made
	names      map[smt.Term]naming // by description
	relations  map[string]naming   // of those that are relations, by name

	size  smt.Fun // of each element
	sized bool    // size exists
	full  smt.Term
}

func (e *Builder) subsetSort(of *SortSet) *subsetSort {
	q, ok := e.subsets[of.sort]
	if !ok {
		name := e.uniqueName(e.Store.SortName(of.sort) + ".sets")
		q = &subsetSort{
			e: e, of: of, sort: e.Store.DeclareSort(name), made: map[smt.Term]*Relation{}, names: map[smt.Term]naming{}, relations: map[string]naming{},
			member: e.bound(of.sort), known: e.newSchema(name+".has", []form{single(leaf{set: of, sort: of.sort})}),
		}
		e.subsets[of.sort] = q
	}
	return q
}

func (q *subsetSort) value(t smt.Term) Sym { return q.relation(t) }

func (q *subsetSort) relation(t smt.Term) *Relation {
	r, ok := q.made[t]
	if !ok {
		s := *q.known
		s.index = []smt.Term{t}
		r = &Relation{schema: &s}
		q.made[t] = r
	}
	return r
}

func (q *subsetSort) wellFormed() smt.Term { return smt.True }

func (q *subsetSort) element(x Sym) (t, is smt.Term, bound bool) {
	if isUnion(x) || !q.e.onSort(x, q.of.sort) {
		t = q.e.bound(q.sort)
		return t, q.e.Eq(q.relation(t), x), true
	}
	return q.describe(x), smt.True, false
}

// Describe is the element that stands for x, a subset of q.of. Sets that are one
// but for the values of some constants have elements that are one function of
// these: where those are equal, so are the elements.
func (q *subsetSort) describe(x Sym) smt.Term {
	if r, ok := x.(*Relation); ok && len(r.updates) == 0 {
		return q.ofRelation(r.schema)
	}
	st := q.e.Store
	member, says := q.says(x)
	var args []smt.Term
	to := map[smt.Term]smt.Term{member: q.member}
	for _, c := range st.FreeConsts(says) {
		if c != member && st.Sort(c) != smt.BoolSort {
			args = append(args, c)
			to[c] = st.Const(fmt.Sprintf("%s?%d", st.SortName(st.Sort(c)), len(args)), st.Sort(c))
		}
	}
	key := st.Substitute(says, to)
	name, ok := q.names[key]
	if !ok {
		name = q.name(args)
		q.names[key] = name
		back := make([]smt.Term, len(args))
		for i, c := range args {
			back[i] = to[c]
		}
		q.define(name, back, func(x smt.Term, vars []smt.Term) smt.Term {
			at := map[smt.Term]smt.Term{q.member: x}
			for i, v := range vars {
				at[back[i]] = v
			}
			return st.Substitute(key, at)
		})
	}
	return name(args)
}

// says is that member is in x. Within x, other sets may be described that depend
// on member, as in {b \in S : Cardinality(S \ {b}) > 1}: their members are other
// variables.
func (q *subsetSort) says(x Sym) (member, says smt.Term) {
	if q.depth == len(q.describing) {
		q.describing = append(q.describing, q.e.bound(q.of.sort))
	}
	member = q.describing[q.depth]
	q.depth++
	defer func() { q.depth-- }()
	return member, q.e.In(Elem{member}, x)
}

// ofRelation is describe for a relation without updates.
func (q *subsetSort) ofRelation(s *relationSchema) smt.Term {
	if s.name == q.known.name {
		return s.index[0]
	}
	name, ok := q.relations[s.name]
	if !ok {
		name = q.name(s.index)
		q.relations[s.name] = name
		q.define(name, s.index, func(x smt.Term, vars []smt.Term) smt.Term {
			at := *s
			at.index = vars
			return q.e.In(Elem{x}, &Relation{schema: &at})
		})
	}
	return name(s.index)
}

// A naming is an element as a function of terms.
type naming func(args []smt.Term) smt.Term

// name is a new naming for args of the sorts of those given.
func (q *subsetSort) name(args []smt.Term) naming {
	st := q.e.Store
	if len(args) == 0 {
		t := st.Fresh(st.SortName(q.sort), q.sort)
		return func([]smt.Term) smt.Term { return t }
	}
	sorts := make([]smt.Sort, len(args))
	for i, v := range args {
		sorts[i] = st.Sort(v)
	}
	f := st.DeclareFun(q.e.uniqueName(st.SortName(q.sort)), sorts, q.sort)
	return func(args []smt.Term) smt.Term { return st.App(f, args...) }
}

// define says which members the elements have that a naming gives: x is one where
// has holds, for all values of its arguments, which are of the sorts of args.
func (q *subsetSort) define(name naming, args []smt.Term, has func(x smt.Term, vars []smt.Term) smt.Term) {
	e, st := q.e, q.e.Store
	x := e.bound(q.of.sort)
	vars := make([]smt.Term, len(args))
	for i, v := range args {
		vars[i] = e.bound(st.Sort(v))
	}
	is := e.In(Elem{x}, q.relation(name(vars)))
	e.definitions = append(e.definitions, e.forall(append(vars[:len(vars):len(vars)], x), st.Iff(is, has(x, vars))))
}

// TakeDefinitions returns what was said since the last call of terms that stand
// for sets. It holds in every query.
func (e *Builder) TakeDefinitions() []smt.Term {
	out := e.definitions
	e.definitions = nil
	return out
}

// sortOf is the sort that s is a subset of, if s cannot be listed otherwise.
func (e *Builder) sortOf(s Sym) (smt.Sort, bool) {
	for _, of := range e.anySets {
		if e.onSort(s, of.sort) {
			_, concrete := Concrete(s)
			return of.sort, !concrete
		}
	}
	return 0, false
}

// onSort tells whether all members of s are plainly elements of a sort.
func (e *Builder) onSort(s Sym, sort smt.Sort) bool {
	elem := func(x Sym) bool {
		return !slices.ContainsFunc(Alts(x), func(a Alt) bool {
			el, ok := a.Val.(Elem)
			return !ok || e.Store.Sort(el.T) != sort
		})
	}
	switch s := s.(type) {
	case *SortSet:
		return s.sort == sort
	case *Relation:
		for _, fm := range s.schema.forms {
			if len(fm.leaves) != 1 || fm.leaves[0].sort != sort || !elem(fm.build([]Sym{Elem{e.subsetSort(&SortSet{sort}).member}})) {
				return false
			}
		}
		return !slices.ContainsFunc(s.updates, func(u update) bool { return !u.remove && !elem(u.elem) })
	case *Filter:
		return e.onSort(s.Base, sort)
	case *Algebra:
		return e.onSort(s.X, sort) && (s.Op != 'u' || e.onSort(s.Y, sort))
	case *Set:
		return !slices.ContainsFunc(s.Members, func(m Member) bool { return !elem(m.Val) })
	case *Union:
		return !slices.ContainsFunc(s.Alts, func(a Alt) bool { return !e.onSort(a.Val, sort) })
	case Known:
		ms, ok := Members(s)
		return ok && len(ms) == 0
	}
	return false
}

// sizeOnSort is how many members s has, which is no Union.
func (e *Builder) sizeOnSort(s Sym, sort smt.Sort) Sym {
	q := e.subsetSort(&SortSet{sort})
	q.measure()
	switch s := s.(type) {
	case *SortSet:
		return Int{q.sizeOf(q.full)}
	case Known:
		ms, _ := Members(s)
		return e.sizeOf(ms)
	}
	size := q.sizeOf(q.describe(s))
	switch s := s.(type) {
	case *Set:
		n := e.sizeOf(s.Members)
		q.law(e.Eq(Int{size}, n), size)
		return n
	case *Relation:
		q.grows(s, size)
	case *Algebra:
		q.adds(s, size)
	}
	return Int{size}
}

func (q *subsetSort) sizeOf(t smt.Term) smt.Term { return q.e.Store.App(q.size, t) }

// grows says how much larger r is than it was before its updates, where these
// only add.
func (q *subsetSort) grows(r *Relation, size smt.Term) {
	if len(r.updates) == 0 || slices.ContainsFunc(r.updates, func(u update) bool { return u.remove }) {
		return
	}
	st := q.e.Store
	before := q.sizeOf(q.describe(&Relation{schema: r.schema}))
	most := st.Add(before, st.Int(int64(len(r.updates))))
	q.law(st.And(st.Le(before, size), st.Le(size, most)), size)
}

// adds says what the size of s, which is made of two subsets, is in terms of theirs:
// what both have in common is counted twice.
func (q *subsetSort) adds(s *Algebra, size smt.Term) {
	if _, all := s.X.(*SortSet); all && s.Op == 'm' && q.plain(s.Y) {
		q.law(q.e.Store.Eq(q.e.Store.Add(size, q.sizeOf(q.describe(s.Y))), q.sizeOf(q.full)), size)
		return
	}
	if !q.plain(s.X) || !q.plain(s.Y) {
		return
	}
	st := q.e.Store
	x, y := q.sizeOf(q.describe(s.X)), q.sizeOf(q.describe(s.Y))
	both := size
	if s.Op != 'n' {
		both = q.sizeOf(q.describe(&Algebra{'n', s.X, s.Y}))
	}
	switch s.Op {
	case 'u':
		q.law(st.Eq(st.Add(size, both), st.Add(x, y)), size)
	case 'm':
		q.law(st.Eq(st.Add(size, both), x), size)
	}
	q.law(st.And(st.Le(both, x), st.Le(both, y), st.Le(st.Add(x, y), st.Add(q.sizeOf(q.full), both))), both)
}

// plain tells whether x is one subset of q.of, and no choice of several.
func (q *subsetSort) plain(x Sym) bool { return !isUnion(x) && q.e.onSort(x, q.of.sort) }

// law says that t, which is about term, holds, whatever the bound variables.
func (q *subsetSort) law(t, term smt.Term) {
	to := map[smt.Term]smt.Term{}
	var vars []smt.Term
	for _, v := range q.e.Store.FreeConsts(t, term) {
		if q.e.boundVars[v] {
			to[v] = q.e.bound(q.e.Store.Sort(v))
			vars = append(vars, to[v])
		}
	}
	q.e.definitions = append(q.e.definitions, q.e.forall(vars, q.e.Store.Substitute(t, to)))
}

// measure gives the subsets sizes. The laws are those by which majorities meet:
// two sets that are together larger than all there is have a member in common.
func (q *subsetSort) measure() {
	if q.sized {
		return
	}
	q.sized = true
	e, st := q.e, q.e.Store
	q.size = st.DeclareFun(e.uniqueName(st.SortName(q.sort)+".size"), []smt.Sort{q.sort}, smt.IntSort)
	q.full = q.describe(q.of)
	all := q.sizeOf(q.full)
	has := func(t, x smt.Term) smt.Term { return e.In(Elem{x}, q.relation(t)) }
	a, b, c, x, y, z := e.bound(q.sort), e.bound(q.sort), e.bound(q.sort), e.bound(q.of.sort), e.bound(q.of.sort), e.bound(q.of.sort)
	d, f := e.bound(q.sort), e.bound(q.sort)
	e.definitions = append(e.definitions,
		st.Le(st.Int(1), all),
		e.forall([]smt.Term{a}, st.And(st.Le(st.Int(0), q.sizeOf(a)), st.Le(q.sizeOf(a), all))),
		e.forall([]smt.Term{b, c}, st.Implies(st.Lt(all, st.Add(q.sizeOf(b), q.sizeOf(c))),
			st.Not(e.forall([]smt.Term{x}, st.Not(st.And(has(b, x), has(c, x))))))),
		e.forall([]smt.Term{d}, st.Implies(st.Le(st.Int(1), q.sizeOf(d)), st.Not(e.forall([]smt.Term{y}, st.Not(has(d, y)))))),
		e.forall([]smt.Term{f, z}, st.Implies(has(f, z), st.Le(st.Int(1), q.sizeOf(f)))),
	)
	g, h, y1, y2, z1, z2 := e.bound(q.sort), e.bound(q.sort), e.bound(q.of.sort), e.bound(q.of.sort), e.bound(q.of.sort), e.bound(q.of.sort)
	two := func(t, x, y smt.Term) smt.Term { return st.And(has(t, x), has(t, y), st.Not(st.Eq(x, y))) }
	e.plurality = append(e.plurality,
		e.forall([]smt.Term{g}, st.Implies(st.Le(st.Int(2), q.sizeOf(g)), st.Not(e.forall([]smt.Term{y1, y2}, st.Not(two(g, y1, y2)))))),
		e.forall([]smt.Term{h, z1, z2}, st.Implies(two(h, z1, z2), st.Le(st.Int(2), q.sizeOf(h)))),
	)
	small, large, w := e.bound(q.sort), e.bound(q.sort), e.bound(q.of.sort)
	e.growth = append(e.growth, e.forall([]smt.Term{small, large}, st.Implies(
		e.forall([]smt.Term{w}, st.Implies(has(small, w), has(large, w))), st.Le(q.sizeOf(small), q.sizeOf(large)))))
	l, r, but, v := e.bound(q.sort), e.bound(q.sort), e.bound(q.sort), e.bound(q.of.sort)
	e.overlap = append(e.overlap, e.forall([]smt.Term{l, r, but}, st.Implies(
		st.Lt(st.Add(all, q.sizeOf(but)), st.Add(q.sizeOf(l), q.sizeOf(r))),
		st.Not(e.forall([]smt.Term{v}, st.Not(st.And(has(l, v), has(r, v), st.Not(has(but, v)))))))))
}

// Pairs is the law that a set has two members or more where two of its members
// differ, as where there is one leader at most. It has instances for any two elements
// of a set.
func (e *Builder) Pairs() []smt.Term { return e.plurality }

// Growth is the law that no set is larger than one that has all its members. It
// has instances for any two sets, each with an element of its own, and few
// proofs need it.
func (e *Builder) Growth() []smt.Term { return e.growth }

// Overlap is the law that two sets that are together larger than all there is and a
// third have a member in common that the third has not: as of N processes, more than
// 3 T, two sets of N - T have one that is none of T. It has instances for any three
// sets.
func (e *Builder) Overlap() []smt.Term { return e.overlap }
