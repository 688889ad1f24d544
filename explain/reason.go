package explain

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// Limits of an explanation.
const (
	deepest     = 40 // formulas within formulas
	mostReasons = 60 // in one explanation
	mostEach    = 5  // members that a quantifier is explained for one by one
)

// Why explains the truth of e in s, with next for primed variables, nil where
// there is none.
func (x *Explainer) Why(e ir.Expr, s, next eval.State) *trace.Reason {
	return x.WhyIn(eval.Env{}, e, s, next)
}

// WhyIn is Why for an expression whose free names at binds.
func (x *Explainer) WhyIn(at eval.Env, e ir.Expr, s, next eval.State) *trace.Reason {
	w := &walk{Explainer: x, s: s, next: next, left: mostReasons}
	return w.why(e, at, 0)
}

// A walk is one explanation in the making.
type walk struct {
	*Explainer
	s, next eval.State
	left    int // reasons that may still be made
}

// why is the reason for the truth of e.
func (w *walk) why(e ir.Expr, at eval.Env, depth int) *trace.Reason {
	w.left--
	r := &trace.Reason{Text: w.text(e), Span: e.Pos()}
	holds, err := w.machine.BoolIn(at, e, w.s, w.next)
	if err != nil {
		r.Error = errorText(err)
		return r
	}
	r.Holds = holds
	if depth >= deepest || w.left <= 0 {
		return r
	}
	if because, ok := w.parts(e, at, holds, depth+1); ok {
		r.Because = because
		return r
	}
	r.Values = w.values(e, at)
	return r
}

// parts are the reasons for the truth of e, where formulas below it decide.
func (w *walk) parts(e ir.Expr, at eval.Env, holds bool, depth int) (because []*trace.Reason, ok bool) {
	switch e := e.(type) {
	case *ir.App:
		return w.app(e, at, holds, depth)
	case *ir.Quant:
		return w.quant(e, at, holds, depth)
	case *ir.If:
		cond := w.why(e.Cond, at, depth)
		branch := e.Else
		if cond.Holds {
			branch = e.Then
		}
		return []*trace.Reason{cond, w.why(branch, at, depth)}, true
	case *ir.Case:
		return w.caseArm(e, at, depth)
	case *ir.ActionBox:
		return []*trace.Reason{w.why(e.Action, at, depth)}, holds == e.Angle
	}
	body, inner, opened := w.machine.Open(e, at)
	if !opened {
		return nil, false
	}
	below := w.why(body, inner, depth)
	if sameText(e, below) {
		return below.Because, below.Because != nil
	}
	return []*trace.Reason{below}, true
}

// sameText tells whether below is e over again: a label or a name that stands for
// its argument.
func sameText(e ir.Expr, below *trace.Reason) bool {
	switch e.(type) {
	case *ir.Let, *ir.Label:
		return true
	}
	return false
}

func (w *walk) app(e *ir.App, at eval.Env, holds bool, depth int) ([]*trace.Reason, bool) {
	switch e.Op {
	case ir.And:
		return w.junction(e.Args, at, holds, true, depth), true
	case ir.Or:
		return w.junction(e.Args, at, holds, false, depth), true
	case ir.Not:
		return []*trace.Reason{w.why(e.Args[0], at, depth)}, true
	case ir.Implies:
		premise := w.why(e.Args[0], at, depth)
		if !premise.Holds {
			return []*trace.Reason{premise}, true
		}
		return []*trace.Reason{premise, w.why(e.Args[1], at, depth)}, true
	}
	return nil, false
}

// junction explains a conjunction, or a disjunction: by the first part that
// decides it, or by all where none does.
func (w *walk) junction(parts []ir.Expr, at eval.Env, holds, and bool, depth int) []*trace.Reason {
	var all []*trace.Reason
	for _, p := range parts {
		r := w.why(p, at, depth)
		if r.Error == "" && r.Holds != and {
			return []*trace.Reason{r}
		}
		all = append(all, r)
		if w.left <= 0 {
			break
		}
	}
	return all
}

// quant explains a quantifier: by the values that decide it, or, where none do
// and they are few, by each.
func (w *walk) quant(e *ir.Quant, at eval.Env, holds bool, depth int) ([]*trace.Reason, bool) {
	if holds == e.All { // no member decides alone
		return w.each(e, at, depth)
	}
	for inner, err := range w.machine.Bindings(e.Bounds, at, w.s, w.next) {
		if err != nil {
			return nil, false
		}
		if ok, err := w.machine.BoolIn(inner, e.Body, w.s, w.next); err == nil && ok == holds {
			r := w.why(e.Body, inner, depth)
			r.Bound = bound(e, inner)
			return []*trace.Reason{r}, true
		}
	}
	return nil, false
}

// each explains e for each member, where these are few.
func (w *walk) each(e *ir.Quant, at eval.Env, depth int) ([]*trace.Reason, bool) {
	var all []eval.Env
	for inner, err := range w.machine.Bindings(e.Bounds, at, w.s, w.next) {
		if all = append(all, inner); err != nil || len(all) > mostEach {
			return nil, false
		}
	}
	var out []*trace.Reason
	for _, inner := range all {
		r := w.why(e.Body, inner, depth)
		r.Bound = bound(e, inner)
		out = append(out, r)
	}
	return out, len(out) > 0
}

// bound are the names that e binds, as at binds them.
func bound(e ir.Expr, at eval.Env) []trace.Binding {
	var out []trace.Binding
	ir.Binders(e, func(n *ir.Name) {
		if v := at.Bound(n); v != nil {
			out = append(out, trace.Binding{Text: n.Ident, Value: value.Brief(v)})
		}
	})
	return out
}

func (w *walk) caseArm(e *ir.Case, at eval.Env, depth int) ([]*trace.Reason, bool) {
	for _, a := range e.Arms {
		ok, err := w.machine.BoolIn(at, a.Cond, w.s, w.next)
		if err != nil {
			return nil, false
		}
		if ok {
			return []*trace.Reason{w.why(a.Cond, at, depth), w.why(a.Value, at, depth)}, true
		}
	}
	if e.Other == nil {
		return nil, false
	}
	return []*trace.Reason{w.why(e.Other, at, depth)}, true
}

// errorText is the first message of err.
func errorText(err error) string {
	if list := diag.Of(err); list != nil {
		return list[0].Message
	}
	return err.Error()
}
