package show

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/trace"
)

// Markdown is b as a document: a heading and a code block a step, changed
// variables first.
func (r *Report) Markdown(b *trace.Behaviour) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s\n", r.Spec, r.Headline())
	for i := range b.Steps {
		s := &b.Steps[i]
		fmt.Fprintf(&out, "\n## %d. `%s`\n", i+1, s.Action)
		if place := r.place(s.Span); place != "" {
			fmt.Fprintf(&out, "\n%s\n", place)
		}
		changed, same := split(bindings(b, i))
		writeBlock(&out, "", changed)
		if i > 0 {
			writeBlock(&out, "Unchanged:", same)
		}
	}
	if end := closing(b); end != "" {
		fmt.Fprintf(&out, "\n%s\n", end)
	}
	fmt.Fprintf(&out, "\n%s\n", r.Summary())
	return []byte(out.String())
}

func split(vars []binding) (changed, same []binding) {
	for _, v := range vars {
		if v.Changed {
			changed = append(changed, v)
		} else {
			same = append(same, v)
		}
	}
	return changed, same
}

func writeBlock(out *strings.Builder, title string, vars []binding) {
	if len(vars) == 0 {
		return
	}
	if title != "" {
		fmt.Fprintf(out, "\n%s\n", title)
	}
	out.WriteString("\n```tla\n")
	for _, v := range vars {
		for _, line := range lay(v.Name+" = ", v.Value, defaultWidth) {
			out.WriteString(line + "\n")
		}
	}
	out.WriteString("```\n")
}
