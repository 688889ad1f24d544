package encode

import (
	"cmp"
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/smt"
)

// A Footprint says which parts of the states a branch of a step reads and
// writes, in terms of the constants that the states are made of (E3).
//
// A part is written where the branch gives it another value than it had. What
// is read is what the guard and the written values are made of.
type Footprint struct {
	Key   string     // of the branch
	Reads []smt.Term // constants of the state before the step
	// Overwrites are the constants of the state before whose part is assigned,
	// though it may be to what it was.
	Overwrites []Write
	// Writes are the constants of the state after the step whose part changes.
	Writes []Write
	// Opaque means that a value that the branch replaces cannot be told in
	// terms of the state after the step, so that Writes is not all.
	Opaque bool
}

// A Write says what becomes of a constant. Lists of writes are in the order of the
// constants, with one for each.
type Write struct {
	Of  smt.Term
	How Writing
}

// Writing says what becomes of a truth value that is written.
type Writing uint8

// The kinds of writing. Those that raise a value commute, and so do those that
// lower it.
const (
	Replaces Writing = iota
	Raises           // to true, under some condition
	Lowers           // to false, under some condition
)

// Footprints returns the footprint of each branch of the step from cur, or
// false where that takes too long.
func (e *Encoder) Footprints(st *Step, cur State) ([]Footprint, bool) {
	const most = 1 << 25 // terms looked at
	r := reader{e: e, seen: make([]int32, e.Store.Len()), entries: map[*Func]entries{}}
	out := make([]Footprint, len(st.Branches))
	for i, b := range st.Branches {
		r.begin(b)
		for v := range cur {
			r.compare(st.Next[v], b.Next[v], cur[v])
		}
		r.foot.Reads = r.support()
		r.foot.Overwrites, r.foot.Writes = JoinWrites(r.foot.Overwrites), JoinWrites(r.foot.Writes)
		out[i] = r.foot
		if r.visits > most {
			return nil, false
		}
	}
	return out, true
}

// JoinWrites brings writes, which it may use, into order, and makes one of those of
// one constant: what is both raised and lowered is replaced.
func JoinWrites(ws []Write) []Write {
	slices.SortFunc(ws, func(a, b Write) int { return cmp.Compare(a.Of, b.Of) })
	out := ws[:0]
	for _, w := range ws {
		last := len(out) - 1
		switch {
		case last < 0 || out[last].Of != w.Of:
			out = append(out, w)
		case out[last].How != w.How:
			out[last].How = Replaces
		}
	}
	return out
}

// A reader makes footprints, one after the other.
type reader struct {
	e      *Encoder
	foot   Footprint
	terms  []smt.Term // that were read
	seen   []int32    // by term: the footprint that it was last read for
	turn   int32
	visits int

	entries map[*Func]entries // of the functions in both states, which each branch is compared with
}

func (r *reader) begin(b *Branch) {
	r.turn++
	r.terms = append(r.terms[:0], b.Guard)
	r.foot = Footprint{Key: b.Key()}
}

// support lists the constants in the terms that were read.
func (r *reader) support() (out []smt.Term) {
	s := r.e.Store
	stack := slices.Clone(r.terms)
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r.seen[t] == r.turn {
			continue
		}
		r.seen[t] = r.turn
		r.visits++
		if s.Op(t) == smt.OpConst {
			out = append(out, t)
		}
		stack = append(stack, s.Args(t)...)
	}
	return out
}

// write notes that a truth value is written, which was old and is after then.
func (r *reader) write(after, old smt.Term, how Writing) {
	r.note(&r.foot.Overwrites, old, how)
	r.foot.Opaque = !r.note(&r.foot.Writes, after, how) || r.foot.Opaque
}

// note adds the constant t, or what it negates; false where it is no constant.
func (r *reader) note(to *[]Write, t smt.Term, how Writing) bool {
	s := r.e.Store
	if s.Op(t) == smt.OpNot {
		t = s.Args(t)[0]
		switch how {
		case Raises:
			how = Lowers
		case Lowers:
			how = Raises
		}
	}
	if s.Op(t) != smt.OpConst {
		return false
	}
	*to = append(*to, Write{t, how})
	return true
}

// assign notes that all of a part is replaced.
func (r *reader) assign(by, old Sym) {
	symbolic.EachTerm(old, func(t smt.Term) { r.note(&r.foot.Overwrites, t, Replaces) })
	symbolic.EachTerm(by, func(t smt.Term) { r.terms = append(r.terms, t) })
}

// lose is assign for what cannot be told in terms of the state after the step.
func (r *reader) lose(by, old Sym) {
	r.assign(by, old)
	r.foot.Opaque = true
}

// compare notes what is written of a part of the state: after is what it is
// after the step, whichever branch is taken, by what this branch makes of it,
// and old what it was.
func (r *reader) compare(after, by, old Sym) {
	if symbolic.Same(by, old) {
		return
	}
	switch a := after.(type) {
	case Bool:
		r.truth(a.T, by, old)
	case *Tuple:
		r.parts(a, by, old, func(s Sym) []Sym { es, _ := symbolic.TupleElems(s); return es })
	case *Record:
		r.parts(a, by, old, func(s Sym) []Sym { _, vs, _ := symbolic.RecordFields(s); return vs })
	case *Set:
		r.set(a, by, old)
	case *Func:
		r.function(a, by, old)
	case Int, *Union:
		r.whole(after, by, old)
	default:
		r.lose(by, old)
	}
}

// whole notes that all of a part is written.
func (r *reader) whole(after, by, old Sym) {
	if !r.e.covers(after, old) {
		r.lose(by, old)
		return
	}
	r.assign(by, old)
	r.fresh(after)
}

// fresh notes that all constants of a part are written.
func (r *reader) fresh(after Sym) {
	symbolic.EachTerm(after, func(t smt.Term) { r.note(&r.foot.Writes, t, Replaces) })
}

func (r *reader) truth(after smt.Term, by, old Sym) {
	if !symbolic.IsBool(by) || !symbolic.IsBool(old) {
		r.lose(by, old)
		return
	}
	r.bit(after, r.e.TruthTerm(by), r.e.TruthTerm(old))
}

// bit notes the writing of one truth value.
func (r *reader) bit(after, by, old smt.Term) {
	if by == old {
		return
	}
	s := r.e.Store
	switch {
	case by == smt.True:
		r.write(after, old, Raises)
	case by == smt.False:
		r.write(after, old, Lowers)
	case s.Op(by) == smt.OpAnd && slices.Contains(s.Args(by), old):
		r.rest(s.Args(by), old)
		r.write(after, old, Lowers)
	case s.Op(by) == smt.OpNot && s.Op(s.Args(by)[0]) == smt.OpAnd && slices.Contains(s.Args(s.Args(by)[0]), s.Not(old)):
		r.rest(s.Args(s.Args(by)[0]), s.Not(old))
		r.write(after, old, Raises)
	default:
		r.terms = append(r.terms, by)
		r.write(after, old, Replaces)
	}
}

// rest notes the reading of all of ts but one.
func (r *reader) rest(ts []smt.Term, but smt.Term) {
	for _, t := range ts {
		if t != but {
			r.terms = append(r.terms, t)
		}
	}
}

func (r *reader) parts(after, by, old Sym, of func(Sym) []Sym) {
	if symbolic.ShapeOf(after) != symbolic.ShapeOf(by) || symbolic.ShapeOf(after) != symbolic.ShapeOf(old) {
		r.lose(by, old)
		return
	}
	as, bs, os := of(after), of(by), of(old)
	for i := range as {
		r.compare(as[i], bs[i], os[i])
	}
}

func (r *reader) set(after *Set, by, old Sym) {
	bs, okB := r.e.rowOf(symbolic.Members(by))
	os, okO := r.e.rowOf(symbolic.Members(old))
	as, okA := r.e.rowOf(after.Members, true)
	if !okA || !okB || !okO || !within(os, as) {
		r.lose(by, old)
		return
	}
	for key, in := range as {
		r.bit(in, bs[key], os[key])
	}
}

// rowOf gives the guards of members by value, or false where one is not
// concrete. A value that is missing has the guard False, which is the zero
// Term.
func (e *Encoder) rowOf(ms []Member, listed bool) (map[any]smt.Term, bool) {
	row := make(map[any]smt.Term, len(ms))
	for _, m := range ms {
		v, ok := symbolic.Concrete(m.Val)
		if !ok {
			return nil, false
		}
		row[e.KeyOf(v)] = m.In
	}
	return row, listed
}

// within tells whether the members in row can be told by the guards of all:
// they are constants, or what they are for certain.
func within(row, all map[any]smt.Term) bool {
	for key, in := range row {
		if a := all[key]; a <= smt.True && a != in {
			return false
		}
	}
	for key, a := range all {
		if a == smt.True && row[key] != smt.True {
			return false
		}
	}
	return true
}

func (r *reader) function(after *Func, by, old Sym) {
	a, okA := r.entriesOf(after)
	b, okB := r.e.entriesOf(by)
	o, okO := r.entriesOf(old)
	if !okA || !okB || !okO || !within(o.in, a.in) {
		r.lose(by, old)
		return
	}
	for key, val := range a.vals {
		r.bit(a.in[key], b.in[key], o.in[key])
		newVal, inB := b.vals[key]
		oldVal, inO := o.vals[key]
		switch {
		case inB && inO:
			r.compare(val, newVal, oldVal)
		case inB: // it comes into being
			r.assign(newVal, Bottom{})
			r.fresh(val)
		case inO && !r.e.covers(val, oldVal):
			r.foot.Opaque = true
		}
	}
}

// entries are the keys and values of a function whose keys are concrete.
type entries struct {
	in   map[any]smt.Term
	vals map[any]Sym
}

func (e *Encoder) entriesOf(s Sym) (entries, bool) {
	keys, vals, ok := symbolic.FuncParts(s)
	row, ok := e.rowOf(keys, ok)
	if !ok {
		return entries{}, false
	}
	out := entries{row, make(map[any]Sym, len(vals))}
	for i, k := range keys {
		v, _ := symbolic.Concrete(k.Val)
		out.vals[e.KeyOf(v)] = vals[i]
	}
	return out, true
}

// entriesOf is Encoder.entriesOf for a part of a state.
func (r *reader) entriesOf(s Sym) (entries, bool) {
	f, ok := s.(*Func)
	if !ok {
		return r.e.entriesOf(s)
	}
	known, ok := r.entries[f]
	if !ok {
		known, _ = r.e.entriesOf(f)
		r.entries[f] = known
	}
	return known, known.in != nil
}

// covers tells whether the value old can be told in the constants of after.
func (e *Encoder) covers(after, old Sym) bool {
	if symbolic.Same(after, old) {
		return true
	}
	switch a := after.(type) {
	case Bool:
		return symbolic.IsBool(old)
	case Int:
		if !symbolic.IsInt(old) {
			return false
		}
		b, bounded := e.BoundsOf(a.T)
		if !bounded {
			return true
		}
		o, ok := e.BoundsOf(e.Literal(old))
		return ok && b.Lo <= o.Lo && o.Hi <= b.Hi
	case *Tuple:
		es, ok := symbolic.TupleElems(old)
		return ok && e.coverAll(a.Elems, es)
	case *Record:
		_, vs, ok := symbolic.RecordFields(old)
		return ok && symbolic.ShapeOf(after) == symbolic.ShapeOf(old) && e.coverAll(a.Vals, vs)
	case *Set:
		all, ok := e.rowOf(a.Members, true)
		row, okRow := e.rowOf(symbolic.Members(old))
		return ok && okRow && within(row, all)
	case *Func:
		all, ok := e.entriesOf(a)
		o, okO := e.entriesOf(old)
		if !ok || !okO || !within(o.in, all.in) {
			return false
		}
		for key, v := range o.vals {
			if o.in[key] != smt.False && !e.covers(all.vals[key], v) {
				return false
			}
		}
		return true
	case *Union:
		for _, o := range symbolic.Alts(old) {
			if !slices.ContainsFunc(a.Alts, func(x Alt) bool { return symbolic.ShapeOf(x.Val) == symbolic.ShapeOf(o.Val) && e.covers(x.Val, o.Val) }) {
				return false
			}
		}
		return true
	}
	return false
}

func (e *Encoder) coverAll(after, old []Sym) bool {
	if len(after) != len(old) {
		return false
	}
	for i, a := range after {
		if !e.covers(a, old[i]) {
			return false
		}
	}
	return true
}
