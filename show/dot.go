package show

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/trace"
)

// dotWidth is the width of a state's box in characters.
const dotWidth = 60

// Dot is b as a Graphviz graph: a box a state with the variables that changed,
// an arrow a step, and for a lasso an arrow back.
func (r *Report) Dot(b *trace.Behaviour) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "digraph %s {\n  node [shape=box, fontname=monospace];\n  edge [fontname=monospace];\n", dotQuote(r.Spec))
	for i := range b.Steps {
		changed, _ := split(bindings(b, i))
		fmt.Fprintf(&out, "  s%d [label=%s];\n", i+1, dotLabel(i+1, changed))
		if i > 0 {
			fmt.Fprintf(&out, "  s%d -> s%d [label=%s];\n", i, i+1, dotQuote(b.Steps[i].Action))
		}
	}
	last := len(b.Steps)
	switch {
	case b.Stuttering:
		fmt.Fprintf(&out, "  s%d -> s%d [label=\"stuttering\", style=dashed];\n", last, last)
	case b.LoopStart > 0:
		fmt.Fprintf(&out, "  s%d -> s%d [style=dashed];\n", last, b.LoopStart)
	}
	out.WriteString("}\n")
	return []byte(out.String())
}

// dotLabel is left-aligned text: \l ends a line.
func dotLabel(number int, vars []binding) string {
	lines := []string{fmt.Sprintf("%d", number)}
	for _, v := range vars {
		lines = append(lines, lay(v.Name+" = ", v.Value, dotWidth)...)
	}
	for i, line := range lines {
		lines[i] = dotEscape(line)
	}
	return `"` + strings.Join(lines, `\l`) + `\l"`
}

func dotQuote(s string) string { return `"` + dotEscape(s) + `"` }

func dotEscape(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }
