package symbolic

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A Bounds is an interval that a term is in, wherever it is used.
type Bounds struct {
	Lo, Hi int64
	// owed means that the interval does not follow from what the term is made
	// of: it is narrower by a condition, which the solver has to be told.
	owed bool
}

// BoundsOfConst are the bounds that the constant t was given.
func (e *Builder) BoundsOfConst(t smt.Term) (b Bounds, ok bool) {
	b, ok = e.bounded[t]
	return b, ok
}

// intervals are the bounds that terms are known to have.
type intervals struct {
	bounded map[smt.Term]Bounds
	guards  map[smt.Term]smt.Term            // by the constant that says that a branch is taken
	implies map[smt.Term]map[smt.Term]Bounds // see implied
}

func newIntervals() intervals {
	return intervals{map[smt.Term]Bounds{}, map[smt.Term]smt.Term{}, map[smt.Term]map[smt.Term]Bounds{}}
}

// boundsLimit keeps bounds far from overflow.
const boundsLimit = 1 << 40

var unbounded = Bounds{Lo: -boundsLimit, Hi: boundsLimit}

func exactly(v int64) Bounds { return Bounds{Lo: v, Hi: v} }

func (b Bounds) ok() bool { return -boundsLimit < b.Lo && b.Lo <= b.Hi && b.Hi < boundsLimit }

// and is the intersection.
func (b Bounds) and(o Bounds) Bounds {
	owed := b.owed || o.owed && (o.Lo > b.Lo || o.Hi < b.Hi)
	return Bounds{max(b.Lo, o.Lo), min(b.Hi, o.Hi), owed}
}

// or is the smallest interval that holds both.
func (b Bounds) or(o Bounds) Bounds {
	return Bounds{min(b.Lo, o.Lo), max(b.Hi, o.Hi), b.owed || o.owed}
}

func (b Bounds) plus(o Bounds) Bounds { return Bounds{b.Lo + o.Lo, b.Hi + o.Hi, b.owed || o.owed} }

func (b Bounds) times(k int64) Bounds {
	return Bounds{min(k*b.Lo, k*b.Hi), max(k*b.Lo, k*b.Hi), b.owed}
}

// BoundsOf finds an interval for an integer term from its parts. Constants
// have the bounds of what they were named for, or none. The branches of a
// conditional have their bounds under its condition: where a branch of the step
// asks for x < 9, the x + 1 that it assigns is at most 9.
func (e *Builder) BoundsOf(t smt.Term) (b Bounds, ok bool) {
	b = e.boundsUnder(t, nil, e.bounded)
	return b, b.ok()
}

// boundsUnder is BoundsOf where facts hold; done keeps what is found under
// them. Conditions within are looked at where there are no facts yet, so that
// a term is visited twice at most.
func (e *Builder) boundsUnder(t smt.Term, facts, done map[smt.Term]Bounds) Bounds {
	if b, ok := done[t]; ok {
		return b
	}
	b := e.boundsByParts(t, facts, done)
	if known, ok := e.bounded[t]; ok {
		b = b.and(known)
	}
	if f, ok := facts[t]; ok {
		b = b.and(f)
	}
	if b.ok() {
		done[t] = b
	}
	return b
}

func (e *Builder) boundsByParts(t smt.Term, facts, done map[smt.Term]Bounds) Bounds {
	s := e.Store
	part := func(x smt.Term) Bounds { return e.boundsUnder(x, facts, done) }
	switch args := s.Args(t); s.Op(t) {
	case smt.OpInt:
		if v, ok := s.Int64Value(t); ok && exactly(v).ok() {
			return exactly(v)
		}
	case smt.OpIte:
		if facts != nil {
			return part(args[1]).or(part(args[2]))
		}
		c, x, y := args[0], args[1], args[2]
		return e.boundsWhere(c, x).or(e.boundsWhere(s.Not(c), y))
	case smt.OpAdd:
		sum := exactly(0)
		for _, a := range args {
			x := part(a)
			if sum = sum.plus(x); !x.ok() || !sum.ok() {
				return unbounded
			}
		}
		return sum
	case smt.OpMul:
		k, isConst := s.Int64Value(args[0])
		x := part(args[len(args)-1])
		if isConst && len(args) == 2 && x.ok() && k < 1<<10 && -k < 1<<10 {
			return x.times(k)
		}
	case smt.OpMod:
		if m, isConst := s.Int64Value(args[1]); isConst && m > 0 {
			return Bounds{Lo: 0, Hi: m - 1}
		}
	}
	return unbounded
}

// boundsWhere is an interval for t where cond holds.
func (e *Builder) boundsWhere(cond, t smt.Term) Bounds {
	if facts := e.implied(cond); len(facts) > 0 {
		return e.boundsUnder(t, facts, map[smt.Term]Bounds{})
	}
	return e.boundsUnder(t, nil, e.bounded)
}

// implied are bounds that follow from a condition. That a branch is taken
// implies its guard.
func (e *Builder) implied(cond smt.Term) map[smt.Term]Bounds {
	s := e.Store
	args := s.Args(cond)
	switch s.Op(cond) {
	case smt.OpConst:
		if guard, ok := e.guards[cond]; ok {
			return e.implied(guard)
		}
	case smt.OpAnd:
		return e.impliedByAll(cond, args, meet)
	case smt.OpNot:
		if inner := args[0]; s.Op(inner) == smt.OpAnd { // one of the negations holds
			negations := slices.Clone(s.Args(inner))
			for i, x := range negations {
				negations[i] = s.Not(x)
			}
			return e.impliedByAll(cond, negations, join)
		}
	}
	return e.comparison(cond)
}

// impliedByAll combines what follows from parts of a condition.
func (e *Builder) impliedByAll(cond smt.Term, parts []smt.Term, combine func(a, b map[smt.Term]Bounds) map[smt.Term]Bounds) map[smt.Term]Bounds {
	facts, ok := e.implies[cond]
	if ok {
		return facts
	}
	parts = slices.Clone(parts)
	facts = e.implied(parts[0])
	for _, x := range parts[1:] {
		facts = combine(facts, e.implied(x))
	}
	e.implies[cond] = facts
	return facts
}

// comparison is the bound that a comparison with a literal gives.
func (e *Builder) comparison(t smt.Term) map[smt.Term]Bounds {
	s := e.Store
	negated := s.Op(t) == smt.OpNot
	if negated {
		t = s.Args(t)[0]
	}
	if op := s.Op(t); op != smt.OpLe && op != smt.OpEq || op == smt.OpEq && negated {
		return nil
	}
	args := s.Args(t)
	for i, x := range args {
		v, ok := s.Int64Value(x)
		switch other := args[len(args)-1-i]; {
		case !ok:
		case s.Op(t) == smt.OpEq:
			return map[smt.Term]Bounds{other: {v, v, true}}
		case i == 1 && negated:
			return map[smt.Term]Bounds{other: {v + 1, boundsLimit, true}}
		case i == 1:
			return map[smt.Term]Bounds{other: {-boundsLimit, v, true}}
		}
	}
	return nil
}

// meet is what holds where both a and b do.
func meet(a, b map[smt.Term]Bounds) map[smt.Term]Bounds {
	if len(a) == 0 {
		return b
	}
	out := maps.Clone(a)
	for t, f := range b {
		if g, ok := out[t]; ok {
			f = g.and(f)
		}
		out[t] = f
	}
	return out
}

// join is what holds where one of a and b does.
func join(a, b map[smt.Term]Bounds) map[smt.Term]Bounds {
	out := map[smt.Term]Bounds{}
	for t, f := range a {
		if g, ok := b[t]; ok {
			out[t] = f.or(g)
		}
	}
	return out
}

// TakenWhen says that where the constant c holds, guard does, too: c says that a
// branch is taken.
func (e *Builder) TakenWhen(c, guard smt.Term) { e.guards[c] = guard }

// Learn takes in what is asserted of a state: its integers may have narrower
// bounds than what they are made of gives them.
func (e *Builder) Learn(t smt.Term) {
	switch e.Store.Op(t) {
	case smt.OpAnd:
		for _, x := range slices.Clone(e.Store.Args(t)) {
			e.Learn(x)
		}
		return
	case smt.OpLe, smt.OpEq, smt.OpNot:
	default:
		return
	}
	for x, f := range e.comparison(t) {
		b, ok := e.bounded[x]
		if !ok {
			b = unbounded
		}
		if b = b.and(f); b.ok() && e.Store.Op(x) == smt.OpConst {
			e.bounded[x] = b
		}
	}
}

// within lists the integers that an interval with symbolic ends may hold.
func (e *Builder) within(lo, hi smt.Term) (ms []Member, ok bool) {
	const most = 128
	a, ok := e.askedBounds(lo)
	if !ok {
		return nil, false
	}
	b, ok := e.askedBounds(hi)
	if !ok || b.Hi-a.Lo > most {
		return nil, false
	}
	for i := a.Lo; i <= b.Hi; i++ {
		v := e.Store.Int(i)
		if in := e.Store.And(e.Store.Le(lo, v), e.Store.Le(v, hi)); in != smt.False {
			ms = append(ms, Member{in, e.intSym(v)})
		}
	}
	return ms, true
}

// UpTo lists the integers from the least that may be a member of set to last; ok is
// false where there is no least one, where they are too many, and where last may be
// something else.
func (e *Builder) UpTo(set, last Sym) (ms []Member, ok bool) {
	first, ok := e.lowest(set)
	last = e.AsTerms(last)
	if !ok || !IsInt(last) {
		return nil, false
	}
	return e.within(e.Store.Int(first), e.Literal(last))
}

// lowest is a lower bound of the members of set, which are integers; ok is false
// where none is known.
func (e *Builder) lowest(set Sym) (first int64, ok bool) {
	switch s := open(set).(type) {
	case Known:
		switch v := s.V.(type) {
		case value.Universe:
			return 0, v == value.Nat
		case value.Range:
			return int64(v.Lo), true
		}
	case *Interval:
		b, ok := e.askedBounds(s.Lo)
		return b.Lo, ok
	case *Filter:
		return e.lowest(s.Base)
	case *Algebra:
		x, okX := e.lowest(s.X)
		if s.Op != 'u' {
			return x, okX
		}
		y, okY := e.lowest(s.Y)
		return min(x, y), okX && okY
	}
	ms, ok := Members(set)
	for _, m := range ms {
		v := e.AsTerms(m.Val)
		if !IsInt(v) {
			return 0, false
		}
		b, bounded := e.askedBounds(e.Literal(v))
		ok = ok && bounded
		first = min(first, b.Lo)
	}
	return first, ok
}
