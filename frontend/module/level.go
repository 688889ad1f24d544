package module

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// Levels follow Specifying Systems, section 17.2: an expression is of constant,
// state, action or temporal level. A definition with parameters has a
// signature: the level of its body, the parameters whose level adds to it, and
// the highest level that each parameter's argument may have. Signatures of
// recursive definitions are the least fixpoint.

// A leveled is what is known of an expression: its level when all parameters
// are constants, and the parameters whose level counts as well.
type leveled struct {
	level  ir.Level
	params []*ir.Name
}

func (a leveled) join(b leveled) leveled {
	out := leveled{level: max(a.level, b.level), params: a.params}
	for _, p := range b.params {
		if !slices.Contains(out.params, p) {
			out.params = append(out.params[:len(out.params):len(out.params)], p)
		}
	}
	return out
}

// at is the level itself: no parameter counts.
func at(level ir.Level) leveled { return leveled{level: level} }

// A signature is the leveled body of a definition with the limits of its
// parameters.
type signature struct {
	leveled
	limits map[*ir.Name]ir.Level
}

// levels holds all signatures found so far.
type levels struct {
	sigs map[*ir.Def]*signature
	// rules are the implications that ASSUME/PROVE became. Each part of a proof
	// rule is a formula for itself, of whatever level.
	rules   map[*ir.App]bool
	done    int  // of run.defs, those whose signature is final
	changed bool // in this round
}

func newLevels() *levels { return &levels{sigs: map[*ir.Def]*signature{}, rules: map[*ir.App]bool{}} }

// A levelCheck is a rule about an expression outside of all definitions: its
// level is at most max. what names the place that asks for it.
type levelCheck struct {
	expr ir.Expr
	max  ir.Level
	what string
}

// checkLevels computes the levels of the definitions lowered since the last
// time, and reports what breaks the rules. While names do not resolve it
// reports nothing: that would only follow.
func (r *run) checkLevels() {
	fresh := r.defs[r.levels.done:]
	for round := true; round; round = r.levels.changed {
		r.levels.changed = false
		for _, d := range fresh {
			(&leveler{levels: r.levels}).define(d.def)
		}
	}
	checks := r.checks
	r.levels.done, r.checks = len(r.defs), nil
	if r.incomplete || r.diags.Err() != nil {
		return
	}
	for _, d := range fresh {
		if !d.silent {
			(&leveler{levels: r.levels, report: r.report}).define(d.def)
		}
	}
	for _, c := range checks {
		l := &leveler{levels: r.levels, report: r.report}
		l.limit(c.expr, l.expr(c.expr), c.max, c.what)
	}
}

// A leveler finds the level of an expression; with report it checks the rules.
type leveler struct {
	*levels
	report func(note)
	// limits are those of the parameters met so far.
	limits map[*ir.Name]ir.Level
	// flexible are names bound by \EE and \AA: variables.
	flexible []*ir.Name
	// params are the parameters of the definitions around.
	params []*ir.Name
}

// define computes the signature of d from its body.
func (l *leveler) define(d *ir.Def) {
	sig := l.sigs[d]
	if sig == nil {
		sig = &signature{limits: map[*ir.Name]ir.Level{}}
		l.sigs[d] = sig
		l.changed = true
	}
	if d.Body == nil {
		d.Level = ir.ConstantLevel
		sig.leveled = leveled{params: d.Params}
		return
	}
	l.limits = sig.limits
	l.params = append(l.params, d.Params...)
	got := l.expr(d.Body)
	if got.level != sig.level || len(got.params) != len(sig.params) {
		l.changed = true
	}
	sig.leveled = got
	d.Level = got.level
}

func (l *leveler) exprs(es []ir.Expr) leveled {
	var out leveled
	for _, e := range es {
		out = out.join(l.expr(e))
	}
	return out
}

// data is the level of subexpressions that must not be temporal.
func (l *leveler) data(what string, es ...ir.Expr) leveled {
	var out leveled
	for _, e := range es {
		if e == nil {
			continue
		}
		x := l.expr(e)
		l.limit(e, x, ir.ActionLevel, what)
		out = out.join(x)
	}
	return out
}

func (l *leveler) expr(e ir.Expr) leveled {
	switch e := e.(type) {
	case *ir.Lit, *ir.ConstRef:
		return leveled{}
	case *ir.VarRef:
		return at(ir.StateLevel)
	case *ir.NameRef:
		return l.name(e.Name)
	case *ir.App:
		return l.app(e)
	case *ir.Call:
		return l.call(e)
	case *ir.CallName:
		return l.exprs(e.Args).join(l.name(e.Name))
	case *ir.CallConst:
		return l.exprs(e.Args)
	case *ir.OpArg:
		return l.expr(e.Body)
	case *ir.Quant:
		return l.quant(e)
	case *ir.TemporalQuant:
		l.flexible = append(l.flexible, e.Names...)
		l.expr(e.Body)
		return at(ir.TemporalLevel)
	case *ir.Let:
		return l.let(e)
	case *ir.ActionBox:
		l.limit(e.Action, l.expr(e.Action), ir.ActionLevel, "the action of [A]_v")
		l.limit(e.Sub, l.expr(e.Sub), ir.StateLevel, "the subscript of [A]_v")
		return at(ir.ActionLevel)
	case *ir.Fair:
		l.limit(e.Action, l.expr(e.Action), ir.ActionLevel, "the action of a fairness condition")
		l.limit(e.Sub, l.expr(e.Sub), ir.StateLevel, "the subscript of a fairness condition")
		return at(ir.TemporalLevel)
	case *ir.Label:
		return l.expr(e.Body)
	case *ir.Record:
		return l.exprs(e.Vals)
	case *ir.Func:
		return l.function(e)
	case *ir.If:
		return l.data("the condition of IF", e.Cond).join(l.expr(e.Then)).join(l.expr(e.Else))
	case *ir.Case:
		return l.cases(e)
	}
	var out leveled
	ir.Children(e, func(x ir.Expr) { out = out.join(l.data("a part of a value", x)) })
	return out
}

func (l *leveler) name(n *ir.Name) leveled {
	switch {
	case slices.Contains(l.flexible, n):
		return at(ir.StateLevel)
	case slices.Contains(l.params, n):
		return leveled{params: []*ir.Name{n}}
	}
	return leveled{}
}

func (l *leveler) cases(e *ir.Case) leveled {
	var out leveled
	for _, a := range e.Arms {
		out = out.join(l.data("the condition of CASE", a.Cond)).join(l.expr(a.Value))
	}
	if e.Other != nil {
		out = out.join(l.expr(e.Other))
	}
	return out
}

func (l *leveler) let(e *ir.Let) leveled {
	limits, params := l.limits, l.params
	for _, d := range e.Defs {
		l.define(d)
		// What a LET asks of names outside is asked of the definition around.
		for n, lim := range l.limits {
			if !slices.Contains(d.Params, n) && limits != nil {
				limits[n] = min(lim, limitOf(limits, n))
			}
		}
		l.limits, l.params = limits, params
	}
	return l.expr(e.Body)
}

func limitOf(limits map[*ir.Name]ir.Level, n *ir.Name) ir.Level {
	if lim, ok := limits[n]; ok {
		return lim
	}
	return ir.TemporalLevel
}

// function may have a body of any level; only its application may not.
func (l *leveler) function(e *ir.Func) leveled {
	out := l.expr(e.Body)
	for _, b := range e.Bounds {
		out = out.join(l.data("the domain of a function", b.Domain))
	}
	return out
}

func (l *leveler) quant(e *ir.Quant) leveled {
	body := l.expr(e.Body)
	max, what := ir.ActionLevel, "the domain of a quantifier"
	if body.level == ir.TemporalLevel {
		max, what = ir.StateLevel, "the domain of a quantifier over a temporal formula"
	}
	out := body
	for _, b := range e.Bounds {
		if b.Domain != nil {
			x := l.expr(b.Domain)
			l.limit(b.Domain, x, max, what)
			out = out.join(x)
		}
	}
	return out
}

// call joins the levels of the arguments that count, and keeps the limits of
// the definition.
func (l *leveler) call(e *ir.Call) leveled {
	sig := l.sigs[e.Def]
	if sig == nil { // recursive, in the first round
		sig = &signature{}
		l.sigs[e.Def] = &signature{limits: map[*ir.Name]ir.Level{}}
		l.changed = true
	}
	out := leveled{level: sig.level}
	for _, p := range sig.params { // names of definitions around a LET
		if !slices.Contains(e.Def.Params, p) {
			out = out.join(leveled{params: []*ir.Name{p}})
		}
	}
	for i, a := range e.Args {
		x := l.expr(a)
		p := e.Def.Params[i]
		if lim, ok := sig.limits[p]; ok {
			l.limit(a, x, lim, fmt.Sprintf("argument %s of %s", p.Ident, e.Def.Name))
		}
		if slices.Contains(sig.params, p) {
			out = out.join(x)
		}
	}
	return out
}

func (l *leveler) app(e *ir.App) leveled {
	switch e.Op {
	case ir.And, ir.Or, ir.Not, ir.Implies, ir.Iff:
		return l.logic(e)
	case ir.Prime:
		x := l.expr(e.Args[0])
		if x.level == ir.ActionLevel {
			l.fail(codeDoublePrime, e.Args[0].Pos(), "this is primed already: ' twice has no meaning",
				"a prime says the value in the next state; there is no state after that")
		}
		l.limit(e.Args[0], x, ir.StateLevel, "a primed expression")
		return at(ir.ActionLevel)
	case ir.Unchanged:
		l.limit(e.Args[0], l.expr(e.Args[0]), ir.StateLevel, "the argument of UNCHANGED")
		return at(ir.ActionLevel)
	case ir.Enabled:
		l.limit(e.Args[0], l.expr(e.Args[0]), ir.ActionLevel, "the argument of ENABLED")
		return at(ir.StateLevel)
	case ir.Cdot:
		l.data(`\cdot`, e.Args...)
		return at(ir.ActionLevel)
	case ir.Always, ir.Eventually:
		l.boxed(e)
		return at(ir.TemporalLevel)
	case ir.LeadsTo, ir.Guarantees:
		for _, a := range e.Args {
			l.noAction(a, l.expr(a), e.Op.String())
		}
		return at(ir.TemporalLevel)
	}
	return l.data("an argument of "+e.Op.String(), e.Args...)
}

// logic joins the parts; a temporal formula cannot have an action as a part.
func (l *leveler) logic(e *ir.App) leveled {
	var out leveled
	parts := make([]leveled, len(e.Args))
	for i, a := range e.Args {
		parts[i] = l.expr(a)
		out = out.join(parts[i])
	}
	if out.level == ir.TemporalLevel && !l.rules[e] {
		for i, a := range e.Args {
			l.noAction(a, parts[i], "a temporal formula")
		}
	}
	return out
}

// boxed checks the argument of [] and <>: a formula without primes, or, under
// [], an action [A]_v, under <> an action <<A>>_v.
func (l *leveler) boxed(e *ir.App) {
	arg := e.Args[0]
	x := l.expr(arg)
	if box, ok := arg.(*ir.ActionBox); ok && box.Angle == (e.Op == ir.Eventually) {
		return
	}
	l.noAction(arg, x, e.Op.String())
}

func (l *leveler) noAction(e ir.Expr, x leveled, where string) {
	if x.level != ir.ActionLevel {
		return
	}
	hint := "an action becomes a temporal formula as [][A]_v or <><<A>>_v"
	l.fail(codeLevel, e.Pos(), "this action cannot stand in "+where+": it speaks of one step", hint)
}

// limit checks that e, of level x, is of level max at most.
func (l *leveler) limit(e ir.Expr, x leveled, max ir.Level, what string) {
	for _, p := range x.params {
		if l.limits != nil && max < limitOf(l.limits, p) {
			l.limits[p] = max
			l.changed = true
		}
	}
	if x.level <= max || x.level == ir.ActionLevel && what == "a primed expression" {
		return
	}
	l.fail(codeLevel, e.Pos(), fmt.Sprintf("%s must be %s, but this is %s", what, levelNames[max], levelNames[x.level]),
		levelHints[x.level])
}

func (l *leveler) fail(code diag.Code, at source.Span, message, hint string) {
	if l.report != nil {
		l.report(problem(code, at, "%s", message).hint("%s", hint))
	}
}

var levelNames = [...]string{
	ir.ConstantLevel: "a constant expression", ir.StateLevel: "a state expression, without primes",
	ir.ActionLevel: "an action", ir.TemporalLevel: "a temporal formula",
}

var levelHints = [...]string{
	ir.ConstantLevel: "", ir.StateLevel: "it depends on variables",
	ir.ActionLevel: "it has primes, so it speaks of a step", ir.TemporalLevel: "it speaks of whole behaviours",
}
