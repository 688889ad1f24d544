package specgen

import (
	"fmt"
	"strings"
)

// String is the module with the algorithm.
func (a *Algorithm) String() string {
	p := &algorithmPrinter{c: a.c}
	p.line("---- MODULE T ----")
	p.line("EXTENDS Integers, Sequences")
	fair := ""
	if a.fair {
		fair = "fair "
	}
	p.line("(* --%salgorithm T", fair)
	p.open("")
	p.declare(a.globals)
	p.macros()
	for _, q := range a.procedures {
		p.line("procedure %s(%s = 0)", q.name, q.param)
		p.declare([]variableOf{q.local})
		p.block("procedure;", q.body)
	}
	for _, q := range a.processes {
		p.process(q)
	}
	if len(a.processes) == 0 {
		if !p.c {
			p.line("begin")
			p.all(a.body)
		} else {
			p.line("{")
			p.all(a.body)
			p.line("}")
		}
	}
	p.close("algorithm;")
	p.line("*)")
	p.line("====")
	return p.String()
}

// An algorithmPrinter prints in one of the two syntaxes.
type algorithmPrinter struct {
	strings.Builder
	c bool
}

func (p *algorithmPrinter) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// open and close are the brackets of a block; P-syntax says only how it ends.
func (p *algorithmPrinter) open(before string) {
	if p.c {
		p.line("{")
	} else if before != "" {
		p.line("%s", before)
	}
}

func (p *algorithmPrinter) close(what string) {
	if p.c {
		p.line("}")
	} else {
		p.line("end %s", what)
	}
}

func (p *algorithmPrinter) block(what string, body []*stmt) {
	p.open("begin")
	p.all(body)
	p.close(what)
}

func (p *algorithmPrinter) declare(vars []variableOf) {
	p.line("variables")
	for _, v := range vars {
		switch {
		case v.array:
			p.line("  %s = <<%d, %d>>;", v.name, v.values[0], v.values[1])
		case len(v.values) == 1:
			p.line("  %s = %d;", v.name, v.values[0])
		default:
			p.line("  %s \\in {%d, %d};", v.name, v.values[0], v.values[1])
		}
	}
}

func (p *algorithmPrinter) macros() {
	for _, m := range []struct{ name, p, c string }{
		{"Move", "mv := (mv + me) % 3;", "mv := (mv + me) % 3;"},
		{"Wait", "await me # mv; mv := me;", "await me # mv; mv := me;"},
		{"Clear", "if me = mv then mv := 0; end if;", "if (me = mv) { mv := 0; };"},
	} {
		p.line("macro %s(mv, me)", m.name)
		p.open("begin")
		if p.c {
			p.line("%s", m.c)
		} else {
			p.line("%s", m.p)
		}
		p.close("macro;")
	}
}

func (p *algorithmPrinter) process(q *process) {
	is, id := "=", fmt.Sprint(q.ids[0])
	if q.set {
		is, id = `\in`, fmt.Sprintf("%d..%d", q.ids[0], q.ids[len(q.ids)-1])
	}
	head := fmt.Sprintf("process %s %s %s", q.name, is, id)
	if p.c {
		head = fmt.Sprintf("process (%s %s %s)", q.name, is, id)
	}
	p.line("%s", strings.TrimSpace(q.fair+" "+head))
	p.declare(q.locals)
	p.block("process;", q.body)
}

func (p *algorithmPrinter) all(body []*stmt) {
	for _, s := range body {
		p.stmt(s)
	}
}

func (p *algorithmPrinter) stmt(s *stmt) {
	if s.label != "" {
		fmt.Fprintf(p, "%s:%s ", s.label, s.sign)
	}
	if s.macro != "" {
		p.line("%s;", s.macro)
		return
	}
	switch s.kind {
	case assignStmt:
		parts := make([]string, len(s.targets))
		for i, t := range s.targets {
			parts[i] = fmt.Sprintf("%s := %s", t, s.exprs[i])
		}
		p.line("%s;", strings.Join(parts, " || "))
	case ifStmt:
		p.nested(s, []string{p.head("if", s.cond.String(), "then"), "else"}, "if;")
	case eitherStmt:
		heads := []string{"either"}
		for range len(s.bodies) - 1 {
			heads = append(heads, "or")
		}
		p.nested(s, heads, "either;")
	case whileStmt:
		p.nested(s, []string{p.head("while", s.cond.String(), "do")}, "while;")
	case withStmt:
		of := fmt.Sprintf("%s = %s", s.name, s.exprs[0])
		if len(s.exprs) > 1 {
			of = fmt.Sprintf(`%s \in {%s, %s}`, s.name, s.exprs[0], s.exprs[1])
		}
		p.nested(s, []string{p.head("with", of, "do")}, "with;")
	case awaitStmt:
		p.line("await %s;", s.cond)
	case skipStmt:
		p.line("skip;")
	case gotoStmt:
		p.line("goto %s;", s.name)
	case callStmt:
		p.line("call %s(%s);", s.name, s.exprs[0])
	case returnStmt:
		p.line("return;")
	}
}

func (p *algorithmPrinter) head(word, of, then string) string {
	if p.c {
		return fmt.Sprintf("%s (%s)", word, of)
	}
	return fmt.Sprintf("%s %s %s", word, of, then)
}

// nested prints the parts of a statement under their heads.
func (p *algorithmPrinter) nested(s *stmt, heads []string, what string) {
	for i, body := range s.bodies {
		if p.c {
			p.line("%s {", heads[i])
			p.all(body)
			p.line("}")
			continue
		}
		p.line("%s", heads[i])
		p.all(body)
	}
	if p.c {
		p.line(";")
	} else {
		p.line("end %s", what)
	}
}
