package bmc

import (
	"fmt"
	"slices"
	"strings"

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

// Codes of warnings of what was not checked.
const (
	CodeTemporalLeft  diag.Code = "W501" // a temporal property that bounded search leaves
	CodeDeadlockLeft  diag.Code = "W502" // a deadlock that bounded search cannot decide
	CodeSequencesLeft diag.Code = "W503" // sequences that bounded search does not choose
	CodeCostliest     diag.Code = "W504" // what took most of the work of a bounded search that was cut short
)

// longestChosen is how many elements a sequence has at most that is chosen from
// Seq(S).
const longestChosen = 4

// leaveSequences warns of choices from Seq(S), of which longer ones were left.
func (s *search) leaveSequences() {
	for _, at := range s.enc.Shortened() {
		s.result.Warnings = append(s.result.Warnings, &diag.Diagnostic{
			Code: CodeSequencesLeft, Class: diag.Unsupported, Span: at,
			Message: fmt.Sprintf("Bounded search chooses from Seq(S) here only sequences of up to %d elements", longestChosen),
		})
	}
}

// blame names what took most of the work, where the search was cut short.
func (s *search) blame() {
	if at, ok := s.enc.Costliest(); ok {
		s.result.Warnings = append(s.result.Warnings, &diag.Diagnostic{
			Code: CodeCostliest, Class: diag.Unsupported, Span: at,
			Message: "More than half of what was encoded when the search ended comes from here",
		})
	}
}

// leaveDeadlock warns that it is not known whether there is a deadlock after k
// steps or more, because of the choice at a place. Other properties are checked on.
func (s *search) leaveDeadlock(k int, at source.Span) {
	s.undecided = true
	s.result.Warnings = append(s.result.Warnings, &diag.Diagnostic{
		Code: CodeDeadlockLeft, Class: diag.Unsupported, Span: at,
		Message: fmt.Sprintf("Bounded search cannot decide whether there is a deadlock after %d steps or more: a member is chosen here from a set that cannot be listed", k),
	})
}

// leave warns that properties are not checked, because of err.
func (s *search) leave(err error, fs ...*ir.Formula) {
	for _, f := range fs {
		if s.left[f.Name] {
			continue
		}
		s.left[f.Name] = true
		w := &diag.Diagnostic{
			Code: CodeTemporalLeft, Class: diag.Unsupported, Span: f.Span,
			Message: fmt.Sprintf("Bounded search does not check the temporal property %s: %v", f.Name, err),
			Hint:    "check it with --explicit",
		}
		if list := diag.Of(err); len(list) > 0 {
			w.Message = fmt.Sprintf("Bounded search does not check the temporal property %s: %s", f.Name, strings.TrimSuffix(list[0].Message, "."))
			w.Related = []diag.Related{{Span: list[0].Span, Message: "here"}}
		}
		s.result.Warnings = append(s.result.Warnings, w)
	}
}
