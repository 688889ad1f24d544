package eval

import (
	"iter"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// assignable is the variable that an equation with e on its left side assigns:
// e is x' in an action, x in an initial predicate, perhaps as a parameter or a
// definition that stands for it. Else nil.
func (mk *actionReader) assignable(e ir.Expr, en *env) *ir.Variable {
	e, en = standsFor(e, en)
	if mk.init {
		return variable(e)
	}
	if p, ok := e.(*ir.App); ok && p.Op == ir.Prime {
		if mk.frees.variable(p.Args[0], en) != nil {
			return nil // derivable
		}
		e, _ = standsFor(p.Args[0], en)
		return variable(e)
	}
	return nil
}

func variable(e ir.Expr) *ir.Variable {
	if v, ok := e.(*ir.VarRef); ok {
		return v.Var
	}
	return nil
}

// standsFor follows names, parameterless definitions and LETs to the expression
// that they stand for.
func standsFor(e ir.Expr, en *env) (ir.Expr, *env) {
	for range maxHops {
		switch x := e.(type) {
		case *ir.NameRef:
			b := en.find(x.Name)
			if b == nil || b.thunk == nil {
				return e, en
			}
			e, en = b.thunk.expr, b.thunk.env
		case *ir.Call:
			if len(x.Args) > 0 || x.Def.Body == nil || x.Def.Recursive {
				return e, en
			}
			outer, _, _ := en.findDef(x.Def)
			e, en = x.Def.Body, outer
		case *ir.Let:
			e, en = x.Body, en.bindLet(x.Defs)
		case *ir.Label:
			e = x.Body
		default:
			return e, en
		}
	}
	return e, en
}

// maxHops bounds how far names are followed: a definition may stand for
// itself. Evaluating such a one then says that it nests too deeply.
const maxHops = 1000

// assign is x' = e: an assignment when x' has no value yet, else a test.
func (mk *actionReader) assign(x *ir.Variable, e *ir.App, en *env, w *statePair, k continuation) error {
	v, err := mk.m.eval(e.Args[1], en, w)
	if err != nil {
		return err
	}
	return mk.set(x, v, e, k)
}

func (mk *actionReader) set(x *ir.Variable, v value.Value, e ir.Expr, k continuation) error {
	if old := mk.target[x.ID]; old != nil {
		same, err := mk.agree(old, v)
		if err != nil || !same {
			return mk.m.at(e.Pos(), err)
		}
		return k()
	}
	v, err := mk.m.meter.Normalize(v)
	if err != nil {
		return mk.m.at(e.Pos(), err)
	}
	mk.target[x.ID] = v
	err = k()
	mk.target[x.ID] = nil
	return err
}

// agree tells whether a variable that has the value old may be v. In a state
// that is being made TLC's strictness applies. In one that is only checked, or
// partly given, the value may come from another branch and be of any sort.
func (mk *actionReader) agree(old, v value.Value) (bool, error) {
	if mk.fixed || mk.given {
		return value.Compare(old, v) == 0, nil
	}
	return mk.m.meter.Equal(old, v)
}

// choose is x' \in S: one way for each member when x' has no value yet, else a
// test.
func (mk *actionReader) choose(x *ir.Variable, e *ir.App, en *env, w *statePair, k continuation) error {
	set, err := mk.m.eval(e.Args[1], en, w)
	if err != nil {
		return err
	}
	if old := mk.target[x.ID]; old != nil {
		in, err := mk.m.meter.Contains(set, old)
		if (mk.fixed || mk.given) && incomparable(err) {
			in, err = false, nil
		}
		if err != nil || !in {
			return mk.m.at(e.Span, err)
		}
		return k()
	}
	for v, err := range mk.m.meter.Enumerate(set) {
		if err != nil {
			return mk.m.at(e.Args[1].Pos(), err)
		}
		if err := mk.set(x, v, e, k); err != nil {
			return err
		}
	}
	return nil
}

func incomparable(err error) bool {
	_, ok := err.(*value.Error)
	return ok
}

// choices is bindings for the \E of an action. A step that is only checked may
// come from a solver, which chose from an infinite set: such a set is searched
// among the values that the two states hold, with the neighbours of numbers and
// the parts of sequences. That finds witnesses and proves no absence of one, so
// finding none leaves the step undecided, unless it can be made otherwise.
func (mk *actionReader) choices(e *ir.Quant, en *env, w *statePair) iter.Seq2[*env, error] {
	return func(yield func(*env, error) bool) {
		bs, err := mk.m.binders(e.Bounds, en, w)
		if err != nil {
			yield(nil, err)
			return
		}
		if !mk.fixed {
			if hasInfinite(bs) {
				mk.m.narrowedBindings(e, bs, en, w)(yield)
			} else {
				mk.m.each(bs, en, yield)
			}
			return
		}
		var open *binder
		for i := range bs {
			if finite, err := value.IsFinite(bs[i].set); err == nil && finite {
				continue
			}
			open = &bs[i]
			open.set = witnesses(open.set, w)
		}
		if mk.m.combine(bs, en, yield) && open != nil {
			mk.undecided = fail(CodeInfinite, open.bound.Domain.Pos(), "No member of this infinite set was found that makes the step; there may be one.")
		}
	}
}

// witnesses is a finite part of set: what s and next hold that is in it.
func witnesses(set value.Value, w *statePair) value.Value {
	var found []value.Value
	try := func(v value.Value) {
		if in, err := value.Contains(set, v); err == nil && in {
			found = append(found, v)
		}
	}
	for _, v := range slices.Concat(w.s, w.next) {
		value.Walk(v, func(part value.Value) {
			try(part)
			if t, ok := part.(*value.Tuple); ok {
				for _, p := range stretches(t.Elems) {
					try(p)
				}
			}
			if part.Kind() != value.KindInt {
				return
			}
			for _, near := range []value.Value{value.Int(-1), value.Int(1)} {
				if n, err := value.Add(part, near); err == nil {
					try(n)
				}
			}
		})
	}
	for n := range 3 {
		try(value.Int(n))
	}
	return value.NewSet(found)
}

// stretches are the sequences of neighbouring elements; of long ones, those that
// begin or end with them.
func stretches(elems []value.Value) (out []value.Value) {
	const most = 16
	n := len(elems)
	for i := range n {
		for j := i; j <= n; j++ {
			if n <= most || i == 0 || j == n {
				out = append(out, value.NewTuple(slices.Clone(elems[i:j])))
			}
		}
	}
	return out
}
