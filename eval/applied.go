package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// applied is the value of a function that is about to be applied to one argument.
// Within a recursion it is not spelled out, as TLC does not either: a definition
// may recurse through [x \in S |-> e] at some arguments, and be without end at the
// others. That holds on the way to the [x \in S |-> e] through names, definitions,
// LET, IF, CASE and EXCEPT. What cannot recurse is spelled out, since that is faster.
func (m *Machine) applied(e ir.Expr, en *env, w *statePair) (value.Value, error) {
	switch e.(type) {
	case *ir.Func, *ir.NameRef, *ir.Call, *ir.Let, *ir.If, *ir.Case, *ir.Except:
	default:
		return m.eval(e, en, w)
	}
	if m.recursions == 0 {
		return m.eval(e, en, w)
	}
	if err := m.enter(e); err != nil {
		return nil, err
	}
	v, err := m.appliedNode(e, en, w)
	m.leave()
	return v, err
}

func (m *Machine) appliedNode(e ir.Expr, en *env, w *statePair) (value.Value, error) {
	switch e := e.(type) {
	case *ir.Func:
		if !m.mayRecurse(e, en) {
			return m.function(e, en, w)
		}
		l, err := m.lambda(e, en, w)
		if err != nil {
			return nil, err
		}
		return l.self, nil
	case *ir.NameRef:
		if b := en.find(e.Name); b != nil && b.val == nil && b.thunk != nil {
			return m.appliedThunk(b.thunk, w)
		}
	case *ir.Call:
		return m.appliedCall(e, en, w)
	case *ir.Let:
		return m.applied(e.Body, en.bindLet(e.Defs), w)
	case *ir.If:
		branch, err := m.branch(e, en, w)
		if err != nil {
			return nil, err
		}
		return m.applied(branch, en, w)
	case *ir.Case:
		arm, err := m.arm(e, en, w)
		if err != nil {
			return nil, err
		}
		return m.applied(arm, en, w)
	case *ir.Except:
		f, err := m.applied(e.Fun, en, w)
		if err != nil {
			return nil, err
		}
		return m.exceptOf(f, exceptLazily, e, en, w)
	}
	return m.evalNode(e, en, w)
}

// appliedThunk is force of a function that is about to be applied. What is kept is
// the function with the values that were asked for.
func (m *Machine) appliedThunk(t *thunk, w *statePair) (value.Value, error) {
	if t.val != nil && t.states == w {
		return t.val, nil
	}
	reads := m.partialReads
	v, err := m.applied(t.expr, t.env, w)
	if err == nil && m.partialReads == reads {
		t.val, t.states = v, w
	}
	return v, err
}

func (m *Machine) appliedCall(e *ir.Call, en *env, w *statePair) (value.Value, error) {
	outer, t, local := en.findDef(e.Def)
	if t != nil {
		v, err := m.appliedThunk(t, w)
		return v, calledFrom(err, e.Def.Name, e.Span)
	}
	constant := len(e.Args) == 0 && e.Def.Level == ir.ConstantLevel
	if !local && (m.native(e.Def).Run != nil || constant && !e.Def.Recursive || len(w.derived) > 0) {
		return m.call(e, en, w)
	}
	body, inner, err := m.open(e.Def, e.Args, outer, en, e.Span)
	if err != nil {
		return nil, err
	}
	v, err := m.applied(body, inner, w)
	return v, calledFrom(err, e.Def.Name, e.Span)
}

// exceptLazily is value.Except, without spelling out a function for it.
func exceptLazily(f value.Value, path []value.Value, update func(old value.Value) (value.Value, error)) (value.Value, error) {
	if lazy, ok := f.(*value.LazyFunc); ok {
		return lazy.Except(path, update)
	}
	return value.Except(f, path, update)
}

// mayRecurse tells whether the body of f, in the environment en, comes to a recursive
// function or definition.
func (m *Machine) mayRecurse(f *ir.Func, en *env) bool {
	if known, ok := m.recursing[f]; ok {
		return known
	}
	s := recursionSearch{seen: map[ir.Expr]bool{}}
	s.visit(f.Body, en)
	m.recursing[f] = s.found
	return s.found
}

// A recursionSearch looks for a recursion below an expression, also in what names and
// calls stand for.
type recursionSearch struct {
	seen  map[ir.Expr]bool
	found bool
}

func (s *recursionSearch) visit(e ir.Expr, en *env) {
	if s.found || e == nil || s.seen[e] {
		return
	}
	s.seen[e] = true
	switch e := e.(type) {
	case *ir.NameRef:
		if b := en.find(e.Name); b != nil && b.thunk != nil {
			s.thunk(b.thunk.expr, b.thunk.env)
		}
	case *ir.CallName:
		if b := en.find(e.Name); b != nil && b.op != nil {
			s.visit(b.op.body, b.op.env)
		}
	case *ir.Call:
		s.found = s.found || e.Def.Recursive
		at, _, _ := en.findDef(e.Def)
		s.thunk(e.Def.Body, at)
	}
	ir.Children(e, func(x ir.Expr) { s.visit(x, en) })
}

// thunk visits what a name stands for.
func (s *recursionSearch) thunk(e ir.Expr, en *env) {
	if f, ok := e.(*ir.Func); ok && f.Self != nil {
		s.found = true
	}
	s.visit(e, en)
}
