package show

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// TLA is b as a TLA+ module called name: the behaviour as a sequence of
// records, one a state. Model values become constants of the module.
func (r *Report) TLA(b *trace.Behaviour, name string) []byte {
	var out strings.Builder
	rule := strings.Repeat("-", 20)
	fmt.Fprintf(&out, "%s MODULE %s %s\n", rule, name, rule)
	fmt.Fprintf(&out, "\\* %s\n\\* A behaviour of %s.\nEXTENDS Integers, Sequences, TLC\n\n",
		strings.Join(strings.Fields(r.Headline()), " "), r.Spec)

	if models := trace.TakeCensus(b).ModelNames(); len(models) > 0 {
		fmt.Fprintf(&out, "CONSTANTS %s \\* model values\n\n", strings.Join(models, ", "))
	}
	out.WriteString("Trace == <<\n")
	for i := range b.Steps {
		s := &b.Steps[i]
		fmt.Fprintf(&out, "  (* %d: %s *)\n", i+1, commentText(s.Action))
		out.WriteString(tlaState(b.Vars, s.State))
		if i < len(b.Steps)-1 {
			out.WriteString(",")
		}
		out.WriteString("\n")
	}
	out.WriteString(">>\n\n")
	if b.LoopStart > 0 {
		fmt.Fprintf(&out, "\\* The last state is followed by Trace[LoopStart].\nLoopStart == %d\n\n", b.LoopStart)
	}
	if b.Stuttering {
		fmt.Fprintf(&out, "\\* The last state is repeated for ever.\nLoopStart == %d\n\n", len(b.Steps))
	}
	out.WriteString(strings.Repeat("=", 2*len(rule)+len(name)+9) + "\n")
	return []byte(out.String())
}

// commentText is text that cannot end or nest a comment.
func commentText(text string) string {
	return strings.NewReplacer("(*", "( *", "*)", "* )").Replace(text)
}

func tlaState(vars []string, state []value.Value) string {
	var out strings.Builder
	for j, name := range vars {
		lead := "   "
		if j == 0 {
			lead = "  ["
		}
		lines := lay(lead+name+" |-> ", state[j], defaultWidth)
		if j < len(vars)-1 {
			lines[len(lines)-1] += ",\n"
		}
		out.WriteString(strings.Join(lines, "\n"))
	}
	return out.String() + "]"
}
