package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A freeing is the set of an instance's variables that an ENABLED binds: what
// stands for them plays no part where they are primed. Nil is empty.
type freeing map[*ir.Variable]bool

// freedBy reads the freeing off the action of an ENABLED.
func freedBy(action ir.Expr) freeing {
	for {
		switch x := action.(type) {
		case *ir.ActionBox:
			action = x.Action
		case *ir.Label:
			if x.Frees != nil {
				f := freeing{}
				for _, v := range x.Frees {
					f[v] = true
				}
				return f
			}
			action = x.Body
		default:
			return nil
		}
	}
}

// variable is the variable of f that e stands for, perhaps as a parameter or a
// definition, or nil.
func (f freeing) variable(e ir.Expr, en *env) *ir.Variable {
	if f == nil {
		return nil
	}
	for range maxHops {
		switch x := e.(type) {
		case *ir.NameRef:
			b := en.find(x.Name)
			if b == nil || b.thunk == nil {
				return nil
			}
			e, en = b.thunk.expr, b.thunk.env
		case *ir.Call:
			if len(x.Args) > 0 || x.Def.Body == nil {
				return nil
			}
			outer, _, _ := en.findDef(x.Def)
			e, en = x.Def.Body, outer
		case *ir.Label:
			if x.Shut {
				return nil
			}
			if f[x.Of] {
				return x.Of
			}
			e = x.Body
		default:
			return nil
		}
	}
	return nil
}

// outside is w without what an ENABLED frees.
func (w *statePair) outside() *statePair {
	after := w.after
	if w.frees == nil && (after == nil || after.frees == nil) {
		return w
	}
	out := *w
	out.frees = nil
	if after != nil {
		out.after = &statePair{s: after.s, partial: after.partial, mark: after.mark, derived: after.derived}
	}
	return &out
}

// label is the value of a labelled expression: that of its body, but for a
// variable that the ENABLED around binds.
func (m *Machine) label(e *ir.Label, en *env, w *statePair) (value.Value, error) {
	if e.Shut {
		return m.lazily(e.Body, en, w.outside())
	}
	if !w.frees[e.Of] {
		return m.lazily(e.Body, en, w)
	}
	m.stateReads++
	m.partialReads++
	if v := w.derived[e.Of]; v != nil {
		return v, nil
	}
	return nil, fail(codeUnassigned, e.Span, "%s' is used before it is assigned a value.", e.Of.Name)
}

// keepFree is UNCHANGED of e, which stands for the bound variable x.
func (mk *actionReader) keepFree(x *ir.Variable, e ir.Expr, en *env, w *statePair, k continuation) error {
	v, err := mk.m.eval(e, en, w)
	if err != nil {
		return err
	}
	old := w.prime().derived[x]
	if old == nil {
		return mk.derive(x, v, w, k)
	}
	same, err := mk.agree(old, v)
	if err != nil || !same {
		return mk.m.at(e.Pos(), err)
	}
	return k()
}

// shut runs an action that comes from outside of the instance.
func (mk *actionReader) shut(e ir.Expr, en *env, w *statePair, k continuation) error {
	frees, after := mk.frees, w.prime()
	set := func(f freeing) {
		mk.frees = f
		if after != nil {
			after.frees = f
		}
	}
	set(nil)
	defer set(frees)
	return mk.run(e, en, w, false, func() error {
		set(frees)
		defer set(nil)
		return k()
	})
}
