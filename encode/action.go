package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
)

// A Branch is one way to make an action true (E12): a condition and the values
// that it gives the variables.
type Branch struct {
	// Guard is the condition under which the branch makes Next. It may mention
	// constants of its own: members that were chosen from a set, for which
	// Choice says that they are members.
	Guard  smt.Term
	Next   State
	Name   string // of the definition that names the action
	Span   source.Span
	fresh  bool     // Guard mentions constants of its own
	opened smt.Term // the part of Guard that does not mention them
	chosen *chosen  // the constants
	key    *keyPart // which way it is; see Footprint
	actor  Sym      // who takes it, where that is noted; nil for the action itself
	failed int      // failures on record before it: an evaluation meets these first
}

// A draft is a state in the making, on one way through an action. Drafts are
// values: a way that splits copies its draft.
type draft struct {
	target   State
	path     *symbolic.Path
	exact    smt.Term // what the path says without chosen members
	fresh    bool     // the path constrains chosen members
	chosen   *chosen
	label    *ir.Def
	key      *keyPart
	givens   *givens   // by the definition that names the step, or within it
	deferred []subgoal // formulas that read a variable before it has a value
	late     bool      // the next formula need not wait: no variable that it reads gets a value any more
}

// A subgoal is a formula to make true.
type subgoal struct {
	expr  ir.Expr
	env   *env
	split bool // reached through disjunctions and definitions alone
}

// chosen lists constants that stand for members chosen from sets.
type chosen struct {
	terms map[smt.Term]bool
	up    *chosen
}

func (c *chosen) has(t smt.Term) bool {
	for ; c != nil; c = c.up {
		if c.terms[t] {
			return true
		}
	}
	return false
}

// An actionReader reads an expression as a recipe for states, as the evaluator does;
// a formula that reads a variable before it has a value waits until it has.
type actionReader struct {
	e    *Encoder
	cur  State
	init bool // the target is the initial state itself
	// partial tells that it is enough that the action can be taken: variables
	// that it says nothing of may have any value.
	partial bool
	more    int // variables beside those of the system
}

// A continuation is called with each draft that makes a part of an action true.
type continuation func(draft)

// ways are those to make x true, from cur, or as an initial state when
// cur is nil.
func (e *Encoder) ways(x ir.Expr, env *env, cur State) (out []*Branch) {
	return (&actionReader{e: e, cur: cur, init: cur == nil}).ways(x, env)
}

func (mk *actionReader) ways(x ir.Expr, env *env) (out []*Branch) {
	e := mk.e
	start := draft{target: make(State, len(e.Sys.Variables)+mk.more), exact: smt.True}
	mk.run(subgoal{x, env, true}, start, func(d draft) {
		mk.complete(d, func(d draft) {
			if b := mk.branch(d, x); b != nil {
				out = append(out, b)
			}
		})
	})
	return out
}

// contextOf is where the formulas of a draft are evaluated.
func (mk *actionReader) contextOf(g subgoal, d draft) evalContext {
	if mk.init {
		return evalContext{env: g.env, cur: d.target, path: d.path, late: d.late}
	}
	return evalContext{env: g.env, cur: mk.cur, next: d.target, path: d.path, late: d.late}
}

// waits runs f, which evaluates a part of g in the context of d, and tells whether g
// has to wait for a variable that has no value yet.
func (mk *actionReader) waits(g subgoal, d *draft, f func()) bool {
	if mk.e.assigned(f) {
		d.late = false
		return false
	}
	d.deferred = append(d.deferred[:len(d.deferred):len(d.deferred)], g)
	return true
}

// complete works off the formulas that had to wait, as long as that gets on.
func (mk *actionReader) complete(d draft, k continuation) {
	if len(d.deferred) == 0 {
		k(d)
		return
	}
	waiting, missing := d.deferred, unset(d.target)
	d.deferred = nil
	mk.all(waiting, d, func(d draft) {
		if len(d.deferred) == len(waiting) && unset(d.target) == missing {
			mk.stuck(d, k)
			return
		}
		mk.complete(d, k)
	})
}

// stuck goes on where nothing gives the waiting formulas what they wait for: the
// first one fails where it reads that, which may be in a part that is not reached.
func (mk *actionReader) stuck(d draft, k continuation) {
	g := d.deferred[0]
	d.deferred, d.late = d.deferred[1:], true
	mk.run(g, d, func(d draft) {
		d.late = false
		mk.complete(d, k)
	})
}

func unset(s State) (n int) {
	for _, v := range s {
		if v == nil {
			n++
		}
	}
	return n
}

func (mk *actionReader) all(goals []subgoal, d draft, k continuation) {
	if len(goals) == 0 {
		k(d)
		return
	}
	mk.run(goals[0], d, func(d draft) { mk.all(goals[1:], d, k) })
}

// branch completes a draft.
func (mk *actionReader) branch(d draft, x ir.Expr) *Branch {
	e := mk.e
	b := &Branch{Name: "Next", Span: x.Pos(), fresh: d.fresh, opened: d.exact, chosen: d.chosen, key: d.key, Guard: e.Conjunction(d.path)}
	if d.label != nil {
		b.Name, b.Span = d.label.Name, d.label.Span
	}
	for i, v := range d.target {
		if v == nil && mk.partial {
			continue
		}
		if v == nil {
			e.Fail(d.path, smt.True, incomplete(e.Sys.Variables[i], b, mk.init))
			return nil
		}
		if symbolic.IsBottom(v) {
			return nil // the failure is on record
		}
	}
	if b.Guard == smt.False {
		return nil
	}
	b.failed = e.Failed()
	known := e.Assume(d.path)
	b.Next = make(State, len(d.target))
	for i, v := range d.target {
		if v != nil {
			b.Next[i] = known.Prune(v)
		}
	}
	b.actor = mk.actor(d)
	return b
}

func incomplete(v *ir.Variable, b *Branch, init bool) error {
	if init {
		return diag.New(diag.Eval, codeIncomplete, b.Span, "The initial state is not completely specified: no value is assigned to "+v.Name+".")
	}
	return diag.New(diag.Eval, codeIncomplete, b.Span, "The successor state is not completely specified by the action "+b.Name+": no value is assigned to "+v.Name+"'.")
}

// run makes g true in every way and calls k after each.
func (mk *actionReader) run(g subgoal, d draft, k continuation) {
	if mk.plain(g, d) {
		mk.test(g, d, k)
		return
	}
	switch x := g.expr.(type) {
	case *ir.App:
		mk.app(x, g, d, k)
	case *ir.Quant:
		mk.quant(x, g, d, k)
	case *ir.If:
		mk.when(x.Cond, g, d, k, func(d draft) { mk.run(subgoal{x.Then, g.env, false}, d, k) },
			func(d draft) { mk.run(subgoal{x.Else, g.env, false}, d, k) })
	case *ir.Case:
		mk.arms(x, x.Arms, g, d, k)
	case *ir.Let:
		c := mk.e.bindDefs(x.Defs, mk.contextOf(g, d))
		mk.run(subgoal{x.Body, c.env, g.split}, d, k)
	case *ir.Label:
		mk.run(subgoal{x.Body, g.env, g.split}, d, k)
	case *ir.Call:
		mk.call(x.Def, x.Args, g, d, k)
	case *ir.CallName:
		for b := g.env; b != nil; b = b.up {
			if b.name == x.Name {
				inner := mk.e.bindParams(b.op.Params, x.Args, mk.contextOf(g, d), b.home)
				mk.run(subgoal{b.op.Body, inner, g.split}, d, k)
				return
			}
		}
		panic("encode: the operator " + x.Name.Ident + " is not bound")
	case *ir.NameRef:
		for b := g.env; b != nil; b = b.up {
			if b.name == x.Name && b.arg != nil {
				mk.run(subgoal{b.arg.expr, b.arg.env, g.split}, d, k)
				return
			}
		}
		mk.test(g, d, k)
	case *ir.ConstRef:
		if x.Const.Value == nil && x.Const.Def != nil {
			mk.call(x.Const.Def, nil, g, d, k)
			return
		}
		mk.test(g, d, k)
	case *ir.CallConst:
		if x.Const.Def != nil {
			mk.call(x.Const.Def, x.Args, g, d, k)
			return
		}
		mk.test(g, d, k)
	case *ir.ActionBox:
		mk.actionBox(x, g, d, k)
	default:
		mk.test(g, d, k)
	}
}

// plain tells whether g assigns nothing, so that it is a test whatever its form.
func (mk *actionReader) plain(g subgoal, d draft) bool {
	switch g.expr.(type) {
	case *ir.NameRef, *ir.CallName:
		return false
	}
	f := mk.e.factsOf(g.expr)
	if len(f.names) > 0 && mk.hidesAction(f, g.env) || !f.closed {
		return false
	}
	if !mk.init {
		return !f.action
	}
	for _, v := range f.variables {
		if d.target[v.ID] == nil {
			return false
		}
	}
	return true
}

// hidesAction tells whether a name stands for an argument that may assign.
func (mk *actionReader) hidesAction(f *facts, at *env) bool {
	for _, n := range f.names {
		for b := at; b != nil; b = b.up {
			if b.name == n {
				if b.op != nil || b.arg != nil && (mk.init || mk.e.factsOf(b.arg.expr).action || !mk.e.factsOf(b.arg.expr).closed) {
					return true
				}
				break
			}
		}
	}
	return false
}

// test goes on where g is true. One that reads a variable without value waits.
func (mk *actionReader) test(g subgoal, d draft, k continuation) {
	var t smt.Term
	if mk.waits(g, &d, func() { t = mk.condition(g.expr, mk.contextOf(g, d), d) }) {
		k(d)
		return
	}
	mk.given(t, d, k)
}

// given goes on with d where t holds, unless that is plainly nowhere.
func (mk *actionReader) given(t smt.Term, d draft, k continuation) {
	switch mk.e.Assume(d.path).Decide(t) {
	case smt.False:
		return
	case smt.True:
		k(d)
		return
	}
	d.path = d.path.Under(t)
	if mk.mentions(t, d.chosen) {
		d.fresh = true
	} else {
		d.exact = mk.e.Store.And(d.exact, t)
	}
	k(d)
}

func (mk *actionReader) mentions(t smt.Term, c *chosen) bool {
	return c != nil && slices.ContainsFunc(mk.e.Store.FreeConsts(t), c.has)
}

// when splits on a condition; one that must wait makes all of g wait.
func (mk *actionReader) when(cond ir.Expr, g subgoal, d draft, k continuation, yes, no continuation) {
	var t smt.Term
	c := subgoal{cond, g.env, false}
	if mk.waits(g, &d, func() { t = mk.e.truth(cond, mk.contextOf(c, d)) }) {
		k(d)
		return
	}
	mk.given(t, d, yes)
	mk.given(mk.e.Store.Not(t), d, no)
}

func (mk *actionReader) arms(x *ir.Case, arms []ir.Arm, g subgoal, d draft, k continuation) {
	if len(arms) > 0 {
		mk.when(arms[0].Cond, g, d, k, func(d draft) { mk.run(subgoal{arms[0].Value, g.env, false}, d, k) },
			func(d draft) { mk.arms(x, arms[1:], g, d, k) })
		return
	}
	if x.Other != nil {
		mk.run(subgoal{x.Other, g.env, false}, d, k)
		return
	}
	mk.e.Failf(d.path, smt.True, x.Span, codeCase, "None of the conditions of this CASE is true, and it has no OTHER.")
}

func (mk *actionReader) app(x *ir.App, g subgoal, d draft, k continuation) {
	switch x.Op {
	case ir.And:
		goals := make([]subgoal, len(x.Args))
		for i, a := range x.Args {
			goals[i] = subgoal{a, g.env, false}
		}
		mk.all(goals, d, k)
		return
	case ir.Or:
		for i, a := range x.Args {
			d.key = d.key.either(i)
			mk.run(subgoal{a, g.env, g.split}, d, k)
			d.key = d.key.up
		}
		return
	case ir.Implies:
		if !mk.init { // in an initial predicate it is a test, as in TLC
			mk.when(x.Args[0], g, d, k, func(d draft) { mk.run(subgoal{x.Args[1], g.env, false}, d, k) }, k)
			return
		}
	case ir.Eq:
		if v := mk.assignable(x.Args[0], g.env); v != nil && d.target[v.ID] == nil {
			mk.assign(v, x.Args[1], g, d, k)
			return
		}
	case ir.In:
		if v := mk.assignable(x.Args[0], g.env); v != nil && d.target[v.ID] == nil {
			mk.chooseFrom(v, x.Args[1], g, d, k)
			return
		}
	case ir.Subseteq:
		if v := mk.assignable(x.Args[0], g.env); v != nil && d.target[v.ID] == nil {
			in := ir.AsMember(x)
			mk.chooseFrom(v, in.Args[1], subgoal{in, g.env, g.split}, d, k)
			return
		}
	case ir.Unchanged:
		if !mk.init {
			mk.unchanged(x.Args[0], g.env, g, d, k)
			return
		}
	case ir.Cdot:
		mk.composed(x, g, d, k)
		return
	}
	mk.test(g, d, k)
}

func (mk *actionReader) call(def *ir.Def, args []ir.Expr, g subgoal, d draft, k continuation) {
	e := mk.e
	if def.Body == nil || eval.IsNative(def) {
		mk.test(g, d, k)
		return
	}
	if g.split = g.split && def.NamesSteps(); g.split {
		d.label = def
	}
	e.Enter()
	defer e.Leave()
	inner := mk.bindParams(def, args, g, d)
	if g.split {
		d.givens = mk.giving(def.Params, inner, nil)
	}
	mk.run(subgoal{def.Body, inner, g.split}, d, k)
}

// bindParams is the environment of the body of def for args that stand in g.
func (mk *actionReader) bindParams(def *ir.Def, args []ir.Expr, g subgoal, d draft) *env {
	c := mk.contextOf(g, d)
	return mk.e.bindParams(def.Params, args, c, mk.e.home(def, c))
}

// actionBox is A \/ UNCHANGED v, or A /\ v' # v.
func (mk *actionReader) actionBox(x *ir.ActionBox, g subgoal, d draft, k continuation) {
	same := &ir.App{Span: x.Sub.Pos(), Op: ir.Unchanged, Args: []ir.Expr{x.Sub}}
	act := subgoal{x.Action, g.env, g.split}
	if !x.Angle {
		mk.run(act, d, k)
		mk.run(subgoal{same, g.env, false}, d, k)
		return
	}
	differs := &ir.App{Span: x.Sub.Pos(), Op: ir.Not, Args: []ir.Expr{same}}
	mk.all([]subgoal{act, {differs, g.env, false}}, d, k)
}
