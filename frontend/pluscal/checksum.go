package pluscal

import (
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
)

// The official translator writes two checksums into the first line of a
// translation, by which TLC warns when either part was changed afterwards. Both
// are CRC-32, in hexadecimal digits: of the lines of the translation without their
// ends, and of the algorithm as a TLA+ value that describes its syntax tree, which
// the option -writeAST shows.

// sumLines is the checksum of a translation, a text of lines.
func sumLines(text string) string {
	return sum(strings.NewReplacer("\r", "", "\n", "").Replace(text))
}

func sum(text string) string { return fmt.Sprintf("%x", crc32.ChecksumIEEE([]byte(text))) }

// Checksum is the official translator's checksum of a. There is none when a is
// wrong, and when its tree would have changed by being translated: the translator
// takes the checksum afterwards, and how it changes the tree has differed between
// versions.
func (a *Algorithm) Checksum() (checksum string, ok bool) {
	var diags diag.List
	prepared := prepare(a, &diags)
	if diags.Err() != nil || prepared.rearranged() || len(a.Body)+len(a.Processes) == 0 {
		return "", false
	}
	if a.Fair {
		return sum("fair"), true // the tree does not say it, and is left out
	}
	d := &describer{table: names(prepared, &diags), Algorithm: prepared}
	text := d.algorithm()
	return sum(text), diags.Err() == nil
}

// rearranged tells whether translating a changes the official translator's tree: it
// sorts assignments to several variables, and adds to the branches of statements
// that may leave a step.
func (a *Algorithm) rearranged() bool {
	found := false
	a.eachBody(func(_ *Procedure, _ *Process, body []*Stmt) {
		walk(body, func(s *Stmt) {
			switch act := s.Act.(type) {
			case *Assign:
				found = found || len(act.Parts) > 1
			case *If, *Either, *With:
				found = found || jumps(s)
			}
		})
	})
	return found
}

// A describer writes an algorithm as the TLA+ value that describes its tree.
type describer struct {
	*table
	*Algorithm
	out strings.Builder
}

func (d *describer) f(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// line begins a line at column in.
func (d *describer) line(in int) { d.f("\n%*s", in, "") }

// field begins a line with the field of a record whose bracket is at column in.
func (d *describer) field(in int, name string) {
	d.line(in)
	d.f(" %s |-> ", name)
}

// seq writes a sequence from column in on, one element a line.
func seq[T any](d *describer, in int, items []T, write func(in int, item T)) {
	d.f("<<")
	for i, item := range items {
		if i > 0 {
			d.f(", ")
			d.line(in + 2)
		}
		write(in+2, item)
	}
	d.f(">>")
}

// algorithm is the whole value.
func (d *describer) algorithm() string {
	kind, space := "uniprocess", " "
	if len(d.Processes) > 0 {
		kind, space = "multiprocess", ""
	}
	d.f("[type    %s|-> \"%s\", \n name  |-> \"%s\", ", space, kind, d.Name.Name)
	named := func(name string) int {
		d.field(0, name)
		return len(name) + len("  |-> ")
	}
	in := named("decls" + space)
	d.decls(in, nil, d.Vars)
	d.f(",")
	named("defs " + space)
	d.defines()
	d.f(",")
	in = named("prcds" + space)
	seq(d, in, d.Procedures, d.procedure)
	d.f(",")
	if len(d.Processes) > 0 {
		in = named("procs")
		seq(d, in, indices(d.Processes), d.process)
	} else {
		in = named("body ")
		d.body(in, d.main, nil, d.Body)
	}
	d.f("]")
	return d.out.String()
}

func indices[T any](of []T) []int {
	out := make([]int, len(of))
	for i := range of {
		out[i] = i
	}
	return out
}

func (d *describer) defines() {
	var all []token
	if n := len(d.Define); n > 0 {
		for _, t := range d.between(d.Define[0].Pos().To(d.Define[n-1].Pos())) {
			all = append(all, t.token)
		}
	}
	d.tokenList(all)
}

// decls are declarations in the scope s, or nil for global ones.
func (d *describer) decls(in int, s *scope, decls []*VarDecl) {
	seq(d, in, decls, func(_ int, v *VarDecl) {
		name := v.Name.Name
		if s != nil {
			name = s.vars[name].use
		}
		op := "="
		if v.In {
			op = `\\in`
		}
		d.f(`[var |-> "%s", eqOrIn |-> "%s", val |-> `, name, op)
		if v.Init == nil {
			d.f(`<< "%s" >>`, defaultInit)
		} else {
			d.expr(s, v.Init)
		}
		d.f("]")
	})
}

func (d *describer) procedure(in int, p *Procedure) {
	s := d.inProcedure[p.Name.Name]
	d.f(`[name   |-> "%s", `, d.called[p.Name.Name].use)
	d.line(in)
	body := p.Body
	if p == d.Procedures[len(d.Procedures)-1] {
		body = slices.Concat(body, d.Body) // as the official translator has it
	}
	d.marked(s, body)
	d.field(in, "params")
	d.decls(in+len(" params |-> "), s, p.Params)
	d.f(",")
	d.field(in, "decls ")
	d.decls(in+len(" params |-> "), s, p.Vars)
	d.f(",")
	d.field(in, "body  ")
	d.body(in+len(" params |-> "), s, p, p.Body)
	d.f("]")
}

func (d *describer) process(in, i int) {
	p, s := d.Processes[i], d.inProcess[i]
	fair := map[Fairness]string{Unfair: "unfair", Weak: "wf", Strong: "sf"}[p.Fairness]
	if option := d.Options.Fairness; p.Fairness == Unfair && (option == "wf" || option == "sf") {
		fair = option
	}
	d.f(`[name   |-> "%s",`, d.named[i].use)
	d.line(in + 1)
	d.f(`fairness |-> "%s", `, fair)
	d.marked(s, p.Body)
	op := `\\in`
	if p.Single {
		op = "="
	}
	d.field(in, "eqOrIn")
	d.f(`"%s",`, op)
	d.field(in, "id    ")
	d.expr(s, p.ID)
	d.f(",")
	d.field(in, "decls ")
	d.decls(in+len(" params |-> "), s, p.Vars)
	d.f(",")
	d.field(in, "body  ")
	d.body(in+len(" params |-> "), s, nil, p.Body)
	d.f("]")
}

// marked lists the labels with marks, and the procedures called.
func (d *describer) marked(s *scope, body []*Stmt) {
	var minus, plus, called []string
	walk(body, func(st *Stmt) {
		if l := st.Label; l != nil && l.Mark == '-' {
			minus = append(minus, d.label(s, l.Name))
		} else if l != nil && l.Mark == '+' {
			plus = append(plus, d.label(s, l.Name))
		}
		if c, ok := st.Act.(*Call); ok && !slices.Contains(called, c.Proc.Name) {
			called = append(called, c.Proc.Name)
		}
	})
	quoted := func(list []string) string {
		for i, name := range list {
			list[i] = `"` + name + `"`
		}
		return strings.Join(list, ", ")
	}
	d.f("minusLabels |-> <<%s>>, plusLabels |-><<%s>>, proceduresCalled |-><<%s>>,", quoted(minus), quoted(plus), quoted(called))
}

// body is a sequence of labelled statements.
func (d *describer) body(in int, s *scope, p *Procedure, body []*Stmt) {
	var steps [][]*Stmt
	for i, st := range body {
		if st.Label != nil {
			steps = append(steps, nil)
		}
		steps[len(steps)-1] = append(steps[len(steps)-1], body[i])
	}
	seq(d, in, steps, func(in int, step []*Stmt) {
		d.f(`[label |-> "%s",`, s.labels[step[0].Label.Name].use)
		d.field(in, "stmts")
		d.stmts(in+len(" stmts |-> "), s, p, step)
		d.f("]")
	})
}

func (d *describer) stmts(in int, s *scope, p *Procedure, stmts []*Stmt) {
	seq(d, in, stmts, func(in int, st *Stmt) { d.stmt(in, s, p, st) })
}

// stmt is one statement; in is the column of its bracket.
func (d *describer) stmt(in int, s *scope, p *Procedure, st *Stmt) {
	begin := func(kind string, wide int) { d.f(`[type%*s |-> "%s",`, wide-4, "", kind) }
	sub := func(name string, body []*Stmt) {
		d.field(in, name)
		d.stmts(in+len(name)+len("  |-> "), s, p, body)
	}
	expr := func(name string, e syntax.Expr) {
		d.field(in, name)
		d.expr(s, e)
	}
	switch a := st.Act.(type) {
	case *Skip:
		d.f(`[type |-> "skip"]`)
	case *Return:
		d.f(`[type |-> "return", from |-> "%s"]`, d.procedureName(p))
	case *Goto:
		d.f(`[type |-> "goto",  to |-> "%s"]`, d.label(s, a.Label.Name))
	case *When:
		begin("when", 4)
		d.f(" ")
		expr("exp", a.Cond)
		d.f("]")
	case *Print:
		begin("print", 4)
		d.f(" ")
		expr("exp", a.Value)
		d.f("]")
	case *Assert:
		begin("assert", 4)
		d.f(" ")
		expr("exp", a.Cond)
		d.f("]")
	case *Assign:
		begin("assignment", 4)
		d.field(in, "ass ")
		seq(d, in+len(" ass  |-> "), a.Parts, func(in int, part *Assignment) { d.assignment(in, s, part) })
		d.f("]")
	case *If:
		begin("if", 7)
		d.f(" ")
		expr("test   ", a.Cond)
		d.f(",")
		sub("then", a.Then)
		d.f(",")
		sub("else", a.Else)
		d.f("]")
	case *While:
		first := slices.IndexFunc(a.Body, func(st *Stmt) bool { return st.Label != nil })
		if first < 0 {
			first = len(a.Body)
		}
		begin("while", 7)
		d.f(" ")
		expr("test   ", a.Cond)
		d.f(",")
		d.field(in, "labDo  ")
		d.body(in+len(" labDo   |-> "), s, p, a.Body[first:])
		d.f(",")
		sub("unlabDo", a.Body[:first])
		d.f("]")
	case *Either:
		begin("either", 4)
		d.f(" ")
		d.field(in, "ors ")
		d.f("<< ")
		inner := in + len(" ors  |-> << ")
		for i, b := range a.Branches {
			if i > 0 {
				d.f(", ")
				d.line(inner)
			}
			d.stmts(inner, s, p, b)
		}
		d.f(" >>]")
	case *With:
		op := "="
		if a.In {
			op = `\\in`
		}
		begin("with", 6)
		d.f(" ")
		d.field(in, "var   ")
		d.f(`"%s",`, a.Name.Name)
		d.field(in, "eqOrIn")
		d.f(`"%s",`, op)
		expr("exp   ", a.Value)
		d.f(",")
		sub("do    ", a.Body)
		d.f("]")
	case *Call:
		d.call(in, s, p, a)
	}
}

// label is the name in the translation of a label of s, or of the main body.
func (d *describer) label(s *scope, name string) string {
	for _, s := range []*scope{s, d.main} {
		if l := s.labels[name]; l != nil {
			return l.use
		}
	}
	return name
}

func (d *describer) procedureName(p *Procedure) string {
	if p == nil {
		return ""
	}
	return d.called[p.Name.Name].use
}

func (d *describer) call(in int, s *scope, p *Procedure, a *Call) {
	kind, what, to := "call", "returnTo", ""
	switch then := a.Then.(type) {
	case *Return:
		kind, what, to = "callReturn", "from    ", d.procedureName(p)
	case *Goto:
		kind, what, to = "callGoto", "after   ", d.label(s, then.Label.Name)
	}
	d.f(`[type     |-> "%s",`, kind)
	d.field(in, what)
	d.f(`"%s",`, to)
	d.field(in, "to      ")
	d.f(`"%s",`, d.called[a.Proc.Name].use)
	shift := 0
	if a.Then == nil {
		shift = 1
	}
	d.line(in + shift)
	d.f("args     |-> ")
	seq(d, in+shift+len("args     |-> "), a.Args, func(_ int, e syntax.Expr) { d.expr(s, e) })
	d.f("]")
	if a.Then != nil {
		d.line(in + len("args     |-> "))
	}
}

func (d *describer) assignment(in int, s *scope, part *Assignment) {
	name := part.Var.Name
	if v := d.find(s, name); v != nil {
		name = v.use
	}
	var sub []token
	for _, step := range part.Path {
		switch step := step.(type) {
		case *syntax.Index:
			sub = append(sub, token{text: "["})
			for i, e := range step.Args {
				if i > 0 {
					sub = append(sub, token{text: ","})
				}
				sub = append(sub, d.tokens(d.renamed(s, e))...)
			}
			sub = append(sub, token{text: "]"})
		case *syntax.Field:
			sub = append(sub, token{text: "."}, token{text: step.Name.Name})
		}
	}
	d.f(`[lhs |-> [var |-> "%s", sub |-> `, name)
	d.tokenList(sub)
	d.f("],")
	d.field(in, "rhs")
	d.expr(s, part.Value)
	d.f("]")
}

// expr is an expression: its tokens, in lines as the user wrote them.
func (d *describer) expr(s *scope, e syntax.Expr) { d.tokenList(d.tokens(d.renamed(s, e))) }

// renamed is e with the variables by their names in the translation.
func (d *describer) renamed(s *scope, e syntax.Expr) syntax.Expr {
	if s == nil {
		return e
	}
	r := &rewriter{marks: d.marks, makes: true, replace: func(n *syntax.Name) syntax.Expr {
		if v := d.find(s, n.Name); v != nil && v.use != n.Name {
			return at(n.Span).name(v.use)
		}
		return nil
	}}
	return r.expr(e)
}

var stringToken = regexp.MustCompile(`^"(.*)"$`)

func (d *describer) tokenList(ts []token) {
	if len(ts) == 0 {
		d.f("<<  >>")
		return
	}
	d.f("<< ")
	for i, t := range ts {
		if i > 0 {
			d.f("%s, ", strings.Repeat("\n", t.down))
		}
		if m := stringToken.FindStringSubmatch(t.text); m != nil {
			d.f(`"\"", "%s", "\""`, m[1])
		} else {
			d.f(`"%s"`, strings.ReplaceAll(t.text, `\`, `\\`))
		}
	}
	d.f(" >>")
}
