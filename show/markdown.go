package show

import (
	"fmt"
	"html"
	"strings"

	"github.com/lemma-mc/lemma/diag"
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

// Summarised is the result as Markdown for the summary of a job: the verdict,
// a row for each thing that was checked, warnings, and the counterexample.
func (r *Report) Summarised() ([]byte, error) {
	var out strings.Builder
	fmt.Fprintf(&out, "## %s: %s\n\n%s\n", r.Spec, r.Status, r.Headline())
	if rows := r.goalRows(); len(rows) > 0 {
		out.WriteString("\n| checked | answer |\n|---|---|\n")
		for _, row := range rows {
			fmt.Fprintf(&out, "| %s | %s |\n", cell("`"+row[0]+"`"), cell(row[1]))
		}
	}
	if r.Status == trace.Failed {
		fmt.Fprintf(&out, "\n```\n%s```\n", RenderError(r.Files, r.Err))
	}
	for _, v := range r.Violations {
		if v.Behaviour == nil {
			continue
		}
		var table strings.Builder
		if err := r.Table(&table, v.Behaviour, Style{}); err != nil {
			return nil, err
		}
		fmt.Fprintf(&out, "\n<details open><summary>%s</summary>\n\n```\n%s```\n\n</details>\n", html.EscapeString(v.Sentence()), table.String())
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&out, "\n```\n%s```\n", diag.Render(r.Files, w))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&out, "\n> %s\n", n)
	}
	fmt.Fprintf(&out, "\n%s\n", r.Summary())
	return []byte(out.String()), nil
}

// goalRows tell of each thing that was to be checked what is known.
func (r *Report) goalRows() [][2]string {
	answers := map[string]string{}
	for _, p := range r.Proofs {
		answers[p.Name] = "proved"
	}
	for _, v := range r.Violations {
		answers[v.Name] = "**violated**"
		if v.Kind == trace.Deadlock {
			answers[string(v.Kind)] = "**violated**"
		}
	}
	var rows [][2]string
	for _, g := range r.Goals {
		answer := answers[g.Name]
		switch {
		case answer != "":
		case r.Status == trace.Verified:
			answer = "holds"
		case r.Status == trace.Clean:
			answer = "no violation found"
		default:
			answer = "not decided"
		}
		rows = append(rows, [2]string{g.Name, answer})
	}
	return rows
}

// cell is a text within a table.
func cell(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "|", `\|`), "\n", " ") }
