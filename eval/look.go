package eval

import (
	"iter"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// What stands here lets others walk through an expression as the evaluator does,
// part by part: to explain a value, not to find it.

// Open is what stands behind e: the body of a definition or of an operator that
// is applied, of a LET, of a label, or the argument that a parameter stands for;
// inner says what names mean there. ok is false where nothing does.
func (m *Machine) Open(e ir.Expr, at Env) (body ir.Expr, inner Env, ok bool) {
	en := at.in
	switch e := e.(type) {
	case *ir.Let:
		return e.Body, Env{en.bindLet(e.Defs)}, true
	case *ir.Label:
		return e.Body, at, true
	case *ir.NameRef:
		if b := en.find(e.Name); b != nil && b.thunk != nil {
			return b.thunk.expr, Env{b.thunk.env}, true
		}
	case *ir.CallName:
		body, in := m.openName(e, en)
		return body, Env{in}, true
	case *ir.Call:
		return m.openDef(e.Def, e.Args, e, en)
	case *ir.ConstRef:
		if e.Const.Value == nil && e.Const.Def != nil {
			return m.openDef(e.Const.Def, nil, e, en)
		}
	case *ir.CallConst:
		if e.Const.Def != nil {
			return m.openDef(e.Const.Def, e.Args, e, en)
		}
	}
	return nil, at, false
}

func (m *Machine) openDef(d *ir.Def, args []ir.Expr, e ir.Expr, en *env) (ir.Expr, Env, bool) {
	outer, _, local := en.findDef(d)
	if !local && m.native(d).Run != nil {
		return nil, Env{en}, false
	}
	body, inner, err := m.open(d, args, outer, en, e.Pos())
	return body, Env{inner}, err == nil
}

// Bindings yields at with the names of bounds bound in every way, in value order.
// An error is yielded last.
func (m *Machine) Bindings(bounds []*ir.Bound, at Env, s, next State) iter.Seq2[Env, error] {
	return func(yield func(Env, error) bool) {
		m.begin()
		for inner, err := range m.bindings(bounds, at.in, newStatePair(s, next)) {
			if !yield(Env{inner}, err) || err != nil {
				return
			}
		}
	}
}

// Bound is the value that at gives to n; nil where n is bound to none, or to what
// has not been evaluated.
func (at Env) Bound(n *ir.Name) value.Value {
	if b := at.in.find(n); b != nil {
		return b.val
	}
	return nil
}

// BoolIn is Bool of a formula whose free names at binds.
func (m *Machine) BoolIn(at Env, e ir.Expr, s, next State) (bool, error) {
	m.begin()
	return m.bool(e, at.in, newStatePair(s, next))
}
