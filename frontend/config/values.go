package config

import (
	"math/big"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// constants puts the bindings of a CONSTANT statement into the config. A
// constant that is bound twice is an error: TLC silently takes one of them.
func (p *parser) constants(c *constants) {
	for _, b := range c.Bindings {
		p.binding(b)
	}
}

func (p *parser) binding(b *binding) {
	constant := Name{Text: b.Target.Text, Span: p.trim(b.Target.Pos, b.Target.EndPos)}
	switch {
	case b.Args != nil:
		p.report(codeUnsupported, p.span(b.Args.Pos, b.Args.EndPos),
			"define an operator in the module and write "+constant.Text+" <- ThatOperator",
			"a table of values for the operator %s is not supported", constant.Text)
	case b.Replace != nil:
		r := &Replacement{Const: constant, Def: Name{Text: b.Replace.Def.Text,
			Span: p.trim(b.Replace.Def.Pos, b.Replace.Def.EndPos)}}
		if b.Replace.Module != nil {
			r.Module = p.name(b.Replace.Module)
		}
		if p.fresh(r.Const, r.Module) {
			p.cfg.Replace = append(p.cfg.Replace, r)
		}
	default:
		a := &Assignment{Const: constant, Value: p.literal(b.Assign.Value),
			Span: p.trim(b.Assign.Value.Pos, b.Assign.Value.EndPos)}
		if b.Assign.Module != nil {
			a.Module = p.name(b.Assign.Module)
		}
		if p.fresh(a.Const, a.Module) {
			p.cfg.Assign = append(p.cfg.Assign, a)
		}
	}
}

// fresh reports a constant that the config binds a second time.
func (p *parser) fresh(c, module Name) bool {
	first, ok := p.cfg.bound(c.Text, module.Text)
	if ok {
		p.diags.Add(&diag.Diagnostic{Code: codeTwice, Class: diag.Config, Span: c.Span,
			Message: c.Text + " is given a value twice", Hint: "keep one of them",
			Related: []diag.Related{{Span: first, Message: "first given here"}}})
	}
	return !ok
}

func (c *Config) bound(name, module string) (source.Span, bool) {
	for _, a := range c.Assign {
		if a.Const.Text == name && a.Module.Text == module {
			return a.Const.Span, true
		}
	}
	for _, r := range c.Replace {
		if r.Const.Text == name && r.Module.Text == module {
			return r.Const.Span, true
		}
	}
	return source.Span{}, false
}

// literal is the value that l writes.
func (p *parser) literal(l *literal) value.Value {
	switch {
	case l.Number != "":
		n, _ := new(big.Int).SetString(l.Number, 10)
		return value.FromBig(n)
	case l.Text != "":
		return value.NewStr(unquote(l.Text))
	case l.Truth != "":
		return value.Bool(l.Truth == "TRUE")
	case l.Set != nil:
		return value.NewSet(p.literals(l.Set.Elems))
	case l.Tuple != nil:
		return value.NewTuple(p.literals(l.Tuple.Elems))
	case l.Record != nil:
		return p.record(l.Record)
	}
	return value.NewModel(l.Model)
}

func (p *parser) literals(list []*literal) []value.Value {
	out := make([]value.Value, len(list))
	for i, l := range list {
		out[i] = p.literal(l)
	}
	return out
}

func (p *parser) record(r *recLit) value.Value {
	fields := map[string]value.Value{}
	for _, f := range r.Fields {
		if fields[f.Name] != nil {
			p.report(codeTwice, p.span(f.Pos, f.EndPos), "", "the field %s is given twice", f.Name)
		}
		fields[f.Name] = p.literal(f.Value)
	}
	return newRecord(fields)
}

// unquote takes the quotes off a string token and resolves its escapes, which
// are those of TLA+.
func unquote(token string) string {
	return escapes.Replace(token[1 : len(token)-1])
}

var escapes = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\t`, "\t", `\n`, "\n", `\f`, "\f", `\r`, "\r")
