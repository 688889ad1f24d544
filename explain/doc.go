// Package explain says why: why a formula is false in a state, why a step could
// be taken and what it changed, why a lasso is fair and violates a property.
//
// The evaluator decides; this package walks again through what it decided, in its
// order, and keeps what the outcome depends on. A false conjunction is explained by
// its first false conjunct, a false \A by the first values that make it false, a
// definition by its body. The walk ends at formulas that have no formulas as
// parts, such as a comparison; these are shown with the values of their parts.
// Nothing is said that was not evaluated, so an explanation is never at odds with
// a verdict.
//
// What it makes is data of package trace, which package show draws. reason.go
// explains formulas, values.go the values of their parts, step.go steps, change.go
// what they change, lasso.go lassos.
package explain

import (
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// An Explainer explains formulas of one system. It serves one goroutine.
type Explainer struct {
	sys     *ir.System
	machine *eval.Machine
}

// New returns an explainer of sys that evaluates by m.
func New(sys *ir.System, m *eval.Machine) *Explainer { return &Explainer{sys, m} }

// text is the source text of e on one line, or e printed where that is none of
// TLA+: what stands at the place of a guard that a label of PlusCal means is the
// labelled statement. Such a node has the place of its parts.
func (x *Explainer) text(e ir.Expr) string {
	written := true
	ir.Children(e, func(c ir.Expr) { written = written && c.Pos() != e.Pos() })
	if text := sourceText(x.sys.Files, e.Pos()); written && text != "" {
		return text
	}
	return ir.String(e)
}

// longestText is how many characters of a formula are quoted.
const longestText = 160

// sourceText is what stands at span, comments left out, with single blanks.
func sourceText(files *source.Set, span source.Span) string {
	at, ok := files.Position(span.Start)
	if !ok {
		return ""
	}
	from, to := at.File.Offset(span.Start), at.File.Offset(span.End)
	if to <= from || to > len(at.File.Text) {
		return ""
	}
	text := []rune(strings.Join(strings.Fields(withoutComments(at.File.Text[from:to])), " "))
	if len(text) > longestText {
		text = append(text[:longestText-3], []rune("...")...)
	}
	return string(text)
}

// withoutComments leaves out \* to the end of a line, and what stands between (*
// and *).
func withoutComments(text string) string {
	var out strings.Builder
	depth := 0
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "(*"):
			depth++
			i++
		case depth > 0 && strings.HasPrefix(rest, "*)"):
			depth--
			i++
		case depth > 0:
		case strings.HasPrefix(rest, `\*`):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				return out.String()
			}
			i += end - 1
		default:
			out.WriteByte(text[i])
		}
	}
	return out.String()
}
