package show

import (
	"fmt"
	"io"

	"github.com/lemma-mc/lemma/trace"
)

// explanationLines is e as text, a line each.
func (r *Report) explanationLines(e *trace.Explanation) []string {
	if e == nil {
		return nil
	}
	var out []string
	head := func(title string) { out = append(out, "", title) }
	if e.Why != nil {
		head("Why it is false:")
		for _, line := range e.Why.Lines() {
			out = append(out, "  "+line)
		}
		for _, d := range e.Why.Deciding() {
			if at := r.place(d.Span); at != "" && !d.Holds {
				out = append(out, "  at "+at)
				break
			}
		}
	}
	if len(e.Blocked) > 0 {
		head("What keeps each action from being taken:")
		for _, b := range e.Blocked {
			out = append(out, "  "+b.Sentence())
		}
	}
	if len(e.Property) > 0 {
		head("Why the property fails:")
		for _, s := range e.Property {
			out = append(out, "  "+s)
		}
	}
	if len(e.Fairness) > 0 {
		head("How fairness is met:")
		for _, f := range e.Fairness {
			out = append(out, "  "+f.Sentence())
		}
	}
	if len(e.Steps) > 0 {
		head("How it came to be:")
		for i := range e.Steps {
			out = append(out, "  "+e.Steps[i].Sentence())
		}
	}
	return out
}

func (r *Report) writeExplanation(w io.Writer, e *trace.Explanation) {
	for _, line := range r.explanationLines(e) {
		fmt.Fprintln(w, line)
	}
}

type explanationJSON struct {
	Why      *reasonJSON   `json:"why,omitempty"`
	Blocked  []blockedJSON `json:"blocked,omitempty"`
	Property []string      `json:"property,omitempty"`
	Fairness []fairJSON    `json:"fairness,omitempty"`
	Steps    []whyStepJSON `json:"steps,omitempty"`
}

type reasonJSON struct {
	Formula string       `json:"formula"`
	At      string       `json:"at,omitempty"`
	Holds   bool         `json:"holds"`
	Bound   []valueJSON  `json:"bound,omitempty"`
	Values  []valueJSON  `json:"values,omitempty"`
	Because []reasonJSON `json:"because,omitempty"`
	Error   string       `json:"error,omitempty"`
}

// A valueJSON is an expression with its value, both as TLA+.
type valueJSON struct {
	Expression string `json:"expression"`
	Value      string `json:"value"`
}

type blockedJSON struct {
	Action string     `json:"action"`
	Guard  reasonJSON `json:"guard"`
}

type fairJSON struct {
	Formula string      `json:"formula"`
	At      string      `json:"at,omitempty"`
	Bound   []valueJSON `json:"bound,omitempty"`
	How     string      `json:"how"`
}

type whyStepJSON struct {
	Step     int          `json:"step"`
	Action   string       `json:"action"`
	Guards   []reasonJSON `json:"guards,omitempty"`
	Changes  []changeJSON `json:"changes,omitempty"`
	Sentence string       `json:"sentence"`
}

type changeJSON struct {
	Path    string   `json:"path"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

func (r *Report) explanationJSON(e *trace.Explanation) *explanationJSON {
	if e == nil {
		return nil
	}
	out := &explanationJSON{Property: e.Property}
	if e.Why != nil {
		why := r.reasonJSON(e.Why)
		out.Why = &why
	}
	for _, b := range e.Blocked {
		out.Blocked = append(out.Blocked, blockedJSON{b.Action, r.reasonJSON(b.Guard)})
	}
	for _, f := range e.Fairness {
		out.Fairness = append(out.Fairness, fairJSON{f.Text, r.place(f.Span), valuesJSON(f.Bound), f.How})
	}
	for i := range e.Steps {
		s := &e.Steps[i]
		step := whyStepJSON{Step: s.Step, Action: s.Action, Guards: r.reasonsJSON(s.Guards), Sentence: s.Sentence()}
		for _, c := range s.Changes {
			step.Changes = append(step.Changes, changeJSON(c))
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func (r *Report) reasonJSON(x *trace.Reason) reasonJSON {
	return reasonJSON{Formula: x.Text, At: r.place(x.Span), Holds: x.Holds, Bound: valuesJSON(x.Bound), Values: valuesJSON(x.Values),
		Because: r.reasonsJSON(x.Because), Error: x.Error}
}

func (r *Report) reasonsJSON(all []*trace.Reason) []reasonJSON {
	var out []reasonJSON
	for _, x := range all {
		out = append(out, r.reasonJSON(x))
	}
	return out
}

func valuesJSON(all []trace.Binding) []valueJSON {
	var out []valueJSON
	for _, b := range all {
		out = append(out, valueJSON{b.Text, b.Value})
	}
	return out
}
