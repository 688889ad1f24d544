package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/value"
)

// What others compile by. What cannot be compiled bails out when it runs.

// action compiles an action, which goes on with k from every step.
func (c *compiler) action(e ir.Expr, k maker) maker { return c.safeMaker(e, lexical{}, k) }

// initial compiles an initial predicate, which goes on with k from every state, and
// tells whether that makes the same states whenever it runs, and nothing else.
// What goes on after a branch goes through branch.
func (c *compiler) initial(e ir.Expr, branch func(maker) maker, k maker) (m maker, pure bool) {
	c.init, c.branch = true, branch
	defer func() { c.init, c.branch = false, nil }()
	m = c.safeMaker(e, lexical{primed: true}, k)
	return m, !c.usesOf(e).dep.impure
}

// test compiles the conjunction of formulas of states or steps.
func (c *compiler) test(es ...ir.Expr) test {
	var fs []test
	for _, e := range es {
		fs = append(fs, c.oneTest(e))
	}
	return junctionOf(fs, false)
}

func (c *compiler) oneTest(e ir.Expr) test {
	defer c.forSteps(temporal.Level(e) == ir.ActionLevel)()
	return c.safeCond(e, lexical{})
}

// enabled compiles ENABLED of an action that stands by itself.
func (c *compiler) enabled(action ir.Expr) test {
	flag := c.newLoc(1)
	m := c.safeMaker(action, lexical{}, func(fr *frame) { fr.loc[flag] = 1 })
	return func(fr *frame) bool {
		clear(fr.set)
		fr.loc[flag] = 0
		m(fr)
		return fr.loc[flag] != 0
	}
}

func (c *compiler) safeMaker(e ir.Expr, sc lexical, k maker) (m maker) {
	defer c.orElse(func() { m = stuck })
	return c.makerOf(e, sc, k)
}

func (c *compiler) safeCond(e ir.Expr, sc lexical) (f test) {
	defer c.orElse(func() { f = func(*frame) bool { bail(); return false } })
	return c.cond(e, sc)
}

func (c *compiler) safeValue(e ir.Expr) (v func(*frame) value.Value) {
	defer c.orElse(func() { v = func(*frame) value.Value { bail(); return nil } })
	return c.val(c.compile(e, lexical{}, nil))
}

// orElse ends a compilation that bailed out by way of instead.
func (c *compiler) orElse(instead func()) {
	if r := recover(); r != nil {
		if _, mine := r.(bailout); !mine {
			panic(r)
		}
		instead()
	}
}
