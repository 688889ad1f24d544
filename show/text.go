package show

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// Text writes the result for people: the verdict in one sentence, the
// counterexample as a table, and what the verdict rests on. Diagnostics of a
// failed run are part of it; warnings are not.
func (r *Report) Text(w io.Writer, style Style) error {
	var b bytes.Buffer
	if r.Status == trace.Failed {
		if err := r.Failure(&b, style); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(&b, emphasised(r.Headline(), style))
	}
	for i, v := range r.Violations {
		if i > 0 {
			fmt.Fprintf(&b, "\n%s\n", emphasised(v.Sentence(), style))
		}
		if v.Message != "" && v.Kind != trace.AssertFail && v.Kind != trace.Assumption {
			fmt.Fprintln(&b, v.Message)
		}
		if v.Behaviour != nil {
			style := style
			if v.Kind == trace.Log {
				style.Last = lastOfLog
			}
			if err := r.Table(&b, v.Behaviour, style); err != nil {
				return err
			}
			r.writeExplanation(&b, v.Explanation)
		}
	}
	for _, line := range proofLines(r.Proofs) {
		fmt.Fprintln(&b, line)
	}
	r.lemmas(&b)
	for _, c := range r.CTIs {
		fmt.Fprintf(&b, "\n%s\n", ctiSentence(c))
		if err := r.Table(&b, c.Behaviour, style); err != nil {
			return err
		}
	}
	if err := r.coverageTable(&b); err != nil {
		return err
	}
	for _, p := range r.Parts {
		fmt.Fprintln(&b, partLine(p))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	fmt.Fprintln(&b, r.Summary())
	_, err := w.Write(b.Bytes())
	return err
}

// lemmas writes the lemmas that were proved, and those that were not.
func (r *Report) lemmas(w io.Writer) {
	lines := func(title string, open bool) {
		for _, l := range r.Lemmas {
			if l.Open != open {
				continue
			}
			if title != "" {
				fmt.Fprintf(w, "\n%s\n", title)
				title = ""
			}
			fmt.Fprintf(w, "  %s == %s\n", l.Name, l.Text)
			if len(l.Actions) > 0 {
				fmt.Fprintf(w, "      \\* %s\n", neededFor(l))
			} else if l.For != "" {
				fmt.Fprintf(w, "      \\* found for %s\n", l.For)
			}
		}
	}
	lines("Lemmas found for it, and proved along:", false)
	lines("Lemmas that would do their part, not proved:", true)
}

// neededFor says what a lemma is needed for.
func neededFor(l *trace.Lemma) string {
	return fmt.Sprintf("%s: for %s", strings.Join(l.Actions, ", "), strings.Join(l.Supports, ", "))
}

// ctiSentence introduces a counterexample to induction.
func ctiSentence(c *trace.CTI) string {
	s := fmt.Sprintf("Counterexample to induction of %s: its first state need not be reachable", c.Goal)
	if a := c.Action(); a != "" {
		s += fmt.Sprintf("; %s breaks %s", a, c.Goal)
	}
	return s + "."
}

// partLine tells what became of one part of a job that was divided.
func partLine(p trace.Part) string {
	line := "part: " + p.Name
	if p.Worker != "" {
		line += " (" + p.Worker + ")"
	}
	switch {
	case p.Status == "":
		return line + ": not needed"
	case p.Message != "":
		return fmt.Sprintf("%s: %s: %s", line, p.Status, p.Message)
	}
	return line + ": " + p.Status
}

// lastOfLog is how many states are shown of a behaviour that explains a part of a
// log: those before the line that has no explanation.
const lastOfLog = 6

// Failure writes why a run failed, and the behaviour that leads there, if any.
func (r *Report) Failure(w io.Writer, style Style) error {
	if _, err := io.WriteString(w, RenderError(r.Files, r.Err)); err != nil || r.ErrBehaviour == nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "\nIt came up in state %d of this behaviour:\n", len(r.ErrBehaviour.Steps)); err != nil {
		return err
	}
	return r.Table(w, r.ErrBehaviour, style)
}

// RenderError writes err for people: each diagnostic with its source line.
func RenderError(files *source.Set, err error) string {
	list := diag.Of(err)
	if list == nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	var b strings.Builder
	for _, d := range list {
		b.WriteString(diag.Render(files, d))
	}
	return b.String()
}

func emphasised(s string, style Style) string {
	if style.Colour {
		return bold + s + reset
	}
	return s
}

// proofLines tells what is proved: in one sentence when all of it was proved
// together, as it mostly is, else in a sentence for each.
func proofLines(proofs []*trace.Proof) []string {
	if len(proofs) > 1 && !slices.ContainsFunc(proofs[1:], func(p *trace.Proof) bool { return !together(proofs[0], p) }) {
		all := *proofs[0]
		for _, p := range proofs[1:] {
			all.Name += ", " + p.Name
		}
		all.Lemmas = slices.DeleteFunc(slices.Clone(all.Lemmas), func(l string) bool {
			return slices.ContainsFunc(proofs, func(p *trace.Proof) bool { return p.Name == l })
		})
		return []string{strings.Replace(proofSentence(&all), " is proved by", " are proved together by", 1)}
	}
	var out []string
	for _, p := range proofs {
		out = append(out, proofSentence(p))
	}
	return out
}

// together tells whether p and q are two parts of one proof.
func together(p, q *trace.Proof) bool {
	return p.K == q.K && p.Certificate == q.Certificate && slices.Equal(p.ForAny, q.ForAny) &&
		slices.Equal(proofParts(p), proofParts(q))
}

// proofParts are all formulas of the proof, sorted.
func proofParts(p *trace.Proof) []string {
	return slices.Sorted(slices.Values(append([]string{p.Name}, p.Lemmas...)))
}

func proofSentence(p *trace.Proof) string {
	s := fmt.Sprintf("%s is proved by induction, k = %d", p.Name, p.K)
	if len(p.ForAny) > 0 {
		s += ", for every " + strings.Join(p.ForAny, ", ")
	}
	if len(p.Lemmas) > 0 {
		s += ", together with " + strings.Join(p.Lemmas, ", ")
	}
	if p.Certificate != "" {
		s += "; certificate: " + p.Certificate
	}
	return s + "."
}

// Summary is one line with the status, the engine and its counts.
func (r *Report) Summary() string {
	parts := []string{}
	if r.Engine != "" {
		parts = append(parts, "engine "+r.Engine)
	}
	if c := r.Counts; c != nil {
		parts = append(parts, fmt.Sprintf("%s states generated, %s distinct, %s left, depth %d",
			thousands(c.Generated), thousands(c.Distinct), thousands(c.Left), c.Depth))
	}
	if d := r.OutDegree; d != nil {
		parts = append(parts, fmt.Sprintf("%d to %d steps out of a state, %.1f on average", d.Min, d.Max, d.Mean))
	}
	if r.Simulated != nil {
		parts = append(parts, simulatedSentence(r.Simulated))
	}
	if r.BoundApplies() {
		parts = append(parts, fmt.Sprintf("bound %d steps", r.Bound))
	}
	if r.Effort != nil && r.Effort.Queries > 0 {
		parts = append(parts, effort(r.Effort))
	}
	if r.Solver != "" {
		parts = append(parts, r.Solver)
	}
	parts = append(parts, elapsed(r.Duration))
	return r.Status.String() + ": " + strings.Join(parts, "; ")
}

// effort says what an attempt to prove has taken.
func effort(e *trace.Effort) string {
	s := thousands(int64(e.Queries)) + " queries"
	if e.CTIs > 0 {
		s += fmt.Sprintf(", %s counterexamples to induction", thousands(int64(e.CTIs)))
	}
	if e.Sampled > 0 {
		s += fmt.Sprintf(", %s states sampled", thousands(int64(e.Sampled)))
	}
	return s
}

func elapsed(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return d.Round(10 * time.Millisecond).String()
}

// thousands writes n with a comma between groups of three digits.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
