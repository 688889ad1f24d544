package show

import (
	"fmt"
	"io"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// State writes state i (from 0) of b: how it was reached, and what it shows. Of only,
// a process, nil for all, variables that are functions of processes show its part.
func (r *Report) State(w io.Writer, b *trace.Behaviour, i int, only value.Value, style Style) error {
	s := &b.Steps[i]
	head := fmt.Sprintf("State %d of %d: %s", i+1, len(b.Steps), s.Action)
	if place := r.placeOf(s); place != "" {
		head += "  " + place
	}
	if _, err := fmt.Fprintln(w, emphasised(head, style)); err != nil {
		return err
	}
	vars := bindings(b, i)
	if i == 0 {
		for j := range vars {
			vars[j].Changed = false
		}
	}
	if only != nil {
		vars = projected(b, i, vars, only)
	}
	width := style.Width
	if width <= 0 {
		width = defaultWidth
	}
	for _, line := range stateCell(vars, width, style.Colour && i > 0) {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	if i == len(b.Steps)-1 {
		if end := closing(b); end != "" {
			_, err := fmt.Fprintln(w, end)
			return err
		}
	}
	return nil
}

// projected shows of vars that are functions with the argument p their value there.
func projected(b *trace.Behaviour, i int, vars []binding, p value.Value) []binding {
	var before []binding
	if i > 0 {
		before = bindings(b, i-1)
	}
	out := make([]binding, len(vars))
	for j, v := range vars {
		out[j] = v
		part, ok := partAt(v.Value, p)
		if !ok {
			continue
		}
		out[j].Name, out[j].Value = v.Name+"["+p.String()+"]", part
		if v.Changed && j < len(before) && before[j].Name == v.Name {
			old, had := partAt(before[j].Value, p)
			out[j].Changed = !had || value.Compare(old, part) != 0
		}
	}
	return out
}

// partAt is the value of the function f at p, if it is one that has it.
func partAt(f, p value.Value) (value.Value, bool) {
	switch f.(type) {
	case *value.Func, *value.Record, *value.Tuple:
		v, err := value.Apply(f, p)
		return v, err == nil
	}
	return nil, false
}
