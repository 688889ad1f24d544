package encode

import (
	"fmt"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// eval is the meaning of x in c. What depends on nothing symbolic is left to
// the evaluator (E1).
func (e *Encoder) eval(x ir.Expr, c evalContext) Sym {
	e.Poll()
	if v, err, ok := e.fold(x, c); ok {
		if err != nil {
			return e.Fail(c.path, smt.True, err)
		}
		return v
	}
	return e.Whole(e.node(x, c), c.path)
}

// lazily is eval where a function may still be to be worked out, so that it may have a
// value at the arguments that matter although it has none at others.
func (e *Encoder) lazily(x ir.Expr, c evalContext) Sym {
	e.Poll()
	if v, err, ok := e.fold(x, c); ok && err == nil {
		return v
	}
	return e.node(x, c)
}

// node is what x comes to. Where x passes on the value of a part, that is as lazy as
// the part.
func (e *Encoder) node(x ir.Expr, c evalContext) Sym {
	e.At = x.Pos()
	if foldable(x) {
		e.Begin(x.Pos())
		defer e.End()
	}
	switch x := x.(type) {
	case *ir.Lit:
		return Known{V: x.Value}
	case *ir.ConstRef:
		return e.constant(x, c)
	case *ir.VarRef:
		return e.variable(x, c)
	case *ir.NameRef:
		return e.name(x, c)
	case *ir.App:
		return e.app(x, c)
	case *ir.Call:
		return e.call(x, c)
	case *ir.CallName:
		return e.callName(x, c)
	case *ir.CallConst:
		if x.Const.Def == nil {
			symbolic.Unsupported(codeOperator, x.Span, "the operator constant %s has no definition", x.Const.Name)
		}
		return e.call(&ir.Call{Span: x.Span, Def: x.Const.Def, Args: x.Args}, c)
	case *ir.Quant:
		return symbolic.BoolSym(e.quant(x, c))
	case *ir.Choose:
		return e.chooseExpr(x, c)
	case *ir.SetFilter:
		return e.setFilter(x, c)
	case *ir.SetMap:
		return e.setMap(x, c)
	case *ir.Func:
		return e.function(x, c)
	case *ir.Index:
		f := e.lazily(x.Fun, c)
		arg := e.eval(x.Arg, c)
		e.At = x.Span
		return e.Apply(f, arg, c.path)
	case *ir.Record:
		return symbolic.NewRecord(x.Names, e.evalAll(x.Vals, c))
	case *ir.RecordSet:
		return e.recordSet(x, c)
	case *ir.Except:
		return e.exceptExpr(x, c)
	case *ir.If:
		cond := e.truth(x.Cond, c)
		return e.Branches(cond, c.path, func(p *symbolic.Path) Sym { return e.lazily(x.Then, c.on(p)) }, func(p *symbolic.Path) Sym { return e.lazily(x.Else, c.on(p)) })
	case *ir.Case:
		return e.caseExpr(x, c)
	case *ir.Let:
		return e.lazily(x.Body, e.bindDefs(x.Defs, c))
	case *ir.Label:
		return e.lazily(x.Body, c)
	case *ir.ActionBox:
		return symbolic.BoolSym(e.actionBox(x, c))
	case *ir.Fair, *ir.TemporalQuant:
		symbolic.Unsupported(codeTemporal, x.Pos(), "a temporal formula has no value in a state")
	case *ir.OpArg:
		symbolic.Unsupported(codeOperator, x.Pos(), "an operator stands where a value is needed")
	}
	panic(fmt.Sprintf("encode: no case for %T", x))
}

func (e *Encoder) evalAll(xs []ir.Expr, c evalContext) []Sym {
	out := make([]Sym, len(xs))
	for i, x := range xs {
		out[i] = e.eval(x, c)
	}
	return out
}

// truth is eval for a formula.
func (e *Encoder) truth(x ir.Expr, c evalContext) smt.Term {
	v := e.eval(x, c)
	e.At = x.Pos()
	return e.boolean(v, c)
}

// boolean is a truth value as a term; anything else is an error of the spec.
func (e *Encoder) boolean(v Sym, c evalContext) smt.Term {
	if symbolic.IsBool(v) {
		return e.TruthTerm(v)
	}
	if symbolic.IsBottom(v) {
		return smt.False
	}
	var or []smt.Term
	for _, a := range symbolic.Alts(v) {
		switch {
		case symbolic.IsBool(a.Val):
			or = append(or, e.Store.And(a.When, e.TruthTerm(a.Val)))
		case !symbolic.IsBottom(a.Val):
			e.Failf(c.path, a.When, e.At, codeNotBool, "a truth value is needed here, and this is %s", symbolic.Describe(a.Val))
		}
	}
	return e.Store.Or(or...)
}

func (e *Encoder) caseExpr(x *ir.Case, c evalContext) Sym {
	var cases []Alt
	rest := smt.True // no earlier arm matches
	for _, arm := range x.Arms {
		cond := e.Store.And(rest, e.truth(arm.Cond, c.under(rest)))
		if cond != smt.False {
			cases = append(cases, Alt{When: cond, Val: e.lazily(arm.Value, c.under(cond))})
		}
		if rest = e.Store.And(rest, e.Store.Not(cond)); rest == smt.False {
			return e.Merge(cases)
		}
	}
	if x.Other != nil {
		return e.Merge(append(cases, Alt{When: rest, Val: e.lazily(x.Other, c.under(rest))}))
	}
	e.Failf(c.path, rest, x.Span, codeCase, "no arm of this CASE matches, and it has no OTHER")
	return e.Merge(cases)
}

// constant is the value of a CONSTANT: the config's, or the symbol that stands
// for all its values.
func (e *Encoder) constant(x *ir.ConstRef, c evalContext) Sym {
	k := x.Const
	switch {
	case e.Constants[k] != nil:
		return e.Constants[k]
	case k.Def != nil:
		return e.call(&ir.Call{Span: x.Span, Def: k.Def}, c)
	case k.Value != nil:
		return Known{V: k.Value}
	}
	symbolic.Unsupported(codeConstant, x.Span, "the constant %s has no value", k.Name)
	return nil
}

func (e *Encoder) variable(x *ir.VarRef, c evalContext) Sym {
	if !c.primed {
		if v := c.cur[x.Var.ID]; v != nil {
			return v
		}
	} else if c.next != nil {
		if v := c.next[x.Var.ID]; v != nil {
			return v
		}
	}
	err := unassignedError{x.Var, x.Span, c.primed}
	if c.late {
		return e.Fail(c.path, smt.True, err.diagnostic())
	}
	panic(err)
}

func (e *Encoder) name(x *ir.NameRef, c evalContext) Sym {
	for b := c.env; b != nil; b = b.up {
		if b.name == x.Name {
			if b.arg != nil {
				return e.force(b.arg, c)
			}
			return b.val
		}
	}
	panic(fmt.Sprintf("encode: the name %s is not bound", x.Name.Ident))
}
