package module

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// tabulated is the definition of a constant operator that the config gives by
// its values: it applies the function that has these rows, so that arguments
// without a row are an error of evaluation.
func tabulated(c *ir.Constant, rows []Row) *ir.Def {
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, func(a, b Row) int { return value.Compare(a.key(), b.key()) })
	keys, vals := make([]value.Value, len(rows)), make([]value.Value, len(rows))
	for i, row := range sorted {
		keys[i], vals[i] = row.key(), row.Value
	}
	table := &ir.Lit{Span: c.Span, Value: value.NewFunc(value.NewSet(keys), vals)}
	op := eta(c.Arity, c.Span, func(args []ir.Expr) ir.Expr {
		arg := args[0]
		if len(args) > 1 {
			arg = &ir.App{Span: c.Span, Op: ir.Tuple, Args: args}
		}
		return &ir.Index{Span: c.Span, Fun: table, Arg: arg}
	}).(*ir.OpArg)
	return &ir.Def{Name: c.Name, Params: op.Params, Body: op.Body, Span: c.Span}
}

func (r Row) key() value.Value {
	if len(r.Args) == 1 {
		return r.Args[0]
	}
	return value.NewTuple(r.Args)
}

// checkTable reports a table that is not for a constant operator with that
// many parameters.
func (r *run) checkTable(name string, arity int) {
	sym := r.overridable(name, codeOverride)
	if sym == nil {
		return
	}
	at := sym.span
	if _, declared := sym.ent.(constant); !declared {
		r.reportConfig(problem(codeOverride, at, "the config gives values of %s, which is no CONSTANT but %s", name, a(sym.kind())).
			hint("substitute an operator: %s <- Op", name))
	} else if sym.arity() != arity {
		r.reportConfig(problem(codeOverride, at, "the config gives values of %s for %s, but it takes %d",
			name, plural(arity, "argument"), sym.arity()))
	}
}
