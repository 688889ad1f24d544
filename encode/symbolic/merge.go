package symbolic

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A bucket collects, for one shape, what the cases of a merge have of it. A
// case has at most one alternative of a shape.
type bucket struct {
	of    []int      // the case
	inner []smt.Term // the guard within the case
	vals  []Sym
}

// Merge returns the value that is cases[i].Val where cases[i].When holds (E2).
// The guards exclude one another, and one of them holds wherever the result is
// used. Values of one shape are merged part by part, so that the result has
// one alternative for each shape.
func (e *Builder) Merge(cases []Alt) Sym {
	cases = slices.DeleteFunc(slices.Clone(cases), func(a Alt) bool { return a.When == smt.False || IsBottom(a.Val) })
	if len(cases) == 0 {
		return Bottom{}
	}
	if r, ok := sameValue(cases); ok {
		return r
	}
	if oneShape(cases) {
		return e.mergeShape(cases)
	}
	var keys []any
	buckets := map[any]*bucket{}
	for i, alternatives := range e.alignInts(cases) {
		for _, a := range alternatives {
			k := ShapeOf(a.Val)
			b := buckets[k]
			if b == nil {
				b = &bucket{}
				buckets[k] = b
				keys = append(keys, k)
			}
			b.of, b.inner, b.vals = append(b.of, i), append(b.inner, a.When), append(b.vals, a.Val)
		}
	}
	out := make([]Alt, 0, len(keys))
	for _, k := range keys {
		b := buckets[k]
		when := smt.True
		if len(keys) > 1 {
			when = e.bucketGuard(cases, b)
		}
		parts := make([]Alt, len(b.of))
		for j, i := range b.of {
			parts[j] = Alt{cases[i].When, b.vals[j]}
		}
		if when != smt.False {
			out = append(out, Alt{when, e.mergeShape(parts)})
		}
	}
	if len(out) == 1 {
		return out[0].Val
	}
	return &Union{out}
}

// oneShape tells whether all cases are structures of one shape, so that no
// alternatives are to be sorted.
func oneShape(cases []Alt) bool {
	for _, c := range cases {
		if !sameStructure(cases[0].Val, c.Val) {
			return false
		}
	}
	return true
}

// sameStructure tells whether a and b are tuples or records with the same parts.
func sameStructure(a, b Sym) bool {
	if names, ok := recordNames(a); ok {
		others, ok := recordNames(b)
		return ok && slices.Equal(names, others)
	}
	n, ok := tupleLength(a)
	m, ok2 := tupleLength(b)
	return ok && ok2 && n == m
}

func recordNames(s Sym) ([]string, bool) {
	switch s := s.(type) {
	case *Record:
		return s.Names, true
	case Known:
		if r, ok := s.V.(*value.Record); ok {
			return r.Names, true
		}
	}
	return nil, false
}

func tupleLength(s Sym) (int, bool) {
	switch s := s.(type) {
	case *Tuple:
		return len(s.Elems), true
	case Known:
		if t, ok := s.V.(*value.Tuple); ok {
			return len(t.Elems), true
		}
	}
	return 0, false
}

// ite is merge for two cases.
func (e *Builder) ite(c smt.Term, x, y Sym) Sym {
	switch c {
	case smt.True:
		return x
	case smt.False:
		return y
	}
	return e.Merge([]Alt{{c, x}, {e.Store.Not(c), y}})
}

// sameValue returns the value that all cases agree on.
func sameValue(cases []Alt) (Sym, bool) {
	if cases[0].When == smt.True {
		return cases[0].Val, true
	}
	for _, c := range cases[1:] {
		if c.When == smt.True {
			return c.Val, true
		}
		if !Identical(c.Val, cases[0].Val) {
			return nil, false
		}
	}
	return cases[0].Val, true
}

// bucketGuard is the condition that the merged value has b's shape.
func (e *Builder) bucketGuard(cases []Alt, b *bucket) smt.Term {
	ts := make([]smt.Term, len(cases)) // False where the case lacks the shape
	for j, i := range b.of {
		ts[i] = b.inner[j]
	}
	return e.choose(cases, ts)
}

// choose returns the term ts[i] where cases[i].When holds. Cases with one term
// share one condition, and the term of most cases needs none.
func (e *Builder) choose(cases []Alt, ts []smt.Term) smt.Term {
	e.Poll() // there may be thousands of shapes, and each asks all cases
	order := make([]smt.Term, 0, 4)
	groups := map[smt.Term][]smt.Term{}
	for i, t := range ts {
		if groups[t] == nil {
			order = append(order, t)
		}
		groups[t] = append(groups[t], cases[i].When)
	}
	most := order[0]
	for _, t := range order {
		if len(groups[t]) > len(groups[most]) {
			most = t
		}
	}
	result := most
	for _, t := range order {
		if t != most {
			result = e.Store.Ite(e.Store.Or(groups[t]...), t, result)
		}
	}
	return result
}

// Shapes of values that merge part by part; other values are shapes of their
// own.
type (
	shapeBool   struct{}
	shapeInt    struct{}
	shapeTuple  int
	shapeRecord string
	shapeFunc   struct{}
	shapeSet    struct{}
	shapeElem   smt.Sort
	shapeSeq    struct{}
	shapeLazy   string
)

// ShapeOf returns a key that is equal for values that merge into one.
func ShapeOf(s Sym) any {
	switch s := s.(type) {
	case Bool:
		return shapeBool{}
	case Int:
		return shapeInt{}
	case *Tuple:
		return shapeTuple(len(s.Elems))
	case *Record:
		return recordShape(s.Names)
	case *Func:
		return shapeFunc{}
	case *Set:
		return shapeSet{}
	case *Relation:
		return s.schema
	case *Seq:
		return shapeSeq{}
	case Known:
		return shapeOfValue(s.V)
	}
	return s
}

func shapeOfValue(v value.Value) any {
	switch v := v.(type) {
	case value.Bool:
		return shapeBool{}
	case *value.BigInt:
		return shapeInt{}
	case *value.Tuple:
		return shapeTuple(len(v.Elems))
	case *value.Record:
		return recordShape(v.Names)
	case *value.Func:
		return shapeFunc{}
	case *value.Set, value.Range:
		return shapeSet{}
	case value.Int, value.Str, value.Model, value.Universe:
		return v
	}
	return shapeLazy(v.String())
}

func recordShape(names []string) shapeRecord {
	var b strings.Builder
	for _, n := range names {
		b.WriteString(strconv.Itoa(len(n)))
		b.WriteByte(' ')
		b.WriteString(n)
	}
	return shapeRecord(b.String())
}

// mergeShape merges values of one shape.
func (e *Builder) mergeShape(cases []Alt) Sym {
	if r, ok := sameValue(cases); ok {
		return r
	}
	switch first := cases[0].Val; ShapeOf(first).(type) {
	case shapeBool:
		return BoolSym(e.choose(cases, mapTerms(cases, e.TruthTerm)))
	case shapeInt:
		return e.intSym(e.choose(cases, mapTerms(cases, e.Literal)))
	case shapeElem:
		return Elem{e.choose(cases, mapTerms(cases, func(s Sym) smt.Term { return s.(Elem).T }))}
	case shapeTuple:
		return e.mergeParts(cases, func(s Sym) []Sym { es, _ := TupleElems(s); return es }, NewTuple)
	case shapeRecord:
		names, _, _ := RecordFields(first)
		return e.mergeParts(cases, func(s Sym) []Sym { _, vs, _ := RecordFields(s); return vs },
			func(vals []Sym) Sym { return NewRecord(names, vals) })
	case shapeFunc:
		return e.mergeFuncs(cases)
	case shapeSet:
		return e.mergeSets(cases)
	case shapeSeq:
		return e.mergeSeqs(cases)
	case *relationSchema:
		return e.mergeRelations(cases)
	default:
		return first
	}
}

func mapTerms(cases []Alt, f func(Sym) smt.Term) []smt.Term {
	ts := make([]smt.Term, len(cases))
	for i, c := range cases {
		ts[i] = f(c.Val)
	}
	return ts
}

// mergeParts merges structures with the same parts.
func (e *Builder) mergeParts(cases []Alt, parts func(Sym) []Sym, build func([]Sym) Sym) Sym {
	rows := make([][]Sym, len(cases))
	for i, c := range cases {
		rows[i] = parts(c.Val)
	}
	out := make([]Sym, len(rows[0]))
	column := make([]Alt, len(cases))
	for j := range out {
		for i, c := range cases {
			column[i] = Alt{c.When, rows[i][j]}
		}
		out[j] = e.Merge(column)
	}
	return build(out)
}

// mergeSets merges sets candidate by candidate.
func (e *Builder) mergeSets(cases []Alt) Sym {
	rows := make([][]Member, len(cases))
	for i, c := range cases {
		rows[i], _ = Members(c.Val)
	}
	var out []Member
	for _, s := range e.slots(cases, rows) {
		out = append(out, Member{s.in(e, cases, rows), s.val})
	}
	return e.Gather(out)
}

// joinDuplicates makes one candidate of those that are one value.
func (e *Builder) joinDuplicates(ms []Member) []Member {
	at := map[Sym]int{}
	var out []Member
	for _, m := range ms {
		if i, ok := at[m.Val]; ok {
			out[i].In = e.Store.Or(out[i].In, m.In)
			continue
		}
		at[m.Val] = len(out)
		out = append(out, m)
	}
	return out
}

// mergeFuncs merges functions; their domains may differ.
func (e *Builder) mergeFuncs(cases []Alt) Sym {
	rows, vals := make([][]Member, len(cases)), make([][]Sym, len(cases))
	for i, c := range cases {
		rows[i], vals[i], _ = FuncParts(c.Val)
	}
	var keys []Member
	var out []Sym
	for _, s := range e.slots(cases, rows) {
		var column []Alt
		for i, j := range s.at {
			if j >= 0 {
				column = append(column, Alt{cases[i].When, vals[i][j]})
			}
		}
		keys = append(keys, Member{s.in(e, cases, rows), s.val})
		out = append(out, e.Merge(column))
	}
	return e.joinKeys(keys, out)
}
