package show

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// SARIF 2.1.0, as far as a checker's result needs it.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        valuejson.Object  `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	Results     []sarifResult     `json:"results"`
}

// A sarifInvocation tells whether the run came to an answer, whatever it is.
type sarifInvocation struct {
	Successful bool `json:"executionSuccessful"`
	ExitCode   int  `json:"exitCode"`
}

type sarifRule struct {
	ID          string       `json:"id"`
	Description sarifMessage `json:"shortDescription"`
}

type sarifResult struct {
	RuleID    string             `json:"ruleId"`
	Level     string             `json:"level"`
	Message   sarifMessage       `json:"message"`
	Locations []sarifLocation    `json:"locations,omitempty"`
	Related   []sarifLocation    `json:"relatedLocations,omitempty"`
	Flows     []valuejson.Object `json:"codeFlows,omitempty"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact valuejson.Object `json:"artifactLocation"`
	Region   sarifRegion      `json:"region"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

// SARIF is the result as a SARIF log: violations with their behaviour as a
// code flow, errors, and warnings. A run without an answer is an error.
func (r *Report) SARIF() ([]byte, error) {
	driver := valuejson.Object{{Name: "name", Value: "lemma"}}
	if r.Version != "" {
		driver = append(driver, valuejson.Field{Name: "version", Value: r.Version})
	}
	answered := r.Status == trace.Verified || r.Status == trace.Clean || r.Status == trace.Violated
	run := sarifRun{Results: []sarifResult{}, Invocations: []sarifInvocation{{answered, r.ExitCode()}}}
	for _, v := range r.Violations {
		run.Results = append(run.Results, r.sarifViolation(v))
	}
	switch r.Status {
	case trace.Failed:
		run.Results = append(run.Results, r.sarifErrors()...)
	case trace.Unknown, trace.LimitReached:
		run.Results = append(run.Results, sarifResult{RuleID: r.Status.String(), Level: "error", Message: sarifMessage{r.Headline()}})
	}
	for _, w := range r.Warnings {
		run.Results = append(run.Results, r.sarifDiagnostic(w, "warning"))
	}
	driver = append(driver, valuejson.Field{Name: "informationUri", Value: "https://github.com/lemma-mc/lemma"},
		valuejson.Field{Name: "rules", Value: sarifRules(run.Results)})
	run.Tool = valuejson.Object{{Name: "driver", Value: driver}}
	return valuejson.Indented(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// sarifMeanings are the rules that are no codes of diagnostics.
var sarifMeanings = map[string]string{
	string(trace.Invariant):     "An invariant is false in a reachable state.",
	string(trace.ActionProp):    "A step violates a property of steps.",
	string(trace.Deadlock):      "A reachable state has no successor.",
	string(trace.Liveness):      "A behaviour violates a temporal property.",
	string(trace.AssertFail):    "An Assert fails.",
	string(trace.Assumption):    "An ASSUME or POSTCONDITION is false.",
	trace.Unknown.String():      "The run has neither proved nor refuted what it was asked.",
	trace.LimitReached.String(): "A limit ended the run before it had an answer.",
	"system":                    "The system failed the run.",
}

// sarifRules are the rules that the results name, each once.
func sarifRules(results []sarifResult) []sarifRule {
	rules, seen := []sarifRule{}, map[string]bool{}
	for _, res := range results {
		if seen[res.RuleID] {
			continue
		}
		seen[res.RuleID] = true
		text := sarifMeanings[res.RuleID]
		if text == "" {
			text = "Diagnostic " + res.RuleID + "; docs/errors.md has its meaning."
		}
		rules = append(rules, sarifRule{res.RuleID, sarifMessage{text}})
	}
	return rules
}

func (r *Report) sarifErrors() []sarifResult {
	list := diag.Of(r.Err)
	if list == nil {
		return []sarifResult{{RuleID: "system", Level: "error", Message: sarifMessage{r.Headline()}}}
	}
	var out []sarifResult
	for _, d := range list {
		out = append(out, r.sarifDiagnostic(d, "error"))
	}
	return out
}

func (r *Report) sarifDiagnostic(d *diag.Diagnostic, level string) sarifResult {
	text := d.Message
	if d.Hint != "" {
		text += " (" + d.Hint + ")"
	}
	return sarifResult{RuleID: string(d.Code), Level: level, Message: sarifMessage{text}, Locations: r.sarifAt(d.Span)}
}

func (r *Report) sarifViolation(v *trace.Violation) sarifResult {
	out := sarifResult{RuleID: string(v.Kind), Level: "error", Message: sarifMessage{v.Sentence()}, Locations: r.sarifGoal(v)}
	b := v.Behaviour
	if b == nil || len(b.Steps) == 0 {
		return out
	}
	last := r.sarifAt(b.Steps[len(b.Steps)-1].Span)
	if out.Locations == nil {
		out.Locations = last
	} else if last != nil {
		last[0].Message = &sarifMessage{"the last step of the counterexample"}
		out.Related = last
	}
	steps := make([]valuejson.Object, len(b.Steps))
	for i := range b.Steps {
		at := sarifLocation{Message: &sarifMessage{b.Steps[i].Action}}
		if known := r.sarifAt(b.Steps[i].Span); known != nil {
			at.Physical = known[0].Physical
		}
		steps[i] = valuejson.Object{{Name: "location", Value: at}, {Name: "executionOrder", Value: i + 1}}
	}
	out.Flows = []valuejson.Object{{{Name: "threadFlows", Value: []valuejson.Object{{{Name: "locations", Value: steps}}}}}}
	return out
}

// sarifGoal is the place of what v violates, where it has a name.
func (r *Report) sarifGoal(v *trace.Violation) []sarifLocation {
	for _, g := range r.Goals {
		if g.Name == v.Name {
			return r.sarifAt(g.Span)
		}
	}
	return nil
}

// sarifAt is the place of span, or nil.
func (r *Report) sarifAt(span source.Span) []sarifLocation {
	start, ok := r.Files.Position(span.Start)
	if !ok {
		return nil
	}
	region := sarifRegion{StartLine: start.Line, StartColumn: start.Column}
	if end, ok := r.Files.Position(span.End); ok && end.File == start.File {
		region.EndLine, region.EndColumn = end.Line, end.Column
	}
	return []sarifLocation{{Physical: &sarifPhysical{Artifact: valuejson.Object{{Name: "uri", Value: start.File.Name}}, Region: region}}}
}
