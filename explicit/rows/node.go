package rows

import "github.com/lemma-mc/lemma/ir"

// node compiles one node; what it does not know goes to the evaluator.
func (c *Compiler) node(e ir.Expr, sc env, want *shape) *code {
	if c.size > maxCodeSize {
		return c.fallback(e, sc)
	}
	switch e := e.(type) {
	case *ir.Lit:
		return c.constant(e.Value)
	case *ir.ConstRef:
		return c.constRef(e, want)
	case *ir.VarRef:
		return c.variable(e.Var, sc)
	case *ir.NameRef:
		return c.name(e, sc, want)
	case *ir.App:
		return c.app(e, sc, want)
	case *ir.Call:
		return c.call(e, sc, want)
	case *ir.CallName:
		return c.callName(e, sc, want)
	case *ir.CallConst:
		return c.callConst(e, sc, want)
	case *ir.Quant:
		return c.quant(e, sc)
	case *ir.Choose:
		return c.choose(e, sc)
	case *ir.SetFilter:
		return c.filter(e, sc, want)
	case *ir.SetMap:
		return c.setMap(e, sc, want)
	case *ir.Func:
		return c.function(e, sc, want)
	case *ir.Index:
		return c.index(e, sc)
	case *ir.Record:
		return c.record(e, sc, want)
	case *ir.RecordSet:
		return c.recordSet(e, sc)
	case *ir.Except:
		return c.except(e, sc, want)
	case *ir.If:
		return c.ifThen(e, sc, want)
	case *ir.Case:
		return c.cases(e, sc, want)
	case *ir.Let:
		return c.let(e, sc, want)
	case *ir.Label:
		return c.compile(e.Body, sc, want)
	case *ir.ActionBox:
		return c.actionBox(e, sc)
	}
	return c.fallback(e, sc)
}
