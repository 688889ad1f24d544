package explicit

import (
	"context"

	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
)

// A program is everything that a search runs, compiled for one layout.
type program struct {
	compiler          *rows.Compiler
	actions           *ir.Disjuncts // of Next
	init, next        rows.Action
	draws             bool // Init or Next draw at random: see drawFor
	atOnce            bool // whether a step is entered before the next one is made can be seen
	pureInit          bool // init makes the same states whenever it runs, and nothing else
	branches          int  // of Init
	invariants        []rows.Test
	impliedInits      []rows.Test
	impliedActions    []rows.Test
	constraints       rows.Test // nil for none
	actionConstraints rows.Test
	conditions        []rows.Test
	view              *rows.View // what tells states apart
}

// compileProgram compiles what s runs. What cannot be compiled bails out when it
// runs, so a program never fails, it is only slow.
func (s *search) compileProgram(first *rows.Host) *program {
	sys, g := s.sys, s.properties
	p := &program{actions: ir.DisjunctsOf(sys.Next)}
	c := rows.NewCompiler(s.Layout, sys, p.actions, first, s.opts.audit)
	p.compiler = c
	p.next = c.Action(sys.Next, emit)
	p.init, p.pureInit = c.Init(sys.Init, p.branch, p.branch(emitInitial))
	if p.draws = first.Machine.Effects(sys.Init, sys.Next).Any(ir.Draws); p.draws {
		p.init, p.next = rows.Stuck, rows.Stuck
	}
	p.atOnce = first.Machine.Effects(madeBy(sys)...).Any(ir.Impure&^(ir.ReadsLevel|ir.Asserts)) ||
		first.Machine.Effects(checkedBy(g)...).Any(ir.ReadsSearch)
	p.invariants = testsOf(c, g.Invariants)
	p.impliedInits = testsOf(c, g.ImpliedInits)
	p.impliedActions = testsOf(c, g.ImpliedActions)
	for _, d := range g.Conditions {
		p.conditions = append(p.conditions, c.Test(d.When))
	}
	p.constraints = allOf(c, sys.Constraints)
	p.actionConstraints = allOf(c, sys.ActionConstraints)
	p.view = c.View(sys.View)
	return p
}

// checkedBy is all that is evaluated of the states and steps that are entered.
func checkedBy(g *plan.Plan) []ir.Expr {
	var es []ir.Expr
	for _, gs := range [][]plan.Property{g.Invariants, g.ImpliedInits, g.ImpliedActions} {
		for _, x := range gs {
			es = append(es, x.Expr)
		}
	}
	for _, d := range g.Conditions {
		es = append(es, d.When)
	}
	return es
}

func testsOf(c *rows.Compiler, gs []plan.Property) []rows.Test {
	var fs []rows.Test
	for _, g := range gs {
		fs = append(fs, c.Test(g.Expr))
	}
	return fs
}

// allOf is the conjunction of formulas, nil for none.
func allOf(c *rows.Compiler, fs []*ir.Formula) rows.Test {
	if len(fs) == 0 {
		return nil
	}
	var es []ir.Expr
	for _, f := range fs {
		es = append(es, f.Expr)
	}
	return c.Test(es...)
}

// compiling runs f, which compiles. What is constant is evaluated then, which may
// take for ever: the context ends that, and is the error.
func (s *search) compiling(f func()) (err error) {
	defer context.AfterFunc(s.ctx, func() { s.end(answer.OutOfTime) })()
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
