package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Effects are those of evaluating all of es, with the definitions that they
// apply: the union over what they reach.
func Effects(es ...ir.Expr) ir.Effects { return effects(es, func(*ir.Def) bool { return false }) }

// Effects is the function of that name for what m evaluates: a definition whose
// value m knows already has none.
func (m *Machine) Effects(es ...ir.Expr) ir.Effects { return effects(es, m.Fixed) }

func effects(es []ir.Expr, settled func(*ir.Def) bool) (all ir.Effects) {
	seen := map[*ir.Def]bool{}
	for _, e := range es {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			if c, ok := x.(*ir.Call); ok && settled(c.Def) {
				return false
			}
			if c, ok := x.(*ir.ConstRef); ok && c.Const.Def != nil && settled(c.Const.Def) {
				return false
			}
			all |= EffectsOfNode(x)
			return true
		})
	}
	return all
}

// EffectsOfNode are those of x itself, the operator or native definition that
// it applies, without those of its parts.
func EffectsOfNode(x ir.Expr) ir.Effects {
	switch x := x.(type) {
	case *ir.App:
		if x.Op == ir.TLCGet {
			return getEffects(x.Args[0])
		}
		return x.Op.Effects()
	case *ir.Call:
		return EffectsOfDef(x.Def)
	case *ir.ConstRef:
		return EffectsOfDef(x.Const.Def)
	case *ir.CallConst:
		return EffectsOfDef(x.Const.Def)
	}
	return ir.Pure
}

// EffectsOfDef are those of applying d where it is computed natively; without
// those of its body.
func EffectsOfDef(d *ir.Def) ir.Effects {
	if d == nil || d.Key == "" {
		return ir.Pure
	}
	return allNatives[d.Key].Effects
}

// Native tells whether applying d runs a native, not the body that the text
// gives it.
func Native(d *ir.Def) bool {
	_, ok := allNatives[d.Key]
	return ok && d.Key != ""
}

// getEffects are those of TLCGet(i): a number names a register, a string what
// the search knows.
func getEffects(i ir.Expr) ir.Effects {
	if l, ok := i.(*ir.Lit); ok {
		switch l.Value.(type) {
		case value.Int:
			return ir.ReadsRegisters
		case value.Str:
			switch {
			case l.Value == levelName:
				return ir.ReadsLevel
			case isRegister(l.Value), l.Value == allName:
				return ir.ReadsRegisters
			}
			return ir.ReadsSearch
		}
	}
	return ir.TLCGet.Effects()
}
