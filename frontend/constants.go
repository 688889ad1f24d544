package frontend

import (
	"errors"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/frontend/module"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// overrides are what the config and --constant substitute, without the
// constants that stay arbitrary.
func (l *loading) overrides() module.Overrides {
	over := module.Overrides{
		Assign: map[string]value.Value{}, Replace: map[string]string{},
		AssignIn: map[string]map[string]value.Value{}, InModule: map[string]map[string]string{},
		Tables: map[string][]module.Row{}, Where: map[string]source.Span{}, Must: map[string]bool{},
	}
	for _, a := range l.Config.Assign {
		over.Where[a.Const.Text] = a.Const.Span
		over.Must[a.Const.Text] = a.Must
		if len(a.Args) > 0 {
			over.Tables[a.Const.Text] = append(over.Tables[a.Const.Text], module.Row{Args: a.Args, Value: a.Value})
			continue
		}
		if a.Module.Text != "" {
			put(over.AssignIn, a.Module.Text, a.Const.Text, a.Value)
		} else {
			over.Assign[a.Const.Text] = a.Value
		}
	}
	for _, r := range l.Config.Replace {
		over.Where[r.Const.Text], over.Where[r.Def.Text] = r.Const.Span, r.Def.Span
		if r.Module.Text != "" {
			put(over.InModule, r.Module.Text, r.Const.Text, r.Def.Text)
		} else {
			over.Replace[r.Const.Text] = r.Def.Text
		}
	}
	for _, text := range l.Constants {
		l.constantFlag(over, text)
	}
	l.given = map[string]value.Value{}
	for _, n := range l.arbitrary() {
		if v, ok := over.Assign[n.Text]; ok {
			l.given[n.Text] = v
		}
		over.Forget(n.Text)
	}
	return over
}

func put[V any](m map[string]map[string]V, module, name string, v V) {
	if m[module] == nil {
		m[module] = map[string]V{}
	}
	m[module][name] = v
}

// arbitrary are the constants that --any or the config leaves arbitrary.
func (l *loading) arbitrary() []config.Name {
	return append(l.flags("--any", l.Any), l.Config.Any...)
}

// constantFlag reads --constant NAME=EXPR or NAME<-DEFINITION; it comes after
// what the config says, and wins.
func (l *loading) constantFlag(over module.Overrides, text string) {
	flag := l.flag("--constant", text)
	if name, def, ok := strings.Cut(text, "<-"); ok {
		name = strings.TrimSpace(name)
		def = strings.TrimSpace(def)
		over.Forget(name)
		over.Replace[name] = def
		over.Where[name], over.Where[def], over.Must[name] = flag.Span, flag.Span, true
		return
	}
	name, expr, ok := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	if !ok || !definitionName.MatchString(name) {
		l.report(codeBadFlag, flag.Span, "", "--constant takes NAME=EXPR or NAME<-DEFINITION")
		return
	}
	if v := l.constantValue(name, expr); v != nil {
		over.Forget(name)
		over.Assign[name], over.Where[name], over.Must[name] = v, flag.Span, true
	}
}

// standard is the module in which the expression of a --constant is read.
const standard = `---- MODULE Constants ----
EXTENDS Integers, Sequences, FiniteSets, TLC
====`

// constantValue reads expr as a .cfg value, in which a bare identifier is a
// model value, else evaluates it as a constant expression.
func (l *loading) constantValue(name, expr string) value.Value {
	f := l.Files.Add("<--constant "+name+">", expr)
	if v, ok := config.ParseValue(f); ok {
		return v
	}
	mod := l.loader(module.Overrides{}).LoadText("<standard modules>", standard, l.diags)
	if mod == nil {
		return nil
	}
	e := mod.Expr(f, l.diags)
	if e == nil {
		return nil
	}
	sys := &ir.System{Files: l.Files, Defs: mod.Defs}
	v, err := eval.New(sys, eval.Options{Context: l.Context}).Constant(e)
	if err != nil {
		l.evaluationError(name, err)
		return nil
	}
	return v
}

func (l *loading) evaluationError(name string, err error) {
	var d *diag.Error
	if errors.As(err, &d) {
		for _, one := range d.Diagnostics {
			l.diags.Add(one)
		}
		return
	}
	l.report(codeFlagValue, l.flag("--constant", name).Span, "", "%s has no value: %v", name, err)
}

// constants checks that each constant of sys has a meaning. That the names which
// the config binds are names of the spec, the loader has checked.
func (l *loading) constants(sys *ir.System, where map[string]source.Span) {
	for _, n := range l.arbitrary() {
		i := slices.IndexFunc(sys.Constants, func(c *ir.Constant) bool { return c.Name == n.Text })
		if i < 0 {
			l.report(diag.CodeUnknown, n.Span, l.suggestConstant(n.Text), "%s, given as arbitrary, is no constant of module %s", n.Text, sys.Name)
			continue
		}
		sys.Constants[i].Any, sys.Constants[i].Given = true, l.given[n.Text]
	}
	for _, c := range sys.Constants {
		l.meaning(c)
		// An operator constant may have an action put in its place, as in TLC.
		if c.Arity == 0 && c.Def != nil && c.Def.Level > ir.ConstantLevel {
			l.report(codeLevel, where[c.Def.Name], "a constant has one meaning in all states: give it a value, or an operator without variables",
				"%s has variables, and cannot stand for the constant %s", c.Def.Name, c.Name)
		}
	}
}

// replaced are the substitutions for what sys does not declare as a constant.
func replaced(sys *ir.System, over module.Overrides) []string {
	var out []string
	add := func(name, by string) {
		if !slices.ContainsFunc(sys.Constants, func(c *ir.Constant) bool { return c.Name == name }) {
			out = append(out, name+by)
		}
	}
	for name, v := range over.Assign {
		add(name, " = "+v.String())
	}
	for name, def := range over.Replace {
		add(name, " <- "+def)
	}
	for mod, values := range over.AssignIn {
		for name, v := range values {
			add(name, " = ["+mod+"]"+v.String())
		}
	}
	for mod, defs := range over.InModule {
		for name, def := range defs {
			add(name, " <- ["+mod+"]"+def)
		}
	}
	slices.Sort(out)
	return out
}

// plusCalDefault is the constant that PlusCal's translation declares for
// variables without initial value. It is a model value unless said otherwise.
const plusCalDefault = "defaultInitValue"

// meaning reports a constant that has no value and is not arbitrary.
func (l *loading) meaning(c *ir.Constant) {
	switch {
	case c.Any || c.Value != nil || c.Def != nil:
	case c.Name == plusCalDefault:
		c.Value = value.NewModel(plusCalDefault)
	case l.FreeConstants && (c.Arity == 0 || !l.Choose):
		c.Any = true
	case c.Arity > 0:
		l.report(diag.CodeNoConstant, c.Span, "define an operator for it and add `CONSTANT "+c.Name+" <- ThatOperator` to the config",
			"the operator constant %s has no meaning", c.Name)
	default:
		l.report(diag.CodeNoConstant, c.Span, "add `CONSTANT "+c.Name+" = ...` to the config, or --constant "+c.Name+
			"=...; under --induct, --any "+c.Name+" leaves it arbitrary", "the constant %s has no value", c.Name)
	}
}

func (l *loading) suggestConstant(name string) string {
	candidates := func(yield func(string) bool) {
		for _, c := range l.mod.Constants {
			if !yield(c.Name) {
				return
			}
		}
	}
	if near := diag.Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return l.suggest(name)
}
