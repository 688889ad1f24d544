package eval

import (
	"github.com/lemma-mc/lemma/ir"
)

// index is f[e] as an action. Where f is defined by [x \in S |-> A], A is
// entered like the body of an operator, so that its disjunctions branch; TLC
// does so too, and the number of generated states depends on it.
func (mk *actionReader) index(e *ir.Index, en *env, w *statePair, k continuation) error {
	fn, at, err := mk.definition(e.Fun, en)
	if err != nil {
		return err
	}
	if fn == nil {
		return mk.test(e, en, w, k)
	}
	l, err := mk.m.lambda(fn, at, w)
	if err != nil {
		return err
	}
	arg, err := mk.m.eval(e.Arg, en, w)
	if err != nil {
		return err
	}
	in, err := mk.m.meter.Contains(l.dom, arg)
	if err != nil {
		return mk.m.at(e.Span, err)
	}
	if !in {
		return mk.test(e, en, w, k) // which says what is wrong
	}
	inner, err := l.bind(arg)
	if err != nil {
		return err
	}
	return mk.run(fn.Body, inner, w, false, k)
}

// definition is the [x \in S |-> A] that f stands for with the environment that
// it stands in, or nil. A constant function is a value, computed once, unless
// it is recursive.
func (mk *actionReader) definition(f ir.Expr, en *env) (*ir.Func, *env, error) {
	constant := false
	for range maxHops {
		switch x := f.(type) {
		case *ir.Func:
			if constant && x.Self == nil {
				return nil, nil, nil
			}
			return x, en, nil
		case *ir.NameRef:
			b := en.find(x.Name)
			if b == nil || b.thunk == nil {
				return nil, nil, nil
			}
			f, en = b.thunk.expr, b.thunk.env
		case *ir.Call:
			outer, _, local := en.findDef(x.Def)
			if !local && mk.m.native(x.Def).Run != nil {
				return nil, nil, nil
			}
			constant = constant || !local && x.Def.Level == ir.ConstantLevel && len(x.Args) == 0
			body, inner, err := mk.m.open(x.Def, x.Args, outer, en, x.Span)
			if err != nil {
				return nil, nil, err
			}
			f, en = body, inner
		case *ir.Label:
			f = x.Body
		default:
			return nil, nil, nil
		}
	}
	return nil, nil, nil
}
