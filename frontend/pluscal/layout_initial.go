package pluscal

import (
	"regexp"
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

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
