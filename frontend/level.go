package frontend

import "github.com/lemma-mc/lemma/ir"

// level is the level of e. Definitions know theirs; arguments can only raise
// it.
func level(e ir.Expr) ir.Level {
	most := ir.ConstantLevel
	ir.Walk(e, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.VarRef:
			most = max(most, ir.StateLevel)
		case *ir.Call:
			most = max(most, e.Def.Level)
		case *ir.ActionBox:
			most = max(most, ir.ActionLevel)
		case *ir.Fair, *ir.TemporalQuant:
			most = ir.TemporalLevel
		case *ir.App:
			switch e.Op {
			case ir.Prime, ir.Unchanged, ir.Cdot:
				most = max(most, ir.ActionLevel)
			case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees:
				most = ir.TemporalLevel
			case ir.Enabled: // a state predicate, whatever is inside
				most = max(most, ir.StateLevel)
				return false
			}
		}
		return most < ir.TemporalLevel
	})
	return most
}
