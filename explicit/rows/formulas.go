package rows

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/value"
)

// What others compile by. What cannot be compiled bails out when it runs.

// Action compiles an action, which goes on with k from every step.
func (c *Compiler) Action(e ir.Expr, k Action) Action { return c.safeAction(e, env{}, k) }

// Init compiles an initial predicate, which goes on with k from every state, and
// tells whether that makes the same states whenever it runs, and nothing else.
// What goes on after a branch goes through branch.
func (c *Compiler) Init(e ir.Expr, branch func(Action) Action, k Action) (m Action, pure bool) {
	c.init, c.branch = true, branch
	defer func() { c.init, c.branch = false, nil }()
	m = c.safeAction(e, env{primed: true}, k)
	return m, !c.usesOf(e).dep.impure
}

// Test compiles the conjunction of formulas of states or steps.
func (c *Compiler) Test(es ...ir.Expr) Test {
	var fs []Test
	for _, e := range es {
		fs = append(fs, c.oneTest(e))
	}
	return junctionOf(fs, false)
}

func (c *Compiler) oneTest(e ir.Expr) Test {
	defer c.forSteps(temporal.Level(e) == ir.ActionLevel)()
	return c.safeCond(e, env{})
}

// Enabled compiles ENABLED of an action that stands by itself. It makes the action
// true in one way, if there is any.
func (c *Compiler) Enabled(action ir.Expr) Test {
	flag := c.newLoc(1)
	c.found = flag
	defer func() { c.found = 0 }()
	m := c.safeAction(action, env{}, func(fr *Frame) { fr.loc[flag] = 1 })
	return func(fr *Frame) bool {
		clear(fr.set)
		fr.loc[flag] = 0
		m(fr)
		return fr.loc[flag] != 0
	}
}

func (c *Compiler) safeAction(e ir.Expr, sc env, k Action) (m Action) {
	defer c.orElse(func() { m = Stuck })
	return c.actionOf(e, sc, k)
}

func (c *Compiler) safeCond(e ir.Expr, sc env) (f Test) {
	defer c.orElse(func() { f = func(*Frame) bool { bail(); return false } })
	return c.cond(e, sc)
}

func (c *Compiler) safeValue(e ir.Expr) (v func(*Frame) value.Value) {
	defer c.orElse(func() { v = func(*Frame) value.Value { bail(); return nil } })
	return c.val(c.compile(e, env{}, nil))
}

// orElse ends a compilation that bailed out by way of instead.
func (c *Compiler) orElse(instead func()) {
	if r := recover(); r != nil {
		if _, mine := r.(bailout); !mine {
			panic(r)
		}
		instead()
	}
}
