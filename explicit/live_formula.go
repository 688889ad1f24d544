package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/value"
)

// A formulaReader turns temporal ir into formulas over numbered atoms. It
// expands definitions, LETs and quantifiers over constant sets, so that an
// atom is an expression without free names: a state predicate, an action, or
// an ENABLED.
type formulaReader struct {
	// constant evaluates a constant-level expression, elements enumerates the
	// set that one denotes.
	constant func(ir.Expr) (value.Value, error)
	elements func(ir.Expr) ([]value.Value, error)

	atoms  []ir.Expr
	number map[string]int // atoms by their text
	depth  int            // of definitions that are being unfolded
}

// maxUnfolding bounds how deep definitions are unfolded: a recursive temporal
// definition may do so for ever.
const maxUnfolding = 200

// unfold returns the body of a called definition to f.
func (r *formulaReader) unfold(e *ir.Call, f func(ir.Expr) error) error {
	if r.depth++; r.depth > maxUnfolding {
		return diag.New(diag.Unsupported, "U152", e.Span, fmt.Sprintf(
			"the temporal definition %s unfolds without end", e.Def.Name))
	}
	defer func() { r.depth-- }()
	return f(expand(e))
}

func newFormulaReader(constant func(ir.Expr) (value.Value, error), elements func(ir.Expr) ([]value.Value, error)) *formulaReader {
	return &formulaReader{constant: constant, elements: elements, number: map[string]int{}}
}

// scope is what surrounds an expression: the LETs whose definitions it may use.
type scope []*ir.Let

// wrap puts the definitions around e again.
func (s scope) wrap(e ir.Expr) ir.Expr {
	for i := len(s) - 1; i >= 0; i-- {
		e = &ir.Let{Span: e.Pos(), Defs: s[i].Defs, Body: e}
	}
	return e
}

// atom returns the number of e. Equal texts are one atom: names are resolved,
// and local definitions come along in the text.
func (r *formulaReader) atom(e ir.Expr, in scope) liveness.Atom {
	e = in.wrap(e)
	text := ir.String(e)
	id, ok := r.number[text]
	if !ok {
		id = len(r.atoms)
		r.number[text] = id
		r.atoms = append(r.atoms, e)
	}
	return liveness.Atom{ID: id}
}

// formula reads e, negated when not is set.
func (r *formulaReader) formula(e ir.Expr, in scope, not bool) (liveness.Formula, error) {
	if !isTemporal(e) {
		a := r.atom(e, in)
		a.Not = not
		return a, nil
	}
	switch e := e.(type) {
	case *ir.App:
		return r.app(e, in, not)
	case *ir.Call:
		var f liveness.Formula
		err := r.unfold(e, func(body ir.Expr) (err error) {
			f, err = r.formula(body, in, not)
			return err
		})
		return f, err
	case *ir.Label:
		return r.formula(e.Body, in, not)
	case *ir.Let:
		return r.formula(e.Body, append(in[:len(in):len(in)], e), not)
	case *ir.If:
		if v, err := r.constant(in.wrap(e.Cond)); err == nil && v == value.True {
			return r.formula(e.Then, in, not)
		} else if err == nil && v == value.False {
			return r.formula(e.Else, in, not)
		}
		then := &ir.App{Span: e.Span, Op: ir.Implies, Args: []ir.Expr{e.Cond, e.Then}}
		els := &ir.App{Span: e.Span, Op: ir.Or, Args: []ir.Expr{e.Cond, e.Else}}
		return r.join([]ir.Expr{then, els}, in, not, true)
	case *ir.Quant:
		bodies, err := r.instances(e, in)
		if err != nil {
			return nil, err
		}
		return r.join(bodies, in, not, e.All)
	case *ir.Fair:
		return r.fair(e, in, not), nil
	}
	return nil, unsupportedTemporal(e)
}

func (r *formulaReader) app(e *ir.App, in scope, not bool) (liveness.Formula, error) {
	switch e.Op {
	case ir.And, ir.Or:
		return r.join(e.Args, in, not, e.Op == ir.And)
	case ir.Not:
		return r.formula(e.Args[0], in, !not)
	case ir.Implies:
		return r.join([]ir.Expr{negation(e.Args[0]), e.Args[1]}, in, not, false)
	case ir.Iff:
		a, b := e.Args[0], e.Args[1]
		to := &ir.App{Span: e.Span, Op: ir.Implies, Args: []ir.Expr{a, b}}
		fro := &ir.App{Span: e.Span, Op: ir.Implies, Args: []ir.Expr{b, a}}
		return r.join([]ir.Expr{to, fro}, in, not, true)
	case ir.Always, ir.Eventually:
		f, err := r.formula(e.Args[0], in, not)
		if err != nil {
			return nil, err
		}
		if (e.Op == ir.Always) != not {
			return liveness.Always{F: f}, nil
		}
		return liveness.Eventually{F: f}, nil
	case ir.LeadsTo:
		return r.formula(always(&ir.App{Span: e.Span, Op: ir.Implies, Args: []ir.Expr{
			e.Args[0], &ir.App{Span: e.Span, Op: ir.Eventually, Args: e.Args[1:]}}}), in, not)
	}
	return nil, unsupportedTemporal(e)
}

func always(e ir.Expr) ir.Expr { return &ir.App{Span: e.Pos(), Op: ir.Always, Args: []ir.Expr{e}} }

func negation(e ir.Expr) ir.Expr { return &ir.App{Span: e.Pos(), Op: ir.Not, Args: []ir.Expr{e}} }

// join reads a conjunction, or a disjunction when and is false.
func (r *formulaReader) join(es []ir.Expr, in scope, not, and bool) (liveness.Formula, error) {
	fs := make([]liveness.Formula, len(es))
	for i, e := range es {
		f, err := r.formula(e, in, not)
		if err != nil {
			return nil, err
		}
		fs[i] = f
	}
	if and != not {
		return liveness.And(fs), nil
	}
	return liveness.Or(fs), nil
}

// fair reads WF and SF by their definitions (Specifying Systems, 8.4 and 8.6).
func (r *formulaReader) fair(e *ir.Fair, in scope, not bool) liveness.Formula {
	enabled, taken := r.fairAtoms(e, in)
	disabled := enabled
	disabled.Not = true
	var f liveness.Formula = liveness.Always{F: liveness.Eventually{F: liveness.Or{disabled, taken}}}
	if e.Strong {
		f = liveness.Or{liveness.Eventually{F: liveness.Always{F: disabled}}, liveness.Always{F: liveness.Eventually{F: taken}}}
	}
	if not {
		return liveness.Negate(f)
	}
	return f
}

// fairAtoms returns ENABLED <<A>>_v and <<A>>_v of a fairness condition.
func (r *formulaReader) fairAtoms(e *ir.Fair, in scope) (enabled, taken liveness.Atom) {
	step := &ir.ActionBox{Span: e.Span, Angle: true, Action: e.Action, Sub: e.Sub}
	taken = r.atom(step, in)
	enabled = r.atom(&ir.App{Span: e.Span, Op: ir.Enabled, Args: []ir.Expr{step}}, in)
	return enabled, taken
}

// instances returns the body of a quantifier for each choice of its names.
func (r *formulaReader) instances(e *ir.Quant, in scope) ([]ir.Expr, error) {
	bodies := []ir.Expr{e.Body}
	for _, b := range e.Bounds {
		if b.Domain == nil {
			return nil, diag.New(diag.Unsupported, "U153", e.Span,
				"a quantifier without a set cannot be expanded in a temporal formula")
		}
		elems, err := r.elements(in.wrap(b.Domain))
		if err != nil {
			return nil, err
		}
		if b.Tuple {
			if bodies, err = overTuple(bodies, b, elems); err != nil {
				return nil, err
			}
			continue
		}
		for _, n := range b.Names {
			var next []ir.Expr
			for _, body := range bodies {
				for _, v := range elems {
					next = append(next, ir.Subst(body, map[*ir.Name]ir.Expr{n: &ir.Lit{Span: n.Span, Value: v}}))
				}
			}
			bodies = next
		}
	}
	return bodies, nil
}

// overTuple substitutes the elements of a set of tuples for <<x, y>> \in S.
func overTuple(bodies []ir.Expr, b *ir.Bound, elems []value.Value) ([]ir.Expr, error) {
	var out []ir.Expr
	for _, body := range bodies {
		for _, v := range elems {
			t, ok := v.(*value.Tuple)
			if !ok || len(t.Elems) != len(b.Names) {
				return nil, diag.New(diag.Eval, "R110", b.Domain.Pos(),
					fmt.Sprintf("%s is not a tuple of %d elements", v, len(b.Names)))
			}
			with := map[*ir.Name]ir.Expr{}
			for i, n := range b.Names {
				with[n] = &ir.Lit{Span: n.Span, Value: t.Elems[i]}
			}
			out = append(out, ir.Subst(body, with))
		}
	}
	return out, nil
}

// expand returns the body of a called definition with its arguments put in.
func expand(e *ir.Call) ir.Expr {
	with := make(map[*ir.Name]ir.Expr, len(e.Args))
	for i, p := range e.Def.Params {
		with[p] = e.Args[i]
	}
	return ir.Subst(e.Def.Body, with)
}

// conjuncts lists the conjuncts of a temporal formula, through definitions,
// labels and LETs, each with its scope.
func (r *formulaReader) conjuncts(e ir.Expr, in scope, yield func(ir.Expr, scope) error) error {
	if !isTemporal(e) {
		return yield(e, in)
	}
	switch e := e.(type) {
	case *ir.App:
		if e.Op == ir.And {
			for _, x := range e.Args {
				if err := r.conjuncts(x, in, yield); err != nil {
					return err
				}
			}
			return nil
		}
	case *ir.Call:
		return r.unfold(e, func(body ir.Expr) error { return r.conjuncts(body, in, yield) })
	case *ir.Label:
		return r.conjuncts(e.Body, in, yield)
	case *ir.Let:
		return r.conjuncts(e.Body, append(in[:len(in):len(in)], e), yield)
	case *ir.Quant:
		if e.All {
			bodies, err := r.instances(e, in)
			if err != nil {
				return err
			}
			for _, x := range bodies {
				if err := r.conjuncts(x, in, yield); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return yield(e, in)
}

// assume reads the temporal conjuncts of the specification into a problem:
// fairness as recurrent conditions and pairs, anything else into the formula.
func (r *formulaReader) assume(temporal []ir.Expr, p *liveness.Problem) error {
	var rest liveness.And
	for _, t := range temporal {
		err := r.conjuncts(t, nil, func(e ir.Expr, in scope) error {
			if f, ok := e.(*ir.Fair); ok {
				enabled, taken := r.fairAtoms(f, in)
				if f.Strong {
					p.Pairs = append(p.Pairs, liveness.Pair{If: enabled, Then: taken})
				} else {
					enabled.Not = true
					p.Recurrent = append(p.Recurrent, []liveness.Atom{enabled, taken})
				}
				return nil
			}
			f, err := r.formula(e, in, false)
			if err == nil {
				rest = append(rest, f)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	p.Formula = rest
	return nil
}

// isTemporal tells whether e contains a temporal operator, directly or in a
// definition that it calls.
func isTemporal(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.App:
			switch x.Op {
			case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees:
				found = true
			}
		case *ir.Fair, *ir.TemporalQuant:
			found = true
		case *ir.Call:
			found = found || x.Def.Level == ir.TemporalLevel
		}
		return !found
	})
	return found
}

func unsupportedTemporal(e ir.Expr) error {
	return diag.New(diag.Unsupported, "U154", e.Pos(),
		"this temporal formula is outside the class that can be checked: [] and <>, ~>, WF and SF, "+
			"and their combinations by logic and by quantifiers over constant sets")
}
