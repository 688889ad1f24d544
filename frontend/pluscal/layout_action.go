package pluscal

import (
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

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
		w.block(blockOf(w.enclosed(arg)))
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
