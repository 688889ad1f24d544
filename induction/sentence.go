package induction

import (
	"strings"

	"github.com/lemma-mc/lemma/ir"
)

// sentence says in words what the formula e says. The smallest parts stay in TLA+.
func sentence(e ir.Expr) string {
	s := words(e)
	if w, _, _ := strings.Cut(s, " "); w == "for" || w == "if" || w == "it" {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	return s + "."
}

func words(e ir.Expr) string {
	switch e := e.(type) {
	case *ir.Quant:
		return quantified(e)
	case *ir.App:
		return applied(e)
	case *ir.Call, *ir.Index:
		return phrase(e) + " holds"
	}
	return phrase(e)
}

func quantified(e *ir.Quant) string {
	var bounds []string
	for _, b := range e.Bounds {
		var names []string
		for _, n := range b.Names {
			names = append(names, n.Ident)
		}
		bound := strings.Join(names, ", ")
		if b.Domain != nil {
			bound += " in " + phrase(b.Domain)
		}
		bounds = append(bounds, bound)
	}
	kind := "for some "
	if e.All {
		kind = "for all "
	}
	return kind + strings.Join(bounds, ", ") + ": " + words(e.Body)
}

// relations are what stands in words between two things.
var relations = map[ir.Op]string{
	ir.Eq: "is", ir.Neq: "is not", ir.In: "is in", ir.NotIn: "is not in", ir.Subseteq: "is a subset of",
	ir.Lt: "is less than", ir.Le: "is at most", ir.Gt: "is more than", ir.Ge: "is at least",
}

func applied(e *ir.App) string {
	if r, ok := relations[e.Op]; ok {
		return phrase(e.Args[0]) + " " + r + " " + phrase(e.Args[1])
	}
	switch e.Op {
	case ir.And:
		return joined(e, " and ")
	case ir.Or:
		return joined(e, " or ")
	case ir.Implies:
		return "if " + words(e.Args[0]) + ", then " + words(e.Args[1])
	case ir.Iff:
		return words(e.Args[0]) + " exactly if " + words(e.Args[1])
	case ir.Not:
		switch e.Args[0].(type) {
		case *ir.Call, *ir.Index, *ir.VarRef:
			return phrase(e.Args[0]) + " does not hold"
		}
		return "it is not the case that " + words(e.Args[0])
	}
	return phrase(e)
}

// joined has parts that would be read otherwise in brackets.
func joined(e *ir.App, by string) string {
	parts := make([]string, len(e.Args))
	for i, x := range e.Args {
		parts[i] = words(x)
		if app, ok := x.(*ir.App); ok && (app.Op == ir.And || app.Op == ir.Or || app.Op == ir.Implies || app.Op == ir.Iff) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, by)
}

// phrase is e in TLA+, on one line.
func phrase(e ir.Expr) string { return strings.Join(strings.Fields(ir.String(e)), " ") }
