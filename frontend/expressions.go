package frontend

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// Expressions is a module by whose definitions expressions are evaluated.
type Expressions struct {
	// System has the constants and definitions of the module. After
	// LoadExpressions it has nothing to check, and a constant may be without value.
	System *ir.System

	loading *loading
}

// LoadExpressions loads the module o.Spec with the constants that o.Constants
// assigns. Warnings and errors are as those of Load.
func LoadExpressions(o Options) (*Expressions, []*diag.Diagnostic, error) {
	o.Config = nil
	l := newLoading(o)
	if over := l.overrides(); l.diags.Err() == nil {
		l.mod = l.loader(over).Load(o.Spec, l.diags)
	}
	if err := l.diags.Err(); err != nil {
		return nil, l.diags.Warnings(), err
	}
	sys := &ir.System{Name: l.mod.Name, Files: l.Files, Defs: l.mod.Defs,
		Constants: l.mod.Constants, Variables: l.mod.Variables}
	return &Expressions{sys, l}, l.diags.Warnings(), nil
}

// LoadSpec is Load for those who evaluate expressions over the system, too.
func LoadSpec(o Options) (*Expressions, []*diag.Diagnostic, error) {
	l := newLoading(o)
	sys := l.system()
	return &Expressions{sys, l}, l.diags.Warnings(), l.diags.Err()
}

// Root is the module as it is written, with the translation of its algorithm.
func (e *Expressions) Root() *syntax.Module { return e.loading.mod.Tree }

// Parse resolves an expression of at most the given level. The result is nil when
// text is none, which is reported.
func (e *Expressions) Parse(text string, most ir.Level, diags *diag.List) ir.Expr {
	x := e.loading.mod.Expr(e.loading.Files.Add("<expression>", text), diags)
	if x == nil {
		return nil
	}
	if e.loading.chosen != nil {
		x = e.loading.chosen.Expr(x)
	}
	if got := temporal.Level(x); got > most {
		diags.Add(&diag.Diagnostic{Code: codeLevel, Class: diag.Syntax, Span: x.Pos(),
			Message: "this is " + levelNames[got] + " formula: " + withoutValue[most],
			Hint:    "only " + evaluated[most] + " can be evaluated"})
		return nil
	}
	return x
}

// What an expression of a level may lack for a value, and what has one, by the
// highest level that does.
var (
	withoutValue = [...]string{"without a state it has no value", "without a next state it has no value", "in a state and the next one it has no value"}
	evaluated    = [...]string{"constant expressions", "expressions about one state", "expressions about a state and the next one"}
)
