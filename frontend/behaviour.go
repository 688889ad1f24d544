package frontend

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
)

// behaviour finds the specification, or Init and Next, and puts them into sys.
// A module without variables needs none: its assumptions are checked alone.
func (l *loading) behaviour(sys *ir.System) {
	spec, init, next := l.named()
	switch {
	case spec != nil && (init != nil || next != nil):
		other := init
		if other == nil {
			other = next
		}
		l.report(codeConflict, other.Span, "give the specification, or Init and Next, not both",
			"%s is given beside the specification %s", other.Text, spec.Text)
	case spec != nil:
		sys.Behaviour = []string{spec.Text}
		if f := l.formula(*spec, "a specification", ir.TemporalLevel); f != nil {
			l.decompose(sys, f, *spec)
		}
	case init != nil && next != nil:
		sys.Behaviour = []string{init.Text, next.Text}
		sys.Init = l.optional(init, "the initial predicate", ir.StateLevel)
		sys.Next = l.optional(next, "the next-state action", ir.ActionLevel)
		sys.Sub = allVariables(sys)
	case init != nil:
		l.report(diag.CodeNoBehaviour, init.Span, "add NEXT, or --next", "INIT is given without NEXT")
	case next != nil:
		l.report(diag.CodeNoBehaviour, next.Span, "add INIT, or --init", "NEXT is given without INIT")
	case len(sys.Variables) > 0:
		l.report(diag.CodeNoBehaviour, sys.Variables[0].Span,
			"add SPECIFICATION to the config, or --spec; or INIT and NEXT, or --init and --next",
			"module %s has variables, but neither Spec nor Init and Next, and the config names no other", sys.Name)
	}
}

// named are the specification, or Init and Next, by what the flags say, else
// the config, else by their usual names. A flag for one of Init and Next
// leaves the other as it is.
func (l *loading) named() (spec, init, next *config.Name) {
	spec, init, next = l.Config.Spec, l.Config.Init, l.Config.Next
	if l.SpecName != "" {
		spec, init, next = l.nameFlag("--spec", l.SpecName), nil, nil
	}
	if l.Init != "" || l.Next != "" {
		if l.SpecName == "" {
			spec = nil
		}
		init = first(l.nameFlag("--init", l.Init), init, l.usual("Init"))
		next = first(l.nameFlag("--next", l.Next), next, l.usual("Next"))
	}
	if spec == nil && init == nil && next == nil {
		spec = l.usual("Spec")
	}
	if spec == nil && init == nil && next == nil {
		if i, n := l.usual("Init"), l.usual("Next"); i != nil && n != nil {
			return nil, i, n
		}
	}
	return spec, init, next
}

func first(names ...*config.Name) *config.Name {
	for _, n := range names {
		if n != nil {
			return n
		}
	}
	return nil
}

func (l *loading) nameFlag(flag, text string) *config.Name {
	if text == "" {
		return nil
	}
	n := l.flag(flag, text)
	return &n
}

// usual is the definition of that name, if the module has one.
func (l *loading) usual(name string) *config.Name {
	d := l.mod.Defs[name]
	if d == nil || len(d.Params) > 0 {
		return nil
	}
	return &config.Name{Text: name, Span: d.Span}
}

func allVariables(sys *ir.System) ir.Expr {
	t := &ir.App{Op: ir.Tuple}
	for _, v := range sys.Variables {
		t.Args = append(t.Args, &ir.VarRef{Span: v.Span, Var: v})
	}
	return t
}
