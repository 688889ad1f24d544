package pluscal

import (
	"fmt"
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
// item that would be too long for it, with a comma, also of the last one, where
// nothing closes the list.
func (w *layout) list(open string, items []string, close string) {
	w.put(open)
	at := w.col
	for i, item := range items {
		more := ""
		if i < len(items)-1 {
			more = ", "
		}
		width := len(item)
		if close == "" {
			width++
		}
		if i > 0 && w.col+width > lineWidth {
			w.line(at)
		}
		w.put(item, more)
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
