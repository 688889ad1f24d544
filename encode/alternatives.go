package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// In an action a disjunction is several ways, even where it assigns nothing: the
// evaluator, as TLC, tries each of them as long as a variable lacks its value. So
// one that cannot be evaluated is an error whatever the others say, while as a
// value the disjunction is TRUE at the first that is. The truth is the same.

// condition is the truth of a test in an action.
func (mk *actionReader) condition(x ir.Expr, c evalContext, d draft) smt.Term {
	if mk.partial || unset(d.target) == 0 || !mk.e.splits(x) {
		return mk.e.truth(x, c)
	}
	return mk.e.eachWay(x, c)
}

// splits tells whether x is several ways in an action.
func (e *Encoder) splits(x ir.Expr) (yes bool) {
	yes, known := e.split[x]
	if known {
		return yes
	}
	e.split[x] = false // for a definition that calls itself
	defer func() { e.split[x] = yes }()
	switch x := x.(type) {
	case *ir.App:
		switch x.Op {
		case ir.Or:
			return true
		case ir.And:
			return slices.ContainsFunc(x.Args, e.splits)
		}
	case *ir.Quant:
		return !x.All || e.splits(x.Body)
	case *ir.If:
		return e.splits(x.Then) || e.splits(x.Else)
	case *ir.Let:
		return e.splits(x.Body)
	case *ir.Label:
		return e.splits(x.Body)
	case *ir.Call:
		return x.Def.Body != nil && e.splits(x.Def.Body)
	}
	return false
}

// eachWay is the truth of x with the failures of each of its ways.
func (e *Encoder) eachWay(x ir.Expr, c evalContext) smt.Term {
	switch x := x.(type) {
	case *ir.App:
		switch x.Op {
		case ir.And:
			return e.andWays(x.Args, c)
		case ir.Or:
			ts := make([]smt.Term, len(x.Args))
			for i, a := range x.Args {
				ts[i] = e.eachWay(a, c)
			}
			return e.Store.Or(ts...)
		}
	case *ir.Quant:
		if !e.splits(x) {
			break
		}
		if t, ok := e.eachMember(x, c); ok {
			return t
		}
	case *ir.If:
		switch cond := e.truth(x.Cond, c); cond {
		case smt.True:
			return e.eachWay(x.Then, c)
		case smt.False:
			return e.eachWay(x.Else, c)
		default:
			then, otherwise := e.eachWay(x.Then, c.under(cond)), e.eachWay(x.Else, c.under(e.Store.Not(cond)))
			return e.Store.Or(e.Store.And(cond, then), e.Store.And(e.Store.Not(cond), otherwise))
		}
	case *ir.Let:
		return e.eachWay(x.Body, e.bindDefs(x.Defs, c))
	case *ir.Label:
		return e.eachWay(x.Body, c)
	case *ir.Call:
		if d := x.Def; d.Body != nil && !d.Recursive && !e.local[d] && e.splits(d.Body) {
			c.env = e.bindParams(d.Params, x.Args, c, nil)
			return e.eachWay(d.Body, c)
		}
	}
	return e.truth(x, c)
}

// eachMember is the truth of q with the failures of its body for each member of its
// sets, if they have lists; where it is to hold of all, after those of which it does.
func (e *Encoder) eachMember(q *ir.Quant, c evalContext) (t smt.Term, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, unlisted := r.(symbolic.UnsupportedError); !unlisted {
				panic(r)
			}
		}
	}()
	var ts []smt.Term
	before := smt.True
	b := q.Bounds[len(q.Bounds)-1]
	last := len(b.Names) - 1
	var over loop
	e.eachFrom(q.Bounds, 0, smt.True, c, func(in smt.Term, m Member, c evalContext) {
		if !b.Tuple && (over.e == nil || over.c.env != c.env) {
			over = e.loopOver(b.Names[last], q.Body, true, c)
		}
		t, ok := over.at(m.Val)
		if !ok {
			t = e.eachWay(q.Body, e.bindMember(b, last, m, c).under(before))
		}
		if q.All {
			t = e.Store.Implies(in, t)
			before = e.Store.And(before, t)
		} else {
			t = e.Store.And(in, t)
		}
		ts = append(ts, t)
	})
	if q.All {
		return e.Store.And(ts...), true
	}
	return e.Store.Or(ts...), true
}

func (e *Encoder) andWays(args []ir.Expr, c evalContext) smt.Term {
	var ts []smt.Term
	for _, a := range args {
		t := e.eachWay(a, c)
		if t == smt.False {
			return t
		}
		ts = append(ts, t)
		c = c.under(t)
	}
	return e.Store.And(ts...)
}
