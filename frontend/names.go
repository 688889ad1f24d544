package frontend

import (
	"maps"
	"regexp"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/frontend/types"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
)

// A plain name, or one that goes through instances: I!Inv.
var definitionName = regexp.MustCompile(`^[0-9]*[A-Za-z_][A-Za-z0-9_]*(![0-9]*[A-Za-z_][A-Za-z0-9_]*)*$`)

var levelNames = [...]string{"a constant", "a state", "an action", "a temporal"}

// formulas looks up names that the config or a flag gives as what; most is the
// highest level that fits. Those that do not fit are reported and left out.
func (l *loading) formulas(names []config.Name, what string, most ir.Level) []*ir.Formula {
	var out []*ir.Formula
	for _, n := range names {
		if f := l.formula(n, what, most); f != nil && !slices.ContainsFunc(out, func(o *ir.Formula) bool { return o.Name == f.Name }) {
			out = append(out, f)
		}
	}
	return out
}

func (l *loading) optional(n *config.Name, what string, most ir.Level) ir.Expr {
	if n == nil {
		return nil
	}
	if f := l.formula(*n, what, most); f != nil {
		return f.Expr
	}
	return nil
}

const hintEveryStep = "to say that every step satisfies it, write [][A]_vars"

// holdFormulas reports those of fs, which nobody may ever evaluate, that are no
// formulas by their type.
func (l *loading) holdFormulas(sys *ir.System, fs []*ir.Formula, what string) {
	for _, f := range fs {
		if typ, not := types.NotFormula(sys, f.Expr); not {
			l.report(codeNoFormula, f.Span, "give a formula about a state, such as x > 0", "%s %s is no formula: its type is %s", what, f.Name, typ)
		}
	}
}

// formula is the definition or expression n, or nil when it does not fit.
func (l *loading) formula(n config.Name, what string, most ir.Level) *ir.Formula {
	f := l.lookup(n, what)
	if f == nil {
		return nil
	}
	if got := temporal.Level(f.Expr); got > most {
		hint := ""
		switch {
		case what == "a constraint" && got == ir.ActionLevel:
			hint = "a formula about steps goes under ACTION_CONSTRAINT"
		case got == ir.ActionLevel:
			hint = hintEveryStep + ", under PROPERTY"
		case got == ir.TemporalLevel:
			hint = "a formula about whole behaviours goes under PROPERTY"
		}
		l.report(codeLevel, n.Span, hint, "%s is %s formula; %s is at most %s formula",
			n.Text, levelNames[got], what, levelNames[most])
		return nil
	}
	if what == "VIEW" && temporal.Level(f.Expr) == ir.ConstantLevel {
		l.report(codeLevel, n.Span, "states with the same value of VIEW count as one",
			"%s is a constant formula; VIEW speaks of variables, or all states would be one", n.Text)
		return nil
	}
	if what == "a property" && temporal.Level(f.Expr) == ir.ActionLevel {
		l.report(codeLevel, n.Span, hintEveryStep,
			"%s is an action: it speaks of one step, and a property of whole behaviours", n.Text)
		return nil
	}
	return f
}

// lookup finds what n names, or resolves n as an expression.
func (l *loading) lookup(n config.Name, what string) *ir.Formula {
	if !definitionName.MatchString(n.Text) || l.declared(n.Text) || n.Text == "TRUE" || n.Text == "FALSE" {
		return l.expression(n)
	}
	d := l.mod.Def(n.Text)
	if d == nil {
		l.report(diag.CodeUnknown, n.Span, l.suggest(n.Text), "%s, given as %s, is not defined in module %s", n.Text, what, l.mod.Name)
		return nil
	}
	if len(d.Params) > 0 {
		l.diags.Add(&diag.Diagnostic{Code: codeArguments, Class: diag.Config, Span: n.Span,
			Message: n.Text + " takes arguments, so it cannot be " + what,
			Hint:    "define " + what + " that applies it, and name that one",
			Related: []diag.Related{{Span: d.Span, Message: "defined here"}}})
		return nil
	}
	return &ir.Formula{Name: n.Text, Expr: &ir.Call{Span: d.Span, Def: d}, Span: d.Span}
}

// declared tells whether name is a constant or variable of the spec.
func (l *loading) declared(name string) bool {
	return slices.ContainsFunc(l.mod.Constants, func(c *ir.Constant) bool { return c.Name == name }) ||
		slices.ContainsFunc(l.mod.Variables, func(v *ir.Variable) bool { return v.Name == name })
}

// textOf is the text that is n alone: the flag that n was given as, else a new one.
func (l *loading) textOf(n config.Name) *source.File {
	if p, ok := l.Files.Position(n.Span.Start); ok && p.File.Text == n.Text {
		return p.File
	}
	return l.Files.Add("<expression>", n.Text)
}

func (l *loading) expression(n config.Name) *ir.Formula {
	e := l.mod.Expr(l.textOf(n), l.diags)
	if e == nil {
		return nil
	}
	return &ir.Formula{Name: n.Text, Expr: e, Span: e.Pos()}
}

// suggest is a hint with the definition that was likely meant.
func (l *loading) suggest(name string) string {
	if near := diag.Nearest(name, slices.Values(slices.Sorted(maps.Keys(l.mod.Defs)))); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// permutations is the symmetry set of a JSON job: all permutations of each of
// the constants.
func (l *loading) permutations(sys *ir.System, names []config.Name) ir.Expr {
	var all ir.Expr
	for _, n := range names {
		i := slices.IndexFunc(sys.Constants, func(c *ir.Constant) bool { return c.Name == n.Text && c.Arity == 0 })
		if i < 0 {
			l.report(diag.CodeUnknown, n.Span, "", "%s, given under symmetry, is no constant of module %s", n.Text, l.mod.Name)
			continue
		}
		all = union(n.Span, all, &ir.App{Span: n.Span, Op: ir.Perms,
			Args: []ir.Expr{&ir.ConstRef{Span: n.Span, Const: sys.Constants[i]}}})
	}
	return all
}

func union(at source.Span, x, y ir.Expr) ir.Expr {
	if x == nil {
		return y
	}
	return &ir.App{Span: at, Op: ir.Cup, Args: []ir.Expr{x, y}}
}
