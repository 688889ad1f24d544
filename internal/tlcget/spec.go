package tlcget

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// spec is TLCGet("spec"): the parts of the specification by name and
// place, as the config and the text have them.
func spec(sys *ir.System) value.Value {
	formulas := func(fs []*ir.Formula) value.Value {
		var out []value.Value
		for _, f := range fs {
			out = append(out, named(sys, f.Name, f.Expr.Pos(), sys.Name))
		}
		return value.NewSet(out)
	}
	var actions []value.Value
	for _, a := range ir.DisjunctsOf(sys.Next).List {
		in := sys.Name
		if a.Def != nil {
			in = a.Def.Module
		}
		actions = append(actions, named(sys, a.Name(), a.Span, in))
	}
	var inits []value.Value
	if sys.Init != nil {
		name, at, in := "Initial predicate", sys.Init.Pos(), sys.Name
		if c, ok := sys.Init.(*ir.Call); ok {
			name, at, in = c.Def.Name, c.Def.Span, c.Def.Module
		}
		inits = append(inits, named(sys, name, at, in))
	}
	return Record(
		Field{"actions", value.NewSet(actions)},
		Field{"inits", value.NewSet(inits)},
		Field{"invariants", formulas(sys.Invariants)},
		Field{"impliedinits", value.EmptySet},
		Field{"impliedtemporals", formulas(sys.Properties)},
		Field{"temporals", value.EmptySet})
}

func named(sys *ir.System, name string, at source.Span, module string) value.Value {
	return Record(Field{"name", value.NewStr(name)}, Field{"location", location(sys, at, module)})
}

// Action is TLCGet("action"): the name, the place, and the parameters
// with their values.
func Action(sys *ir.System, l eval.Label) value.Value {
	name, module := l.Name, sys.Name
	if name == "" {
		name = "Initial predicate"
	}
	if l.Def != nil {
		module = l.Def.Module
	}
	var params []Field
	for i, a := range l.Args {
		if a != nil {
			params = append(params, Field{l.Def.Params[i].Ident, a})
		}
	}
	return Record(Field{"name", value.NewStr(name)}, Field{"location", location(sys, l.Span, module)}, Field{"context", Record(params...)})
}

func parameters(l eval.Label) (params, context value.Value) {
	var list, known []value.Value
	var names []string
	for i, p := range l.Def.Params {
		list = append(list, value.NewStr(p.Ident))
		if l.Args[i] != nil {
			names, known = append(names, p.Ident), append(known, l.Args[i])
		}
	}
	return value.NewTuple(list), value.NewRecord(names, known)
}

func location(sys *ir.System, at source.Span, module string) value.Value {
	from, _ := sys.Files.Position(at.Start)
	to, _ := sys.Files.Position(at.End)
	return value.NewRecord(
		[]string{"beginLine", "beginColumn", "endLine", "endColumn", "module"},
		[]value.Value{value.Int(from.Line), value.Int(from.Column), value.Int(to.Line), value.Int(to.Column - 1), value.NewStr(module)})
}
