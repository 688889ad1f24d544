package temporal

import (
	"slices"

	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Reader turns temporal ir into formulas over numbered atoms. It expands
// definitions, LETs and quantifiers over constant sets, so that an atom is an
// expression without free names: a state predicate, an action, or an ENABLED.
// Formulas that are read by one Reader share its atoms.
type Reader struct {
	// Constant evaluates a constant-level expression without free names.
	Constant func(ir.Expr) (value.Value, error)

	atoms  []ir.Expr
	number map[string]int // atoms by their text
	depth  int            // of definitions that are being unfolded
}

// NewReader is a Reader without atoms.
func NewReader(constant func(ir.Expr) (value.Value, error)) *Reader {
	return &Reader{Constant: constant, number: map[string]int{}}
}

// Atoms are the conditions on a step that the formulas read so far speak of,
// by their IDs.
func (r *Reader) Atoms() []ir.Expr { return r.atoms }

// Formula reads e. Errors are *diag.Error of class Unsupported for what is
// outside the class of formulas that can be checked, or what evaluating a
// constant gives.
func (r *Reader) Formula(e ir.Expr) (Formula, error) { return r.formula(e, nil, false) }

const (
	codeUnfolds diag.Code = "U152" // a temporal definition that unfolds without end
	codeNoSet   diag.Code = "U153" // a quantifier in a temporal formula without a set, or over one that has no end or depends on the state
	codeForm    diag.Code = "U154" // a temporal formula of a form that cannot be checked
)

// maxUnfolding bounds how deep definitions are unfolded: a recursive temporal
// definition may do so for ever.
const maxUnfolding = 200

// unfold returns the body of a called definition to f.
func (r *Reader) unfold(e *ir.Call, f func(ir.Expr) error) error {
	if r.depth++; r.depth > maxUnfolding {
		return diag.New(diag.Unsupported, codeUnfolds, e.Span, fmt.Sprintf(
			"the temporal definition %s unfolds without end", e.Def.Name))
	}
	defer func() { r.depth-- }()
	return f(Unfold(e))
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
func (r *Reader) atom(e ir.Expr, in scope) Atom {
	e = in.wrap(e)
	text := ir.String(e)
	id, ok := r.number[text]
	if !ok {
		id = len(r.atoms)
		r.number[text] = id
		r.atoms = append(r.atoms, e)
	}
	return Atom{ID: id}
}

// formula reads e, negated when not is set.
func (r *Reader) formula(e ir.Expr, in scope, not bool) (Formula, error) {
	if Level(e) < ir.TemporalLevel {
		a := r.atom(e, in)
		a.Not = not
		return a, nil
	}
	switch e := e.(type) {
	case *ir.App:
		return r.app(e, in, not)
	case *ir.Call:
		var f Formula
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
		if v, err := r.Constant(in.wrap(e.Cond)); err == nil && v == value.True {
			return r.formula(e.Then, in, not)
		} else if err == nil && v == value.False {
			return r.formula(e.Else, in, not)
		}
		then := &ir.App{Span: e.Span, Op: ir.Implies, Args: []ir.Expr{e.Cond, e.Then}}
		els := &ir.App{Span: e.Span, Op: ir.Or, Args: []ir.Expr{e.Cond, e.Else}}
		return r.join([]ir.Expr{then, els}, in, not, true)
	case *ir.Case:
		if e.Other != nil {
			return r.formula(conditional(e), in, not)
		}
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

// conditional is the CASE e, which has OTHER, as IF inside IF.
func conditional(e *ir.Case) ir.Expr {
	rest := e.Other
	for _, a := range slices.Backward(e.Arms) {
		rest = &ir.If{Span: e.Span, Cond: a.Cond, Then: a.Value, Else: rest}
	}
	return rest
}

func (r *Reader) app(e *ir.App, in scope, not bool) (Formula, error) {
	switch e.Op {
	case ir.And, ir.Or:
		return r.join(e.Args, in, not, e.Op == ir.And)
	case ir.Not:
		return r.formula(e.Args[0], in, !not)
	case ir.Implies:
		return r.join([]ir.Expr{negated(e.Args[0]), e.Args[1]}, in, not, false)
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
			return Always{F: f}, nil
		}
		return Eventually{F: f}, nil
	case ir.LeadsTo:
		return r.formula(always(&ir.App{Span: e.Span, Op: ir.Implies, Args: []ir.Expr{
			e.Args[0], &ir.App{Span: e.Span, Op: ir.Eventually, Args: e.Args[1:]}}}), in, not)
	}
	return nil, unsupportedTemporal(e)
}

func always(e ir.Expr) ir.Expr { return &ir.App{Span: e.Pos(), Op: ir.Always, Args: []ir.Expr{e}} }

// join reads a conjunction, or a disjunction when and is false.
func (r *Reader) join(es []ir.Expr, in scope, not, and bool) (Formula, error) {
	fs := make([]Formula, len(es))
	for i, e := range es {
		f, err := r.formula(e, in, not)
		if err != nil {
			return nil, err
		}
		fs[i] = f
	}
	if and != not {
		return And(fs), nil
	}
	return Or(fs), nil
}

// fair reads WF and SF by their definitions (Specifying Systems, 8.4 and 8.6).
func (r *Reader) fair(e *ir.Fair, in scope, not bool) Formula {
	enabled, taken := r.fairAtoms(e, in)
	disabled := enabled
	disabled.Not = true
	var f Formula = Always{F: Eventually{F: Or{disabled, taken}}}
	if e.Strong {
		f = Or{Eventually{F: Always{F: disabled}}, Always{F: Eventually{F: taken}}}
	}
	if not {
		return Negate(f)
	}
	return f
}

// fairAtoms returns ENABLED <<A>>_v and <<A>>_v of a fairness condition.
func (r *Reader) fairAtoms(e *ir.Fair, in scope) (enabled, taken Atom) {
	step := &ir.ActionBox{Span: e.Span, Angle: true, Action: e.Action, Sub: e.Sub}
	taken = r.atom(step, in)
	enabled = r.atom(&ir.App{Span: e.Span, Op: ir.Enabled, Args: []ir.Expr{step}}, in)
	return enabled, taken
}

// elements are the members of the set that e denotes, which must be one of
// finitely many, the same in all states.
func (r *Reader) elements(e ir.Expr) ([]value.Value, error) {
	if ir.ReadsState(e) {
		return nil, diag.New(diag.Unsupported, codeNoSet, e.Pos(), "a quantifier over a set that depends on the state cannot be expanded in a temporal formula")
	}
	v, err := r.Constant(e)
	if err != nil {
		return nil, err
	}
	elems, err := value.Elements(v)
	if err != nil {
		return nil, diag.New(diag.Unsupported, codeNoSet, e.Pos(), "a quantifier cannot be expanded in a temporal formula: "+err.Error())
	}
	return elems, nil
}

// instances returns the body of a quantifier for each choice of its names.
func (r *Reader) instances(e *ir.Quant, in scope) ([]ir.Expr, error) {
	bodies := []ir.Expr{e.Body}
	for _, b := range e.Bounds {
		if b.Domain == nil {
			return nil, diag.New(diag.Unsupported, codeNoSet, e.Span,
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
				return nil, diag.New(diag.Eval, diag.CodeUndefined, b.Domain.Pos(),
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

func unsupportedTemporal(e ir.Expr) error {
	return diag.New(diag.Unsupported, codeForm, e.Pos(),
		"this temporal formula is outside the class that can be checked: [] and <>, ~>, WF and SF, "+
			"and their combinations by logic and by quantifiers over constant sets")
}
