package bmc

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
)

var noSpan source.Span

// propertiesOf sorts what sys checks.
func propertiesOf(sys *ir.System) temporal.Properties {
	p := temporal.Sort(sys.Properties)
	p.Invariants = append(slices.Clip(sys.Invariants), p.Invariants...)
	return p
}

// CodeTemporalLeft warns of a property that was not checked.
const CodeTemporalLeft diag.Code = "W501"

// left says which temporal properties are not looked at.
func left(fs []*ir.Formula) (out []*diag.Diagnostic) {
	seen := map[string]bool{}
	for _, f := range fs {
		if !seen[f.Name] {
			seen[f.Name] = true
			out = append(out, &diag.Diagnostic{
				Code: CodeTemporalLeft, Class: diag.Unsupported, Span: f.Span,
				Message: fmt.Sprintf("Bounded search does not check the temporal property %s", f.Name),
				Hint:    "check it with --explicit",
			})
		}
	}
	return out
}
