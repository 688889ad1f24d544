package sat

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/smt"
)

// A span is the interval lo..hi.
type span struct{ lo, hi int64 }

// widest bounds the integers that are made of literals. Beyond it a solver with
// arithmetic is the better one.
const widest = 1 << 20

func (r span) ok() bool { return -widest <= r.lo && r.lo <= r.hi && r.hi <= widest }

// A knowledge is what assertions of the lowest level, which nothing takes back,
// say about terms.
type knowledge struct {
	store  *smt.Store
	names  []smt.Term          // by term: what a constant is a name for; 0 for none
	used   func(smt.Term) bool // tells whether a constant has a literal already
	lower  map[smt.Term]int64
	upper  map[smt.Term]int64
	ranges map[smt.Term]span
	fine   []bool // by term: can be decided
	count  int    // terms looked at
}

func newKnowledge(store *smt.Store, used func(smt.Term) bool) *knowledge {
	return &knowledge{
		store: store, used: used,
		lower: map[smt.Term]int64{}, upper: map[smt.Term]int64{},
		ranges: map[smt.Term]span{},
	}
}

// learn takes in an assertion. It reports whether that is no more than the
// name of a term, so that no clause need be made of it.
func (k *knowledge) learn(t smt.Term) (name bool) {
	args := k.store.Args(t)
	switch k.store.Op(t) {
	case smt.OpAnd:
		name = true
		for _, x := range args {
			name = k.learn(x) && name
		}
		return name
	case smt.OpLe:
		if v, ok := k.store.Int64Value(args[1]); ok {
			k.atMost(args[0], v)
		}
	case smt.OpNot:
		inner := k.store.Args(args[0])
		switch k.store.Op(args[0]) {
		case smt.OpLe:
			if v, ok := k.store.Int64Value(inner[1]); ok {
				k.atLeast(inner[0], v+1)
			}
		case smt.OpEq: // where negations were pulled out
			if k.store.Sort(inner[0]) == smt.BoolSort {
				return k.name(inner[1], inner[0], true)
			}
		}
	case smt.OpEq:
		return k.equal(args[0], args[1])
	}
	return false
}

func (k *knowledge) atMost(t smt.Term, v int64) {
	if old, ok := k.upper[t]; !ok || v < old {
		k.upper[t] = v
	}
}

func (k *knowledge) atLeast(t smt.Term, v int64) {
	if old, ok := k.lower[t]; !ok || v > old {
		k.lower[t] = v
	}
}

// equal learns x = y for x < y. Operands have smaller numbers than the terms
// made of them, so a name for an older term cannot be its own part.
func (k *knowledge) equal(x, y smt.Term) (name bool) {
	for _, side := range [][2]smt.Term{{x, y}, {y, x}} {
		if v, ok := k.store.Int64Value(side[1]); ok {
			k.atMost(side[0], v)
			k.atLeast(side[0], v)
		}
	}
	return k.name(y, x, false)
}

// name takes c for a name of t, or of its negation, where it can be one: c is
// a constant that nothing has used yet.
func (k *knowledge) name(c, t smt.Term, negated bool) bool {
	if _, named := k.meaning(c); named || k.store.Op(c) != smt.OpConst || k.store.Sort(c) > smt.IntSort || k.used(c) {
		return false
	}
	if negated {
		t = k.store.Not(t)
	}
	if n := k.store.Len(); n > len(k.names) {
		k.names = append(k.names, make([]smt.Term, n-len(k.names))...)
	}
	k.names[c] = t
	return true
}

// meaning is what the constant c is a name for.
func (k *knowledge) meaning(c smt.Term) (smt.Term, bool) {
	if int(c) < len(k.names) && k.names[c] != 0 {
		return k.names[c], true
	}
	return 0, false
}

// forget drops the ranges of terms that had none: they may have one now.
func (k *knowledge) forget() {
	for t, r := range k.ranges {
		if !r.ok() {
			delete(k.ranges, t)
		}
	}
}

// rangeOf is the interval of an integer term; not ok where none is known.
func (k *knowledge) rangeOf(t smt.Term) span {
	if r, ok := k.ranges[t]; ok {
		return r
	}
	r := k.compute(t)
	k.ranges[t] = r
	return r
}

var unlimited = span{-1 << 40, 1 << 40}

func (k *knowledge) compute(t smt.Term) span {
	if m, ok := k.meaning(t); ok {
		return k.narrow(t, k.rangeOf(m))
	}
	s := k.store
	args := s.Args(t)
	switch s.Op(t) {
	case smt.OpConst:
		return k.narrow(t, unlimited)
	case smt.OpInt:
		if v, ok := s.Int64Value(t); ok {
			return span{v, v}
		}
	case smt.OpIte:
		x, y := k.rangeOf(args[1]), k.rangeOf(args[2])
		return span{min(x.lo, y.lo), max(x.hi, y.hi)}
	case smt.OpAdd:
		r := k.rangeOf(args[0])
		for _, a := range args[1:] {
			x := k.rangeOf(a)
			if r = (span{r.lo + x.lo, r.hi + x.hi}); !r.ok() || !x.ok() {
				return unlimited
			}
		}
		return r
	case smt.OpMul:
		r := k.rangeOf(args[0])
		for _, a := range args[1:] {
			x := k.rangeOf(a)
			if !r.ok() || !x.ok() {
				return unlimited
			}
			p := [4]int64{r.lo * x.lo, r.lo * x.hi, r.hi * x.lo, r.hi * x.hi}
			r = span{min(p[0], p[1], p[2], p[3]), max(p[0], p[1], p[2], p[3])}
		}
		return r
	case smt.OpDiv, smt.OpMod:
		return k.quotient(s.Op(t), k.rangeOf(args[0]), k.rangeOf(args[1]))
	}
	return unlimited
}

// narrow is the part of r in which assertions keep the constant c. What they
// say of other terms must not narrow those: the width of a sum follows from its
// parts, or the bound itself would be checked on a sum that has lost its upper
// bits. Of a name they may, because who makes literals of it says that the
// term is within (see clauses.within).
func (k *knowledge) narrow(c smt.Term, r span) span {
	if v, ok := k.lower[c]; ok {
		r.lo = max(r.lo, v)
	}
	if v, ok := k.upper[c]; ok {
		r.hi = min(r.hi, v)
	}
	if r.lo > r.hi { // the assertions contradict one another
		r.hi = r.lo
	}
	return r
}

// quotient is the range of a Euclidean division by a literal.
func (k *knowledge) quotient(op smt.Op, x, y span) span {
	if !x.ok() || !y.ok() || y.lo != y.hi || y.lo == 0 {
		return unlimited
	}
	if op == smt.OpMod {
		return span{0, max(y.lo, -y.lo) - 1}
	}
	far := max(x.hi, -x.lo) + 1
	return span{-far, far}
}

// refuse returns an error that names a part of t which cannot be decided, or
// nil. What is refused may be fine later, when a constant has got bounds.
func (k *knowledge) refuse(ctx context.Context, t smt.Term) error {
	if n := k.store.Len(); n > len(k.fine) {
		k.fine = append(k.fine, make([]bool, n-len(k.fine))...)
	}
	if k.fine[t] {
		return nil
	}
	if k.count++; k.count%(1<<12) == 0 && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err := k.refuseNode(t); err != nil {
		return err
	}
	if m, ok := k.meaning(t); ok {
		if err := k.refuse(ctx, m); err != nil {
			return err
		}
	}
	for _, x := range k.store.Args(t) {
		if err := k.refuse(ctx, x); err != nil {
			return err
		}
	}
	k.fine[t] = true
	return nil
}

func (k *knowledge) refuseNode(t smt.Term) error {
	switch op := k.store.Op(t); {
	case op == smt.OpForall:
		return unsupported("a quantifier")
	case op == smt.OpApp:
		return unsupported("the function %s", k.store.Name(t))
	case k.store.Sort(t) > smt.IntSort:
		return unsupported("a term of sort %s", k.store.SortName(k.store.Sort(t)))
	case k.store.Sort(t) == smt.IntSort && !k.rangeOf(t).ok():
		if op == smt.OpConst {
			return unsupported("the integer %s, which has no bounds", k.store.Name(t))
		}
		return unsupported("an integer beyond %d", widest)
	}
	return nil
}

// A Refusal tells what cannot be decided. It wraps smt.ErrUnsupported.
type Refusal struct {
	What  string // such as "a quantifier"
	Stays bool   // it is in an assertion of the lowest level
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("the SAT solver was given %s: %v", r.What, smt.ErrUnsupported)
}

// Unwrap returns smt.ErrUnsupported.
func (r *Refusal) Unwrap() error { return smt.ErrUnsupported }

func unsupported(format string, args ...any) error {
	return &Refusal{What: fmt.Sprintf(format, args...)}
}
