package temporal

import "github.com/lemma-mc/lemma/ir"

// Hidden is a variable of which the formula e speaks, and of which view shows
// nothing; nil for none. What e says of a behaviour then does not depend on the view
// of its states alone.
func Hidden(view, e ir.Expr) *ir.Variable {
	shown := map[int]bool{}
	ir.Reach(view, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if v, ok := x.(*ir.VarRef); ok {
			shown[v.Var.ID] = true
		}
		return true
	})
	var hidden *ir.Variable
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if v, ok := x.(*ir.VarRef); ok && hidden == nil && !shown[v.Var.ID] {
			hidden = v.Var
		}
		return hidden == nil
	})
	return hidden
}
