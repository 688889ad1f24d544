package encode

import "github.com/lemma-mc/lemma/ir"

// numeric finds the variables whose integers are added up: an operand of a sum
// or product whose other operand depends on the state as well. After a step
// their integers are terms at once (E3): as one of few values each, sums of
// them are hard for a solver (EWD998 to depth 7: 27 s against 0.8 s), while a
// number that only counts up, such as a term or a ballot, is easier so (a Raft
// election to depth 6: 0.3 s against 16 s).
func (e *Encoder) numeric() map[int]bool {
	if e.numbers != nil {
		return e.numbers
	}
	e.numbers = map[int]bool{}
	seen := map[*ir.Def]bool{}
	visit := func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.Let: // before the facts of what is below it are asked for
			for _, d := range x.Defs {
				e.local[d] = true
			}
		case *ir.App:
			if x.Op == ir.Add || x.Op == ir.Sub || x.Op == ir.Mul {
				e.addedUp(x.Args[0], x.Args[1])
			}
		}
		return true
	}
	roots := []ir.Expr{e.Sys.Next}
	for _, fs := range [][]*ir.Formula{e.Sys.Invariants, e.Sys.Properties, e.Sys.Constraints} {
		for _, f := range fs {
			roots = append(roots, f.Expr)
		}
	}
	for _, r := range roots {
		ir.Reach(r, seen, visit)
	}
	return e.numbers
}

func (e *Encoder) addedUp(x, y ir.Expr) {
	a, b := e.factsOf(x).variables, e.factsOf(y).variables
	if len(a) == 0 || len(b) == 0 {
		return
	}
	for _, vs := range [][]*ir.Variable{a, b} {
		for _, v := range vs {
			e.numbers[v.ID] = true
		}
	}
}
