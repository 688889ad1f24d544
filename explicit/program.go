package explicit

import (
	"context"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A program is everything that a search runs, compiled for one layout.
type program struct {
	init, next        maker
	draws             bool // Init or Next draw at random: see drawFor
	pureInit          bool // init makes the same states whenever it runs, and nothing else
	invariants        []test
	impliedInits      []test
	impliedActions    []test
	constraints       test // nil for none
	actionConstraints test
	doubts            []test
	shown             *facet                   // what tells states apart, unless there is a view
	view              func(*frame) value.Value // nil for none, and for a tuple of variables
	compiler          *compiler
}

// compileProgram compiles the system. What cannot be compiled bails out when
// it runs, so a program never fails, it is only slow.
func compileProgram(l *layout, sys *ir.System, g *goals, run *runner) *program {
	c := newCompiler(l, sys, run)
	p := &program{compiler: c}
	p.next = c.safeMaker(sys.Next, lexical{}, emit)
	c.init = true
	p.init = c.safeMaker(sys.Init, lexical{primed: true}, c.branch(emitInitial))
	p.pureInit = !c.usesOf(sys.Init).dep.impure
	c.init = false
	if p.draws = run.machine.Effects(sys.Init, sys.Next).Any(ir.Draws); p.draws {
		p.init, p.next = stuck, stuck
	}
	p.invariants = c.safeTests(g.invariants)
	p.impliedInits = c.safeTests(g.impliedInits)
	p.impliedActions = c.safeTests(g.impliedActions)
	for _, d := range g.doubts {
		p.doubts = append(p.doubts, c.safeTest(d.when))
	}
	p.constraints = c.allOf(sys.Constraints)
	p.actionConstraints = c.allOf(sys.ActionConstraints)
	p.setView(sys.View)
	return p
}

// compiling runs f, which compiles. What is constant is evaluated then, which may
// take for ever: the context ends that, and is the error.
func (s *search) compiling(f func()) (err error) {
	defer context.AfterFunc(s.ctx, func() { s.end(interrupted) })()
	defer func() {
		switch p := recover().(type) {
		case nil:
		case halted:
			err = context.Cause(s.ctx)
		default:
			panic(p)
		}
	}()
	f()
	return nil
}

// setView makes e, unless it is nil, what tells states apart.
func (p *program) setView(e ir.Expr) {
	p.shown = p.compiler.layout.all
	switch vars := map[int]bool{}; {
	case e == nil:
	case variablesOf(e, vars):
		p.shown = p.compiler.facetOf(vars)
	default:
		p.view = p.compiler.safeView(e)
	}
}

func (c *compiler) safeMaker(e ir.Expr, sc lexical, k maker) (m maker) {
	defer c.orElse(func() { m = stuck })
	return c.makerOf(e, sc, k)
}

func (c *compiler) safeTest(e ir.Expr) test {
	defer c.forSteps(readsNext(e))()
	return c.safeCond(e, lexical{})
}

func (c *compiler) safeCond(e ir.Expr, sc lexical) (f test) {
	defer c.orElse(func() { f = func(*frame) bool { bail(); return false } })
	return c.cond(e, sc)
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

func (c *compiler) safeTests(gs []goal) []test {
	var fs []test
	for _, g := range gs {
		fs = append(fs, c.safeTest(g.Expr))
	}
	return fs
}

func (c *compiler) allOf(fs []*ir.Formula) test {
	if len(fs) == 0 {
		return nil
	}
	var tests []test
	for _, f := range fs {
		tests = append(tests, c.safeTest(f.Expr))
	}
	return junctionOf(tests, false)
}

func (c *compiler) safeView(e ir.Expr) (v func(*frame) value.Value) {
	defer c.orElse(func() { v = func(*frame) value.Value { bail(); return nil } })
	return c.val(c.compile(e, lexical{}, nil))
}
