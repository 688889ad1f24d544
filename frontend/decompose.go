package frontend

import (
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// A specification reads
//
//	Init /\ [][Next]_v /\ Liveness
//
// and may say more of its states and steps: []P, [][A]_w. Every state of a
// behaviour satisfies P, and every step satisfies [A]_w, so both become part of
// Init and Next, where no engine can miss them: a state that violates P is no
// state at all, unlike one outside a CONSTRAINT, and a state from which every
// step would break them is a deadlock. What restricts finite behaviours in any
// other way, such as [](P => []Q), is refused.

const hintSpecification = "a specification reads Init /\\ [][Next]_vars"

// decompose takes the specification spec apart and puts it into sys.
func (l *loading) decompose(sys *ir.System, spec *ir.Formula, at config.Name) {
	if len(sys.Variables) == 0 {
		return // there is one behaviour, of states that have nothing to say
	}
	parts := temporal.Sort([]*ir.Formula{spec})
	for _, f := range parts.Liveness {
		if q, ok := f.Expr.(*ir.TemporalQuant); ok {
			l.report(codeHidden, q.Span, "name the behaviour with its hidden variables as the specification, and declare them as variables",
				"a specification that hides a variable, by \\EE or \\AA, cannot be checked")
			return
		}
	}
	for _, f := range parts.Liveness {
		if temporal.Restricts(f.Expr) {
			l.diags.Add(&diag.Diagnostic{Code: codeRestricts, Class: diag.Unsupported, Span: f.Expr.Pos(),
				Message: "this conjunct of the specification forbids finite behaviours in a way that is not supported",
				Hint:    "say it by the initial predicate, by [][A]_v, by []P for a state predicate P, or by a variable that remembers"})
		}
		sys.Temporal = append(sys.Temporal, f.Expr)
	}
	switch {
	case len(parts.Initial) == 0:
		l.report(diag.CodeNoBehaviour, at.Span, hintSpecification, "the specification %s says nothing about initial states", at.Text)
	case len(parts.Steps) == 0:
		l.report(diag.CodeNoBehaviour, at.Span, hintSpecification, "the specification %s has no conjunct of the form [][Next]_vars", at.Text)
	default:
		sys.Init = conjunction(append(exprs(parts.Initial), exprs(parts.Invariants)...))
		l.next(sys, exprs(parts.Steps), exprs(parts.Invariants))
	}
}

func exprs(fs []*ir.Formula) []ir.Expr {
	out := make([]ir.Expr, len(fs))
	for i, f := range fs {
		out[i] = f.Expr
	}
	return out
}

func conjunction(es []ir.Expr) ir.Expr {
	if len(es) == 1 {
		return es[0]
	}
	return &ir.App{Span: es[0].Pos().To(es[len(es)-1].Pos()), Op: ir.And, Args: es}
}

// next puts the next-state action into sys: steps are the [A]_v that every step
// satisfies, always what every state does.
//
// One of them is the action if there is no other, or if its v has all variables,
// so that its steps are all that change something. Several that speak of some
// variables each, as in a composition of components, are the action together: a
// step of theirs is one that changes something.
func (l *loading) next(sys *ir.System, steps, always []ir.Expr) {
	var rest []ir.Expr
	for i, s := range steps {
		if action, sub, ok := boxed(s); ok && (len(steps) == 1 || listsAll(sub, sys)) {
			sys.Next, sys.Sub = action, sub
			rest = append(append(rest, steps[:i]...), steps[i+1:]...)
			break
		}
	}
	if sys.Next == nil {
		sys.Sub = allVariables(sys)
		sys.Next = conjunction(append(steps[:len(steps):len(steps)], changed(sys.Sub)))
	}
	for _, p := range always {
		rest = append(rest, &ir.App{Span: p.Pos(), Op: ir.Prime, Args: []ir.Expr{p}})
	}
	if len(rest) > 0 {
		sys.Written = conjunction(append([]ir.Expr{sys.Next}, rest...))
		sys.Next = restricted(nil, sys.Next, rest)
	}
}

// changed is v' # v.
func changed(v ir.Expr) ir.Expr {
	return &ir.App{Op: ir.Neq, Args: []ir.Expr{&ir.App{Op: ir.Prime, Args: []ir.Expr{v}}, v}}
}

// boxed takes [A]_v apart, which may stand in LETs.
func boxed(e ir.Expr) (action, sub ir.Expr, ok bool) {
	switch e := e.(type) {
	case *ir.ActionBox:
		return e.Action, e.Sub, !e.Angle
	case *ir.Let:
		action, sub, ok = boxed(e.Body)
		if ok {
			action = &ir.Let{Span: e.Span, Defs: e.Defs, Body: action}
			sub = &ir.Let{Span: e.Span, Defs: e.Defs, Body: sub}
		}
	}
	return action, sub, ok
}

// listsAll tells whether v is a tuple of all variables of sys, maybe of tuples.
func listsAll(v ir.Expr, sys *ir.System) bool {
	listed := map[*ir.Variable]bool{}
	ir.Listed(v, func(v *ir.Variable) { listed[v] = true })
	return len(listed) == len(sys.Variables)
}

// restricted is the action e with more conjuncts, before it and after. They are
// put where e ends: at the leaves of its disjunctions, \E and definitions, whose
// copies keep their names, so that a step is still called what its action is
// called.
func restricted(before []ir.Expr, e ir.Expr, more []ir.Expr) ir.Expr {
	r := &restriction{before: before, more: more, copies: map[*ir.Def]*ir.Def{}, local: map[*ir.Def]bool{}}
	return r.action(e)
}

type restriction struct {
	before []ir.Expr
	more   []ir.Expr
	copies map[*ir.Def]*ir.Def
	local  map[*ir.Def]bool // definitions of LETs, which stay as they are
}

func (r *restriction) action(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.App:
		if e.Op == ir.Or {
			args := make([]ir.Expr, len(e.Args))
			for i, x := range e.Args {
				args[i] = r.action(x)
			}
			return &ir.App{Span: e.Span, Op: ir.Or, Args: args}
		}
	case *ir.Quant:
		if !e.All {
			return &ir.Quant{Span: e.Span, Bounds: e.Bounds, Body: r.action(e.Body)}
		}
	case *ir.Let:
		for _, d := range e.Defs {
			r.local[d] = true
		}
		return &ir.Let{Span: e.Span, Defs: e.Defs, Body: r.action(e.Body)}
	case *ir.Label:
		if e.Name != "" {
			return &ir.Label{Span: e.Span, Name: e.Name, Body: r.action(e.Body)}
		}
	case *ir.Call:
		if e.Def.Body != nil && !e.Def.Recursive && !r.local[e.Def] {
			return &ir.Call{Span: e.Span, Def: r.def(e.Def), Args: e.Args}
		}
	}
	return &ir.App{Span: e.Pos(), Op: ir.And, Args: slices.Concat(r.before, []ir.Expr{e}, r.more)}
}

// def is a copy of d with its body restricted.
func (r *restriction) def(d *ir.Def) *ir.Def {
	if c := r.copies[d]; c != nil {
		return c
	}
	c := *d
	r.copies[d] = &c
	c.Body = r.action(d.Body)
	return &c
}
