package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// enabled is ENABLED x: some branch of x has its guard. The branches know nothing
// of where ENABLED x stands: what fails in them counts only where it is asked for,
// and where no branch before it can be taken, since there an evaluation ends.
func (e *Encoder) enabled(x ir.Expr, c evalContext) smt.Term {
	var branches []*Branch
	failures := e.Collect(func() { branches = e.openings(x, c) })
	for i, f := range failures {
		when := []smt.Term{f.When}
		for _, b := range branches {
			if b.failed <= i {
				when = append(when, e.Store.Not(b.opened))
			}
		}
		e.Fail(c.path, e.Store.And(when...), f.Err)
	}
	var or []smt.Term
	for _, b := range branches {
		if b.fresh {
			symbolic.Unsupported(codeEnabled, b.Span, "whether %s is enabled depends on a member chosen from a set that cannot be listed", b.Name)
		}
		or = append(or, b.opened)
	}
	return e.Store.Or(or...)
}

// openings are the ways in which x can be taken, whatever the next state. What
// can be listed is not left to the solver, so that a guard can be negated.
func (e *Encoder) openings(x ir.Expr, c evalContext) []*Branch {
	act := e.freed(e.closed(x, c.env))
	cur := c.cur
	if c.primed {
		cur = c.next
	}
	defer func(old bool) { e.tryAll = old }(e.tryAll)
	e.tryAll = true
	return (&actionReader{e: e, cur: cur, partial: true, more: len(act.vars)}).ways(act.expr, c.env)
}

// A freedAction is the action of an ENABLED over variables alone: see ir.Freed.
type freedAction struct {
	expr ir.Expr
	vars []*ir.Variable // beside those of the system
}

// closed is the action x of an ENABLED that frees variables with the arguments
// that it names put in: they may have occurrences of these.
func (e *Encoder) closed(x ir.Expr, at *env) ir.Expr {
	if !ir.Frees(x) {
		return x
	}
	with := map[*ir.Name]ir.Expr{}
	for _, n := range ir.FreeNames(x) {
		b := at
		for b != nil && b.name != n {
			b = b.up
		}
		switch {
		case b == nil || b.arg == nil && b.op == nil:
		case b.arg != nil && e.standsAlone(b.arg.expr):
			with[n] = b.arg.expr
		default:
			symbolic.Unsupported(codeEnabled, x.Pos(), "this ENABLED, of an instance whose variables do not stand for variables one by one, has the parameter %s in it, which the symbolic engines cannot see through there", n.Ident)
		}
	}
	return ir.Subst(x, with)
}

// standsAlone tells whether x means the same wherever it stands.
func (e *Encoder) standsAlone(x ir.Expr) bool {
	alone := len(ir.FreeNames(x)) == 0
	ir.Walk(x, func(y ir.Expr) bool {
		if c, ok := y.(*ir.Call); ok {
			alone = alone && !e.local[c.Def]
		}
		return alone
	})
	return alone
}

// freed is what the action x of an ENABLED asks for, made once.
func (e *Encoder) freed(x ir.Expr) freedAction {
	if a, ok := e.frees[x]; ok {
		return a
	}
	action, vars, ok := ir.Freed(x, len(e.Sys.Variables))
	if !ok {
		symbolic.Unsupported(codeEnabled, x.Pos(), "this ENABLED, of an instance whose variables do not stand for variables one by one, has a recursive definition in it, which the symbolic engines do not support there")
	}
	a := freedAction{action, vars}
	e.frees[x] = a
	return a
}

// A Choice is a branch whose guard depends on members chosen from sets: it can be
// taken where there are values for Chosen with which Guard holds.
type Choice struct {
	*Branch
	Chosen []smt.Term // constants
}

// Choices are the branches of st that depend on a member chosen from a set. The
// others are what st.Enabled speaks of.
func (e *Encoder) Choices(st *Step) (cs []Choice) {
	for _, b := range st.Branches {
		if b.fresh {
			all := slices.DeleteFunc(slices.Clone(e.Store.FreeConsts(b.Guard)), func(t smt.Term) bool { return !b.chosen.has(t) })
			cs = append(cs, Choice{b, all})
		}
	}
	return cs
}

// Witnessed says of c that it can be taken, for some of the members that may be
// chosen: see witnessed.
func (e *Encoder) Witnessed(c Choice) smt.Term { return e.Store.Or(e.witnessed(c.Branch)...) }
