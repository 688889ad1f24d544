package pluscal

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// The lines of a translation are those of the official translator, so that a file
// changes little when the one program translates after the other: conjuncts below
// each other behind the name of the action, expressions as their user laid them out.

// lineWidth is where lists are broken.
const lineWidth = 78

// Lines are the lines of the translation of a, in the official translator's layout.
// Where they would not mean what units do, which a construct that nobody has thought
// of may cause, they are the plain ones.
func (a *Algorithm) Lines(units []syntax.Unit) []string {
	t := a.translation
	if t == nil {
		return plainLines(units)
	}
	w := &layout{translation: t}
	w.all()
	text := strings.TrimRight(w.out.String(), "\n")
	if !means(text, units) {
		return plainLines(units)
	}
	return append(strings.Split(text, "\n"), "")
}

// means tells whether text is a translation as units are.
func means(text string, units []syntax.Unit) bool {
	files, diags := new(source.Set), diag.List{}
	m := syntax.Parse(files, files.Add("", "---- MODULE M ----\n"+text+"\n====\n"), &diags)
	if diags.Err() != nil {
		return false
	}
	_, same := sameUnits(m.Units, units)
	return same
}

// A layout writes a translation.
type layout struct {
	*translation
	out strings.Builder
	col int
}

func (w *layout) put(parts ...string) {
	for _, s := range parts {
		w.out.WriteString(s)
		w.col += utf8.RuneCountInString(s)
	}
}

// line begins a line at col.
func (w *layout) line(col int) {
	w.out.WriteByte('\n')
	w.col = 0
	w.put(strings.Repeat(" ", col))
}

func (w *layout) end() { w.out.WriteByte('\n'); w.col = 0 }

// block puts lines below each other.
func (w *layout) block(b block) {
	at := w.col
	for i, line := range b {
		if i > 0 {
			w.line(at)
		}
		w.put(line)
	}
}

// text is an expression as its user wrote it.
func (w *layout) text(e syntax.Expr) block { return blockOf(w.nested(e)) }

// list puts items with commas between open and close, and breaks the line before an
// item that would be too long for it.
func (w *layout) list(open string, items []string, close string) {
	w.put(open)
	at := w.col
	for i, item := range items {
		if i < len(items)-1 {
			item += ", "
		}
		if i > 0 && w.col+len(strings.TrimRight(item, " ")) > lineWidth-1 {
			w.line(at)
		}
		w.put(item)
	}
	w.put(close)
}

func (w *layout) all() {
	w.renamed()
	defined := false
	for i, u := range w.units {
		switch u := u.(type) {
		case *syntax.Constants:
			w.put("CONSTANT ", defaultInit)
			w.end()
		case *syntax.Variables:
			w.variables(u)
			w.end()
			w.end()
		case *syntax.OpDef:
			if slices.Contains(w.Define, syntax.Unit(u)) {
				break
			}
			w.definition(u)
			w.end()
			w.end()
			continue
		}
		if !defined && len(w.Define) > 0 && u == w.Define[0] {
			defined = true
			w.defines(w.units[i+len(w.Define):])
		}
	}
}

// kinds are what symbols are called, with whose they are.
var kinds = map[kind]string{kindLabel: "Label", kindProcedure: "Procedure", kindProcess: "Process",
	kindProcessVar: "Process variable", kindProcedureVar: "Procedure variable", kindParam: "Parameter"}

// renamed tells in comments which names are others here.
func (w *layout) renamed() {
	for k := kindLabel; k <= kindParam; k++ {
		for _, s := range w.symbols {
			if s.kind != k || s.use == s.decl.Name {
				continue
			}
			of := ""
			if s.context != "" {
				word := "process "
				if w.called[s.context] != nil {
					word = "procedure "
				}
				of = " of " + word + s.context
			}
			at, _ := w.files.Position(w.declared(s))
			fmt.Fprintf(&w.out, "\\* %s %s%s at line %d col %d changed to %s\n", kinds[k], s.decl.Name, of, at.Line, at.Column, s.use)
		}
	}
}

// declared is where s is declared; a label is where its statement is.
func (w *layout) declared(s *symbol) source.Pos {
	pos := s.decl.Span.Start
	if s.kind != kindLabel {
		return pos
	}
	w.eachBody(func(_ *Procedure, _ *Process, body []*Stmt) {
		walk(body, func(st *Stmt) {
			if st.Label != nil && st.Label.Span == s.decl.Span {
				pos = w.behindLabel(st)
			}
		})
	})
	return pos
}

func (w *layout) variables(u *syntax.Variables) {
	names := make([]string, len(u.Names))
	for i, n := range u.Names {
		names[i] = n.Name
	}
	word := "VARIABLES "
	if len(names) == 1 {
		word = "VARIABLE "
	}
	w.list(word, names, "")
}

// defines is the text of the define block; after are the units behind it.
func (w *layout) defines(after []syntax.Unit) {
	var all []token
	for _, t := range w.between(w.Define[0].Pos().To(w.Define[len(w.Define)-1].Pos())) {
		all = append(all, t.token)
	}
	w.put("(* define statement *)")
	w.line(0)
	w.block(blockOf(all))
	w.end()
	w.end()
	if _, more := after[0].(*syntax.Variables); !more {
		w.end()
	}
}

func (w *layout) definition(u *syntax.OpDef) {
	switch u.Name.Name {
	case "vars":
		tuple := u.Body.(*syntax.Tuple)
		w.list("vars == << ", nameTexts(tuple.Items), "")
		if w.col+len(" >>") >= lineWidth {
			w.line(len("vars == "))
		} else {
			w.put(" ")
		}
		w.put(">>")
		return
	case "ProcSet":
		w.processes()
		return
	case "Init":
		w.initial(u)
		return
	case "Terminating":
		w.put("(* Allow infinite stuttering to prevent deadlock on termination. *)")
		w.line(0)
	case "Next":
		if !w.actionOf[u] {
			w.next(u)
			return
		}
	case "Spec":
		w.specification(u)
		return
	case "Termination":
		w.put("Termination == <>(")
		w.temporal(u.Body.(*syntax.Prefix).X)
		w.put(")")
		return
	}
	w.put(u.Name.Name)
	if len(u.Params) > 0 {
		w.put("(self)")
	}
	w.put(" == ")
	switch {
	case w.actionOf[u]:
		w.conjuncts(u.Body, false)
	case u.Name.Name == "Terminating":
		w.terminating(u.Body.(*syntax.Junction))
	default:
		w.uses(u.Body)
	}
}

// nameTexts are the names that es are.
func nameTexts(es []syntax.Expr) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = syntax.PrintExpr(e)
	}
	return out
}

func (w *layout) processes() {
	w.put("ProcSet == ")
	for i, p := range w.Processes {
		open, close := "(", ")"
		if p.Single {
			open, close = "{", "}"
		}
		if i > 0 {
			w.put(` \cup `)
		}
		w.put(open)
		w.block(w.text(p.ID))
		w.put(close)
	}
}

// initial is Init, with a comment for each process and procedure.
func (w *layout) initial(u *syntax.OpDef) {
	w.put("Init == ")
	at, items := w.col, conjunctsOf(u.Body)
	first := true
	section := func(title string, n int, dom string) {
		if n > 0 && title != "" {
			if !first {
				w.line(at)
			}
			w.put("(* ", title, " *)")
			first = false
		}
		for _, item := range items[:n] {
			if !first {
				w.line(at)
			}
			first = false
			w.put(`/\ `)
			w.start(item, dom)
		}
		items = items[n:]
	}
	section("Global variables", len(w.Vars), "")
	for _, p := range w.Procedures {
		section("Procedure "+w.called[p.Name.Name].use, len(p.Params)+len(p.Vars), "procedure")
	}
	for i, p := range w.Processes {
		section("Process "+w.named[i].use, len(p.Vars), "process")
	}
	section("", len(items), "")
}

func conjunctsOf(e syntax.Expr) []syntax.Expr {
	if j, ok := e.(*syntax.Junction); ok && !j.Or {
		return j.Items
	}
	return []syntax.Expr{e}
}

// start is how one variable begins; kind says whose it is.
func (w *layout) start(e syntax.Expr, kind string) {
	eq, ok := e.(*syntax.Infix)
	if !ok {
		w.action(e, false)
		return
	}
	w.put(syntax.PrintExpr(eq.X), " ", eq.Op.Name, " ")
	switch y := eq.Y.(type) {
	case *syntax.FuncLit:
		if !w.written[y] {
			w.put("[")
			if kind == "procedure" {
				w.put(" ")
			}
			w.put(`self \in `)
			w.domain(y.Bounds[0].Domain)
			w.put(" |-> ")
			w.value(y.Body)
			w.put("]")
			return
		}
	case *syntax.FuncSet:
		if !w.written[y] {
			w.put("[")
			w.domain(y.Dom)
			w.put(" -> ")
			w.value(y.Rng)
			w.put("]")
			return
		}
	}
	if eq.Op.Name == "=" && kind != "process" {
		w.side(eq.Y)
	} else {
		w.value(eq.Y)
	}
}

// domain is ProcSet, or the set of a process.
func (w *layout) domain(e syntax.Expr) {
	if n, ok := e.(*syntax.Name); ok {
		w.put(n.Name)
		return
	}
	w.block(w.text(e))
}

// opens tells which tokens, outside of brackets, make the official translator put the
// right side of an equation into parentheses: most operators that do not bind tighter.
var opens = regexp.MustCompile(`^(?:[^<>"]*[=#].*|[<>][^<>]*|[^<>"]+[<>].*|/\\|\\/|-\||\\(?:[^o\WX]\w*|o[^opsd\W]\w*|X\w+))$`)

// side is the right side of an equation, in parentheses where it needs them.
func (w *layout) side(e syntax.Expr) {
	if !w.written[e] {
		w.value(e)
		return
	}
	depth, wrap := 0, false
	for _, t := range w.tokens(e) {
		switch t.text {
		case "(", "[", "{", "<<":
			depth++
		case ")", "]", "}", ">>":
			depth--
		default:
			wrap = wrap || depth == 0 && opens.MatchString(t.text)
		}
	}
	if wrap {
		w.put("(")
	}
	w.block(w.text(e))
	if wrap {
		w.put(")")
	}
}

// value is an expression inside an action.
func (w *layout) value(e syntax.Expr) {
	if w.written[e] {
		w.block(w.text(e))
		return
	}
	switch e := e.(type) {
	case *syntax.Case:
		at := w.col
		for i, arm := range e.Arms {
			if word := "CASE "; i == 0 {
				w.put(word)
			} else {
				w.line(at + 2)
				w.put("[] ")
			}
			cond := arm.Cond.(*syntax.Infix)
			w.put("self ", cond.Op.Name, " ")
			w.block(w.text(cond.Y))
			w.put(" -> ", syntax.PrintExpr(arm.Value))
		}
	case *syntax.Index:
		w.value(e.Fun)
		w.put("[")
		w.self(e.Args[0])
		w.put("]")
	case *syntax.Field:
		w.value(e.X)
		w.put(".", e.Name.Name)
	case *syntax.Apply:
		w.value(e.Op)
		w.put("(")
		for i, arg := range e.Args {
			if i > 0 {
				w.put(", ")
			}
			w.value(arg)
		}
		w.put(")")
	case *syntax.Tuple:
		if len(e.Items) == 0 {
			w.put("<< >>")
			return
		}
		w.put(syntax.PrintExpr(e))
	case *syntax.Infix:
		w.frame(e)
	default:
		w.put(syntax.PrintExpr(e))
	}
}

// self is the process in brackets.
func (w *layout) self(e syntax.Expr) {
	if n, ok := e.(*syntax.Name); ok {
		w.put(n.Name)
		return
	}
	w.block(w.text(e))
}

// frame is the record of a call in front of the stack, field below field.
func (w *layout) frame(e *syntax.Infix) {
	at := w.col
	w.put("<< [ ")
	fields := e.X.(*syntax.Tuple).Items[0].(*syntax.RecordLit).Fields
	for i, f := range fields {
		if i > 0 {
			w.put(",")
			w.line(at + 5)
		}
		w.put(f.Name.Name, strings.Repeat(" ", max(1, 10-len(f.Name.Name))), "|->  ")
		w.value(f.Value)
	}
	w.put(" ] >>")
	w.line(at + 1)
	w.put(`\o `)
	w.value(e.Y)
}

// conjuncts are those of an action, with bullets where there are several or where
// that is the custom.
func (w *layout) conjuncts(e syntax.Expr, always bool) {
	items := []syntax.Expr{e}
	if !w.written[e] {
		items = conjunctsOf(e)
	}
	w.bullets(items, always, false)
}

func (w *layout) bullets(items []syntax.Expr, always, branch bool) {
	at := w.col
	for i := 0; i < len(items); i++ {
		if i > 0 {
			w.line(at)
		}
		if always || len(items) > 1 {
			w.put(`/\ `)
		}
		if n := w.together[items[i]]; n > 1 && n < len(items) {
			inner := items[i : i+n]
			below := w.col
			for j, item := range inner {
				if j > 0 {
					w.line(below)
				}
				w.put(`/\ `)
				w.action(item, branch)
			}
			i += n - 1
			continue
		}
		w.action(items[i], branch)
	}
}

// action is one conjunct.
func (w *layout) action(e syntax.Expr, branch bool) {
	if w.written[e] {
		w.block(w.text(e))
		return
	}
	switch e := e.(type) {
	case *syntax.Prefix:
		w.unchanged(e, branch)
	case *syntax.Infix:
		w.value(e.X)
		w.put(" = ")
		if except, ok := e.Y.(*syntax.Except); ok && !w.written[e.Y] {
			w.except(except)
		} else {
			w.side(e.Y)
		}
	case *syntax.Junction:
		at := w.col
		for i, b := range e.Items {
			if i > 0 {
				w.line(at)
			}
			w.put(`\/ `)
			items := []syntax.Expr{b}
			if !w.written[b] {
				items = conjunctsOf(b)
			}
			w.bullets(items, true, true)
		}
	case *syntax.If:
		at := w.col
		w.put("IF ")
		w.value(e.Cond)
		w.line(at + 3)
		w.put("THEN ")
		w.conjuncts(e.Then, true)
		w.line(at + 3)
		w.put("ELSE ")
		w.conjuncts(e.Else, true)
	case *syntax.Quant:
		at := w.col
		w.put(`\E `, e.Bounds[0].Names[0].Name, ` \in `)
		w.value(e.Bounds[0].Domain)
		w.put(":")
		w.line(at + 2)
		w.conjuncts(e.Body, false)
	case *syntax.Let:
		at := w.col
		def := e.Defs[0].(*syntax.OpDef)
		w.put("LET ", def.Name.Name, " == ")
		w.value(def.Body)
		w.put(" IN")
		w.line(at + 2)
		w.conjuncts(e.Body, false)
	case *syntax.Apply:
		w.applied(e)
	default:
		w.value(e)
	}
}

// applied is Assert, which may take two lines, or PrintT.
func (w *layout) applied(e *syntax.Apply) {
	w.put(syntax.PrintExpr(e.Op), "(")
	at := w.col
	w.value(e.Args[0])
	if len(e.Args) > 1 {
		w.put(", ")
		message := syntax.PrintExpr(e.Args[1])
		if b := w.text(e.Args[0]); len(b) > 1 || w.col+len(message)+1 >= lineWidth {
			w.line(at)
		}
		w.put(message)
	}
	w.put(")")
}

func (w *layout) except(e *syntax.Except) {
	w.put("[", syntax.PrintExpr(e.Fun), " EXCEPT ")
	at := w.col
	for i, u := range e.Updates {
		if i > 0 {
			w.put(",")
			w.line(at)
		}
		w.put("!")
		for _, step := range u.Path {
			switch step := step.(type) {
			case *syntax.Index:
				w.put("[")
				for j, arg := range step.Args {
					if j > 0 {
						w.put(", ")
					}
					w.argument(step, arg)
				}
				w.put("]")
			case *syntax.Field:
				w.put(".", step.Name.Name)
			}
		}
		w.put(" = ")
		w.value(u.Value)
	}
	w.put("]")
}

// argument is an argument of an index: the user's, or the process.
func (w *layout) argument(step *syntax.Index, arg syntax.Expr) {
	if w.written[step] {
		w.block(w.text(arg))
		return
	}
	w.self(arg)
}

// unchanged is what a step leaves alone; a name of few letters is given as equation.
func (w *layout) unchanged(e *syntax.Prefix, branch bool) {
	switch x := e.X.(type) {
	case *syntax.Name:
		if len(x.Name) <= 5 {
			w.put(x.Name, "' = ", x.Name)
			return
		}
		w.put("UNCHANGED ", x.Name)
	case *syntax.Tuple:
		if branch {
			w.put("UNCHANGED <<", strings.Join(nameTexts(x.Items), ", "), ">>")
			return
		}
		w.list("UNCHANGED << ", nameTexts(x.Items), " >>")
	}
}

// uses is the disjunction of the actions of a process or procedure.
func (w *layout) uses(e syntax.Expr) {
	if j, ok := e.(*syntax.Junction); ok {
		w.row(j.Items)
		return
	}
	w.row([]syntax.Expr{e})
}

// row is a disjunction in a row.
func (w *layout) row(items []syntax.Expr) {
	at := w.col
	for i, item := range items {
		text := syntax.PrintExpr(item)
		if i > 0 {
			if w.col+len(` \/ `)+len(text)+len(` \/`) > lineWidth {
				w.line(at + 3)
				w.put(`\/ `)
			} else {
				w.put(` \/ `)
			}
		}
		w.put(text)
	}
}

// next is the disjunction of all actions: those of single processes or labels in a row,
// each other one in a line.
func (w *layout) next(u *syntax.OpDef) {
	w.put("Next == ")
	at := w.col
	items := []syntax.Expr{u.Body}
	if j, ok := u.Body.(*syntax.Junction); ok {
		items = j.Items
	}
	row := slices.IndexFunc(items, func(e syntax.Expr) bool {
		n, name := e.(*syntax.Name)
		return !name || n.Name == "Terminating" && e == items[len(items)-1]
	})
	if row < 0 {
		row = len(items)
	}
	w.row(items[:row])
	for i, item := range items[row:] {
		if i+row > 0 {
			w.line(at + 3)
			w.put(`\/ `)
		}
		q, ok := item.(*syntax.Quant)
		if !ok {
			w.uses(item)
			continue
		}
		w.put(`(\E self \in `)
		w.domain(q.Bounds[0].Domain)
		w.put(": ")
		w.uses(q.Body)
		w.put(")")
	}
}

func (w *layout) terminating(j *syntax.Junction) {
	if len(w.Processes) == 0 {
		w.put(`pc = "Done" /\ UNCHANGED vars`)
		return
	}
	at := w.col
	w.put(`/\ `)
	w.temporal(j.Items[0])
	w.line(at)
	w.put(`/\ UNCHANGED vars`)
}

// temporal says that all have terminated.
func (w *layout) temporal(e syntax.Expr) {
	if q, ok := e.(*syntax.Quant); ok {
		w.put(`\A self \in ProcSet: `)
		e = q.Body
	}
	w.put(syntax.PrintExpr(e))
}

func (w *layout) specification(u *syntax.OpDef) {
	w.put("Spec == ")
	const safety = `Init /\ [][Next]_vars`
	j, ok := u.Body.(*syntax.Junction)
	if !ok {
		w.put(safety)
		return
	}
	at := w.col
	w.put(`/\ `, safety)
	for _, item := range j.Items[1:] {
		w.line(at)
		w.put(`/\ `)
		if q, ok := item.(*syntax.Quant); ok {
			w.put(`\A self \in `)
			w.domain(q.Bounds[0].Domain)
			w.put(" : ")
			item = q.Body
		}
		w.fair(item)
	}
}

// fair is the fairness of a process: in a row, or where that is too long, its own and
// that of each procedure it calls in a line.
func (w *layout) fair(e syntax.Expr) {
	at := w.col
	items := conjunctsOf(e)
	texts := make([]string, len(items))
	width := len("Spec == /\\ ") // whatever quantifier is in front
	for i, item := range items {
		texts[i] = w.fairText(item.(*syntax.Fair))
		width += len(texts[i]) + len(` /\ `)
	}
	if width-len(` /\ `) <= lineWidth || len(items) == 1 {
		w.put(strings.Join(texts, ` /\ `))
		return
	}
	for i, text := range texts {
		switch {
		case i == 0:
			w.put(`/\ `)
		case items[i].(*syntax.Fair).Strong:
			w.put(` /\ `)
		default:
			w.line(at)
			w.put(`/\ `)
		}
		w.put(text)
	}
}

// fairText is the fairness of an action, perhaps but for some labels.
func (w *layout) fairText(f *syntax.Fair) string {
	in := &layout{translation: w.translation}
	in.put(map[bool]string{false: "WF_vars(", true: "SF_vars("}[f.Strong])
	in.fairAction(f.Action)
	in.put(")")
	return in.out.String()
}

// fairAction is an action, perhaps but for some labels.
func (w *layout) fairAction(e syntax.Expr) {
	and, ok := e.(*syntax.Infix)
	if !ok {
		w.put(syntax.PrintExpr(e))
		return
	}
	left := and.X.(*syntax.Infix)
	w.put("(")
	w.value(left.X)
	op := left.Op.Name
	if op == "/=" {
		op = "#"
	}
	w.put(" ", op, " ", syntax.PrintExpr(left.Y), `) /\ `, syntax.PrintExpr(and.Y))
}
