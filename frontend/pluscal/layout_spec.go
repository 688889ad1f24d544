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
		q, ofSet := item.(*syntax.Quant)
		if ofSet {
			w.put(`\A self \in `)
			w.domain(q.Bounds[0].Domain)
			w.put(" : ")
			item = q.Body
		}
		w.fair(item, ofSet)
	}
}

// fair is the fairness of a process: in a row, or where that is too long, in lines for
// its own and for that of each procedure it calls. In a process of a set the strong
// fairness of labels has a line, too; behind that of a procedure's the official
// translator forgets the end of the line.
func (w *layout) fair(e syntax.Expr, ofSet bool) {
	at := w.col
	items := conjunctsOf(e)
	texts := make([]string, len(items))
	labels := make([]bool, len(items)) // whether it is the strong fairness of a label
	width := len("Spec == /\\ ")       // whatever quantifier is in front
	for i, item := range items {
		f := item.(*syntax.Fair)
		texts[i], labels[i] = w.fairText(f), f.Strong && !items[0].(*syntax.Fair).Strong
		width += len(texts[i])
		if labels[i] && (labels[i-1] || !ofSet) {
			width += len(` /\ `)
		}
	}
	if width <= lineWidth || len(items) == 1 {
		w.put(strings.Join(texts, ` /\ `))
		return
	}
	wholes := 0 // processes and procedures so far
	for i, text := range texts {
		switch {
		case i == 0:
			w.put(`/\ `)
		case labels[i] && (labels[i-1] || !ofSet):
			w.put(` /\ `)
		case labels[i-1] && ofSet && wholes > 1:
			w.put(strings.Repeat(" ", at), `/\ `)
		default:
			w.line(at)
			w.put(`/\ `)
		}
		if !labels[i] {
			wholes++
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
