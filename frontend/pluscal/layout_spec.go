package pluscal

import (
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

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
