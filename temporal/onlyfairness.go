package temporal

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// OnlyFairness tells whether the temporal conjuncts of a specification are
// conjunctions of WF and SF. Then whatever has happened can go on, as far as the
// specification promises what its next-state action can do (Abadi and Lamport, "The
// existence of refinement mappings"), and what a bad prefix violates is violated.
// Past a bound on how deep definitions are opened the answer is no.
func OnlyFairness(conjuncts []ir.Expr) bool {
	return !slices.ContainsFunc(conjuncts, func(e ir.Expr) bool { return !isFairness(e, 0) })
}

func isFairness(e ir.Expr, depth int) bool {
	switch e := e.(type) {
	case *ir.Fair:
		return true
	case *ir.Call:
		return e.Def.Body != nil && depth < maxOpen && isFairness(e.Def.Body, depth+1)
	case *ir.Let:
		return isFairness(e.Body, depth)
	case *ir.Label:
		return isFairness(e.Body, depth)
	case *ir.Quant:
		return e.All && isFairness(e.Body, depth)
	case *ir.App:
		return e.Op == ir.And && !slices.ContainsFunc(e.Args, func(x ir.Expr) bool { return !isFairness(x, depth) })
	}
	return false
}
