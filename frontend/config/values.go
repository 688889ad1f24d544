package config

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// constants puts the bindings of a CONSTANT statement into the config. Where a
// constant is bound twice the last binding counts, as in TLC, with a warning.
func (p *parser) constants(c *constants) {
	for _, b := range c.Bindings {
		p.binding(b)
	}
}

func (p *parser) binding(b *binding) {
	constant := Name{Text: b.Target.Text, Span: p.trim(b.Target.Pos, b.Target.EndPos)}
	switch {
	case b.Args != nil:
		p.row(constant, b)
	case b.Replace != nil:
		r := &Replacement{Const: constant, Def: Name{Text: b.Replace.Def.Text,
			Span: p.trim(b.Replace.Def.Pos, b.Replace.Def.EndPos)}}
		if b.Replace.Module != nil {
			r.Module = p.name(b.Replace.Module)
		}
		p.again(r.Const, r.Module, nil)
		p.cfg.Replace = append(p.cfg.Replace, r)
	default:
		a := &Assignment{Const: constant, Value: p.literal(b.Assign.Value),
			Span: p.trim(b.Assign.Value.Pos, b.Assign.Value.EndPos)}
		if b.Assign.Module != nil {
			a.Module = p.name(b.Assign.Module)
		}
		p.again(a.Const, a.Module, nil)
		p.cfg.Assign = append(p.cfg.Assign, a)
	}
}

// row adds F(args) = v to the table of F.
func (p *parser) row(f Name, b *binding) {
	args := p.literals(b.Args.Values)
	if b.Assign == nil || b.Assign.Module != nil {
		p.report(codeSyntax, p.span(b.Args.Pos, b.Args.EndPos), "write "+f.Text+"(...) = value, or "+f.Text+" <- Definition",
			"the row of a table is a value")
		return
	}
	row := &Assignment{Const: f, Args: args, Value: p.literal(b.Assign.Value),
		Span: p.trim(b.Assign.Value.Pos, b.Assign.Value.EndPos)}
	for _, a := range p.cfg.Assign {
		if a.Const.Text == f.Text && len(a.Args) > 0 && len(a.Args) != len(args) {
			p.diags.Add(&diag.Diagnostic{Code: diag.CodeValue, Class: diag.Config, Span: f.Span,
				Message: f.Text + " is given rows with different numbers of arguments",
				Related: []diag.Related{{Span: a.Const.Span, Message: "another row"}}})
			return
		}
	}
	p.again(f, Name{}, args)
	p.cfg.Assign = append(p.cfg.Assign, row)
}

// again warns of a constant, or a row of its table, that the config binds a
// second time, and drops what it was bound to.
func (p *parser) again(c, module Name, args []value.Value) {
	first, ok := p.cfg.bound(c.Text, module.Text, args)
	if !ok {
		return
	}
	p.diags.Add(&diag.Diagnostic{Code: codeAgain, Class: diag.Config, Span: c.Span,
		Message: c.Text + " is given a value twice; this one counts", Hint: "keep one of them",
		Related: []diag.Related{{Span: first, Message: "first given here"}}})
	p.cfg.Assign = slices.DeleteFunc(p.cfg.Assign, func(a *Assignment) bool { return a.Const.Span == first })
	p.cfg.Replace = slices.DeleteFunc(p.cfg.Replace, func(r *Replacement) bool { return r.Const.Span == first })
	p.again(c, module, args) // where it replaces a table, every row of it
}

// bound finds what gives name its meaning; only one row of a table does so for
// args, but a table and anything else exclude each other.
func (c *Config) bound(name, module string, args []value.Value) (source.Span, bool) {
	for _, a := range c.Assign {
		if a.Const.Text != name || a.Module.Text != module {
			continue
		}
		same := func(x, y value.Value) bool { return value.Compare(x, y) == 0 }
		if len(a.Args) == 0 || len(args) == 0 || slices.EqualFunc(a.Args, args, same) {
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
	names := slices.Sorted(maps.Keys(fields))
	vals := make([]value.Value, len(names))
	for i, name := range names {
		vals[i] = fields[name]
	}
	return value.NewRecord(names, vals)
}

// unquote takes the quotes off a string token and resolves its escapes, which
// are those of TLA+.
func unquote(token string) string {
	return escapes.Replace(token[1 : len(token)-1])
}

var escapes = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\t`, "\t", `\n`, "\n", `\f`, "\f", `\r`, "\r")

// Unbind takes back what is said about the constant name wherever it stands; what
// is said of one module alone stays.
func (c *Config) Unbind(name string) {
	c.Assign = slices.DeleteFunc(c.Assign, func(a *Assignment) bool { return a.Const.Text == name && a.Module.Text == "" })
	c.Replace = slices.DeleteFunc(c.Replace, func(r *Replacement) bool { return r.Const.Text == name && r.Module.Text == "" })
}
