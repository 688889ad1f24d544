package frontend

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
)

// Expressions is a module by whose definitions constant expressions are
// evaluated.
type Expressions struct {
	// System has the constants and definitions of the module, and nothing to
	// check. A constant may be without value.
	System *ir.System

	loading *loading
}

// LoadExpressions loads the module o.Spec with the constants that o.Constants
// assigns. Warnings and errors are as those of Load.
func LoadExpressions(o Options) (*Expressions, []*diag.Diagnostic, error) {
	if o.Files == nil {
		o.Files = &source.Set{}
	}
	o.Config = &config.Config{}
	l := &loading{Options: o, diags: &diag.List{}}
	if over := l.overrides(); l.diags.Err() == nil {
		l.mod = l.loader(over).Load(o.Spec, l.diags)
	}
	if err := l.diags.Err(); err != nil {
		return nil, l.diags.Warnings(), err
	}
	sys := &ir.System{Name: l.mod.Name, Files: o.Files, Defs: l.mod.Defs,
		Constants: l.mod.Constants, Variables: l.mod.Variables}
	return &Expressions{sys, l}, l.diags.Warnings(), nil
}

// Parse resolves a constant expression. The result is nil when text is none,
// which is reported.
func (e *Expressions) Parse(text string, diags *diag.List) ir.Expr {
	x := e.loading.mod.Expr(e.loading.Files.Add("<expression>", text), diags)
	if x == nil {
		return nil
	}
	if got := temporal.Level(x); got > ir.ConstantLevel {
		diags.Add(&diag.Diagnostic{Code: codeLevel, Class: diag.Syntax, Span: x.Pos(),
			Message: "this is " + levelNames[got] + " formula: without a state it has no value",
			Hint:    "only constant expressions can be evaluated"})
		return nil
	}
	return x
}
