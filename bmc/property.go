package bmc

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

var noSpan source.Span

// The properties of a check, by what they are about.
type properties struct {
	invariants []*ir.Formula // of every state
	initial    []*ir.Formula // of the first state
	actions    []*ir.Formula // of every step; the expressions are [A]_v
	// left are temporal properties that bounded search does not check.
	left []*ir.Formula
}

// split sorts what sys checks. A property is taken apart at its conjunctions:
// []P for a state formula P is an invariant, [][A]_v an action property.
func split(sys *ir.System) properties {
	p := properties{invariants: sys.Invariants}
	for _, f := range sys.Properties {
		p.add(f, f.Expr)
	}
	return p
}

func (p *properties) add(f *ir.Formula, x ir.Expr) {
	switch y := x.(type) {
	case *ir.Call:
		if len(y.Args) == 0 && y.Def.Body != nil && y.Def.Level == ir.TemporalLevel {
			p.add(f, y.Def.Body)
			return
		}
		if y.Def.Level <= ir.StateLevel {
			p.initial = append(p.initial, named(f, x))
			return
		}
	case *ir.Label:
		p.add(f, y.Body)
		return
	case *ir.App:
		switch y.Op {
		case ir.And:
			for _, a := range y.Args {
				p.add(f, a)
			}
			return
		case ir.Always:
			p.always(f, y.Args[0])
			return
		}
	}
	switch {
	case isTemporal(x):
		p.left = append(p.left, f)
	case level(x) <= ir.StateLevel:
		p.initial = append(p.initial, named(f, x))
	default:
		p.left = append(p.left, f)
	}
}

// always adds []x.
func (p *properties) always(f *ir.Formula, x ir.Expr) {
	switch {
	case isTemporal(x):
		p.left = append(p.left, f)
	case level(x) <= ir.StateLevel:
		p.invariants = append(p.invariants, named(f, x))
	default:
		p.actions = append(p.actions, named(f, x))
	}
}

func named(f *ir.Formula, x ir.Expr) *ir.Formula {
	return &ir.Formula{Name: f.Name, Expr: x, Span: f.Span}
}

// isTemporal tells whether x, or a definition that it calls, speaks of whole
// behaviours.
func isTemporal(x ir.Expr) bool { return level(x) == ir.TemporalLevel }

// level is the level of x.
func level(x ir.Expr) ir.Level {
	l := ir.ConstantLevel
	ir.Reach(x, map[*ir.Def]bool{}, func(y ir.Expr) bool {
		l = max(l, ownLevel(y))
		return true
	})
	return l
}

func ownLevel(x ir.Expr) ir.Level {
	switch x := x.(type) {
	case *ir.VarRef:
		return ir.StateLevel
	case *ir.ActionBox:
		return ir.ActionLevel
	case *ir.Fair, *ir.TemporalQuant:
		return ir.TemporalLevel
	case *ir.App:
		switch x.Op {
		case ir.Prime, ir.Unchanged, ir.Cdot:
			return ir.ActionLevel
		case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees:
			return ir.TemporalLevel
		case ir.Enabled:
			return ir.StateLevel
		}
	}
	return ir.ConstantLevel
}

// CodeTemporalLeft warns of a property that was not checked.
const CodeTemporalLeft diag.Code = "W501"

// warnings says which properties are left.
func (p *properties) warnings() (out []*diag.Diagnostic) {
	seen := map[string]bool{}
	for _, f := range p.left {
		if !seen[f.Name] {
			seen[f.Name] = true
			out = append(out, &diag.Diagnostic{
				Code: CodeTemporalLeft, Class: diag.Unsupported, Span: f.Span,
				Message: fmt.Sprintf("Bounded search does not check the temporal property %s", f.Name),
				Hint:    "check it with --explicit",
			})
		}
	}
	return out
}
