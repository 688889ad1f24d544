package encode

import (
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// function is [x \in S |-> e], lazily.
func (e *Encoder) function(x *ir.Func, c evalContext) Sym {
	dom := e.domainOf(x.Bounds, c)
	if symbolic.IsBottom(dom) {
		return dom
	}
	inside := c
	rule := func(arg Sym, p *symbolic.Path) Sym {
		return e.lazily(x.Body, e.bindArgs(x.Bounds, arg, inside.on(p)))
	}
	keys, ok := e.List(dom)
	l := e.NewLambda(dom, c.path, rule)
	if ok {
		l = e.NewListed(dom, keys, c.path, rule)
	}
	if x.Self != nil {
		l.Recursive()
		inside = c.bind(x.Self, l)
	} else if !ok {
		return e.Tabulated(l, c.path)
	}
	return l
}

// domainOf is the domain that bounds describe: a set, or a product.
func (e *Encoder) domainOf(bounds []*ir.Bound, c evalContext) Sym {
	var sets []Sym
	for _, b := range bounds {
		s := e.eval(b.Domain, c)
		if symbolic.IsBottom(s) {
			return s
		}
		e.checkSet(s, b.Domain, c)
		n := len(b.Names)
		if b.Tuple {
			n = 1
		}
		for range n {
			sets = append(sets, s)
		}
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return &Product{Sets: sets}
}

// bindArgs binds the names of bounds to an element of the domain.
func (e *Encoder) bindArgs(bounds []*ir.Bound, arg Sym, c evalContext) evalContext {
	single := len(bounds) == 1 && (bounds[0].Tuple || len(bounds[0].Names) == 1)
	i := 0
	part := func() Sym {
		i++
		if single {
			return arg
		}
		return e.Apply(arg, Known{V: value.Int(i)}, c.path)
	}
	for _, b := range bounds {
		if b.Tuple {
			c = e.bindTuple(b.Names, part(), c)
			continue
		}
		for _, n := range b.Names {
			c = c.bind(n, part())
		}
	}
	return c
}

// exceptExpr is [f EXCEPT ![p1][p2] = e], lazily.
func (e *Encoder) exceptExpr(x *ir.Except, c evalContext) Sym {
	f := e.lazily(x.Fun, c)
	keys := e.evalAll(x.Path, c)
	for _, k := range keys {
		if symbolic.IsBottom(k) {
			return k
		}
	}
	e.At = x.Span
	return e.Except(f, keys, c.path, func(old Sym, p *symbolic.Path) Sym {
		c := c.on(p)
		if x.At != nil {
			c = c.bind(x.At, old)
		}
		return e.eval(x.Value, c)
	})
}
