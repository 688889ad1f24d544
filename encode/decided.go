package encode

import (
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// The bodies of binders are mostly asked of candidates, which stay the same from step
// to step and from branch to branch. So whether a message is a vote of some round is
// decided once for that message and that round, and looked up from then on.

// A decision is the truth of a body for one value of its name, wherever it stands.
type decision uint8

const (
	mixed decision = iota // it fails, or it has no truth of its own
	refused
	granted
)

// A closure is a body with the values of the names that are open in its binder, in
// the order of its facts. Values are told apart by identity: one that is made again
// is only decided again.
type closure struct {
	body ir.Expr
	ways bool // eachWay evaluates it, and not truth
	open [mostOpen]value.Value
}

const (
	mostOpen    = 4
	mostDecided = 1 << 16 // values, in all
)

// decisions are those about bodies, by the value of the name of the binder.
type decisions struct {
	by    map[closure]map[value.Value]decision
	count int
}

// A loop is a binder that goes through the values of its name.
type loop struct {
	e *Encoder
	closure
	name    *ir.Name
	c       evalContext
	decided map[value.Value]decision // nil where nothing can be
}

// loopOver is the binder of n, which stands in c, around x. ways tells that eachWay is
// to evaluate x.
func (e *Encoder) loopOver(n *ir.Name, x ir.Expr, ways bool, c evalContext) loop {
	l := loop{e: e, closure: closure{body: x, ways: ways}, name: n, c: c.on(nil)}
	if !e.bindOpen(&l.closure, n, c.env) {
		return l
	}
	all := &e.decisions
	if all.by == nil || all.count > mostDecided {
		*all = decisions{by: map[closure]map[value.Value]decision{}}
	}
	l.decided = all.by[l.closure]
	if l.decided == nil {
		l.decided = map[value.Value]decision{}
		all.by[l.closure] = l.decided
	}
	return l
}

// bindOpen gives b the values of its names but n; false where it depends on anything
// else, or on something symbolic.
func (e *Encoder) bindOpen(b *closure, n *ir.Name, at *env) bool {
	f := e.factsOf(b.body)
	if !f.closed || f.action || len(f.variables) > 0 || len(f.names) > mostOpen {
		return false
	}
	for _, k := range f.constants {
		if e.Constants[k] != nil {
			return false
		}
	}
	for j, open := range f.names {
		if open == n {
			continue
		}
		v, ok := at.concrete(open)
		if !ok {
			return false
		}
		b.open[j] = v
	}
	return true
}

// concrete is the value of n where it is concrete. An argument is left alone, until
// somebody wants it.
func (b *env) concrete(n *ir.Name) (value.Value, bool) {
	for b != nil && b.name != n {
		b = b.up
	}
	if b == nil || b.val == nil {
		return nil, false
	}
	return symbolic.Concrete(b.val)
}

// at is the truth of the body for v, where that is the same on all paths.
func (l *loop) at(v Sym) (t smt.Term, ok bool) {
	if l.decided == nil {
		return smt.False, false
	}
	val, ok := symbolic.Concrete(v)
	if !ok {
		return smt.False, false
	}
	d, known := l.decided[val]
	if !known {
		d = l.decide(v)
		l.decided[val] = d
		l.e.decisions.count++
	}
	l.e.Poll()
	return l.e.Store.Bool(d == granted), d != mixed
}

// decide evaluates the body for v where nothing is assumed, so that whatever fails is
// on record.
func (l *loop) decide(v Sym) decision {
	t := smt.True
	var err error
	fails := l.e.Collect(func() {
		err = symbolic.Try(func() {
			if c := l.c.bind(l.name, v); l.ways {
				t = l.e.eachWay(l.body, c)
			} else {
				t = l.e.truth(l.body, c)
			}
		})
	})
	switch {
	case err != nil || len(fails) > 0:
		return mixed
	case t == smt.True:
		return granted
	case t == smt.False:
		return refused
	}
	return mixed
}
