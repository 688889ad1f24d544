package eval

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// eval is the value of e, with names from en, in the state pair w. It is whole: see
// function.go.
func (m *Machine) eval(e ir.Expr, en *env, w *statePair) (value.Value, error) {
	switch e := e.(type) { // the leaves nest no deeper
	case *ir.Lit:
		return e.Value, nil
	case *ir.VarRef:
		return m.variable(e, w)
	}
	v, err := m.nested(e, en, w)
	if f, ok := v.(*value.LazyFunc); ok && err == nil {
		return m.whole(f, e)
	}
	return v, err
}

// lazily is eval where a function may still be to be worked out.
func (m *Machine) lazily(e ir.Expr, en *env, w *statePair) (value.Value, error) {
	switch e := e.(type) {
	case *ir.Lit:
		return e.Value, nil
	case *ir.VarRef:
		return m.variable(e, w)
	}
	return m.nested(e, en, w)
}

// nested is lazily, for what nests deeper.
func (m *Machine) nested(e ir.Expr, en *env, w *statePair) (value.Value, error) {
	if err := m.enter(e); err != nil {
		return nil, err
	}
	v, err := m.evalNode(e, en, w)
	m.leave()
	return v, err
}

// evalNode is what e comes to. Where e passes on the value of a part, that is as lazy
// as the part.
func (m *Machine) evalNode(e ir.Expr, en *env, w *statePair) (value.Value, error) {
	switch e := e.(type) {
	case *ir.ConstRef:
		return m.constant(e, en, w)
	case *ir.NameRef:
		return m.name(e, en, w)
	case *ir.App:
		return m.app(e, en, w)
	case *ir.Call:
		return m.call(e, en, w)
	case *ir.CallName:
		return m.callName(e, en, w)
	case *ir.CallConst:
		return m.callConst(e, en, w)
	case *ir.Quant:
		return m.quant(e, en, w)
	case *ir.Choose:
		return m.choose(e, en, w)
	case *ir.SetFilter:
		return m.setFilter(e, en, w)
	case *ir.SetMap:
		return m.setMap(e, en, w)
	case *ir.Func:
		return m.function(e, en, w)
	case *ir.Index:
		return m.index(e, en, w)
	case *ir.Record:
		vals, err := m.all(e.Vals, en, w)
		if err != nil {
			return nil, err
		}
		return value.NewRecord(e.Names, vals), nil
	case *ir.RecordSet:
		sets, err := m.all(e.Sets, en, w)
		if err != nil {
			return nil, err
		}
		v, err := value.NewRecordSet(e.Names, sets)
		return v, m.at(e.Span, err)
	case *ir.Except:
		return m.except(e, en, w)
	case *ir.If:
		branch, err := m.branch(e, en, w)
		if err != nil {
			return nil, err
		}
		return m.lazily(branch, en, w)
	case *ir.Case:
		arm, err := m.arm(e, en, w)
		if err != nil {
			return nil, err
		}
		return m.lazily(arm, en, w)
	case *ir.Let:
		return m.lazily(e.Body, en.bindLet(e.Defs), w)
	case *ir.Label:
		return m.label(e, en, w)
	case *ir.ActionBox:
		return m.actionBox(e, en, w)
	case *ir.Fair, *ir.TemporalQuant:
		return nil, fail(codeTemporal, e.Pos(), "A temporal formula has no value in a single state.")
	case *ir.OpArg:
		return nil, fail(codeUndefined, e.Span, "An operator is used as if it were a value.")
	}
	panic(fmt.Sprintf("eval: unknown node %T", e))
}

func (m *Machine) variable(e *ir.VarRef, w *statePair) (value.Value, error) {
	m.stateReads++
	if w.partial {
		m.partialReads++
	}
	if e.Var.ID < len(w.s) {
		if v := w.s[e.Var.ID]; v != nil {
			return v, nil
		}
	}
	if w.s == nil {
		return nil, fail(codeUnassigned, e.Span, "The variable %s is read where there is no state.", e.Var.Name)
	}
	return nil, m.rangeless(e.Var, fail(codeUnassigned, e.Span, "%s%s is used before it is assigned a value.", e.Var.Name, w.mark))
}

// rangeless is err, that v has no value, with what would give it one where v is a
// constant that the search is to choose.
func (m *Machine) rangeless(v *ir.Variable, err error) error {
	if slices.Contains(m.sys.Chosen, v) {
		diag.Of(err)[0].Hint = fmt.Sprintf("say which values the constant %s may have, by --cinit '%s \\in ...' or by an ASSUME; a proof (--induct) is about all", v.Name, v.Name)
	}
	return err
}

func (m *Machine) constant(e *ir.ConstRef, en *env, w *statePair) (value.Value, error) {
	switch {
	case e.Const.Value != nil:
		return e.Const.Value, nil
	case e.Const.Def != nil:
		return m.callDef(e.Const.Def, nil, en, w, e.Span)
	}
	return nil, fail(codeConstant, e.Span, "The constant %s has no value: assign one in the config, or with --constant %s=...", e.Const.Name, e.Const.Name)
}

func (m *Machine) name(e *ir.NameRef, en *env, w *statePair) (value.Value, error) {
	b := en.find(e.Name)
	switch {
	case b == nil:
		panic("eval: the name " + e.Name.Ident + " is not bound")
	case b.val != nil:
		return b.val, nil
	case b.thunk != nil:
		return m.force(b.thunk, w)
	}
	return nil, fail(codeUndefined, e.Span, "The operator %s is used as if it were a value.", e.Name.Ident)
}

// all evaluates es from left to right.
func (m *Machine) all(es []ir.Expr, en *env, w *statePair) ([]value.Value, error) {
	vals := make([]value.Value, len(es))
	for i, e := range es {
		v, err := m.eval(e, en, w)
		if err != nil {
			return nil, err
		}
		vals[i] = v
	}
	return vals, nil
}

// bool evaluates a formula.
func (m *Machine) bool(e ir.Expr, en *env, w *statePair) (bool, error) {
	v, err := m.eval(e, en, w)
	if err != nil {
		return false, err
	}
	b, ok := v.(value.Bool)
	if !ok {
		return false, fail(codeNotBool, e.Pos(), "A Boolean is needed here, but the value is %s.", value.Brief(v))
	}
	return bool(b), nil
}

// actionBox is [A]_v or <<A>>_v as a formula. v is looked at first: a step that
// leaves it alone decides, even where A has no value, and is soon recognised.
func (m *Machine) actionBox(e *ir.ActionBox, en *env, w *statePair) (value.Value, error) {
	same, err := m.unchanged(e.Sub, en, w)
	if err != nil {
		return nil, err
	}
	if same {
		return value.Bool(!e.Angle), nil
	}
	act, err := m.bool(e.Action, en, w)
	return value.Bool(act), err
}
