package show

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/itf"
	"github.com/lemma-mc/lemma/value"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// A viewJSON is a result for the pages of package web: what JSON has, with
// behaviours whose values are exact (itf.Value), and in which each state has only
// what it changes.
type viewJSON struct {
	Spec     string      `json:"spec"`
	Status   string      `json:"status"`
	Headline string      `json:"headline"`
	Summary  string      `json:"summary"`
	Version  string      `json:"version,omitempty"`
	Traces   []traceJSON `json:"traces"`
	Proofs   []proofJSON `json:"proofs,omitempty"`
	Lemmas   []lemmaJSON `json:"lemmas,omitempty"`
	Notes    []string    `json:"notes,omitempty"`
}

// A traceJSON is a behaviour.
type traceJSON struct {
	Kind       string     `json:"kind"` // of the violation; "cti", "error", "witness"
	Name       string     `json:"name,omitempty"`
	Title      string     `json:"title"`
	Vars       []string   `json:"vars"`
	Processes  []any      `json:"processes"`
	Loop       int        `json:"loop,omitempty"` // the step to which the last one returns
	Stuttering bool       `json:"stuttering,omitempty"`
	Steps      []viewStep `json:"steps"`
	// Explanation says why, where that was asked for.
	Explanation *explanationJSON `json:"explanation,omitempty"`
}

// A viewStep is a state, by what is new in it.
type viewStep struct {
	Action string           `json:"action"`
	Place  string           `json:"place,omitempty"`
	By     *int             `json:"by,omitempty"` // the process that takes the step
	Values valuejson.Object `json:"values"`
	// Alias is what the ALIAS shows: null for what it shows no more.
	Alias valuejson.Object `json:"alias,omitempty"`
}

// View is the result as the pages of package web read it.
func (r *Report) View() ([]byte, error) {
	out := viewJSON{Spec: r.Spec, Status: r.Status.String(), Headline: r.Headline(), Summary: r.Summary(), Version: r.Version, Traces: []traceJSON{},
		Proofs: proofsJSON(r.Proofs), Lemmas: lemmasJSON(r.Lemmas), Notes: r.Notes}
	for _, v := range r.Violations {
		if v.Behaviour != nil {
			shown := r.traceJSON(v.Behaviour, string(v.Kind), v.Name, v.Sentence())
			shown.Explanation = r.explanationJSON(v.Explanation)
			out.Traces = append(out.Traces, shown)
		}
	}
	if b := r.ErrBehaviour; b != nil {
		title := "The error came up in the last state of this behaviour."
		if list := diag.Of(r.Err); list != nil {
			title = list[0].Message
		}
		out.Traces = append(out.Traces, r.traceJSON(b, "error", "", title))
	}
	if b := r.Witness; b != nil {
		out.Traces = append(out.Traces, r.traceJSON(b, "witness", "", r.Headline()))
	}
	for _, c := range r.CTIs {
		out.Traces = append(out.Traces, r.traceJSON(c.Behaviour, "cti", c.Goal, ctiSentence(c)))
	}
	return json.Marshal(out)
}

func (r *Report) traceJSON(b *trace.Behaviour, kind, name, title string) traceJSON {
	out := traceJSON{Kind: kind, Name: name, Title: title, Vars: b.Vars, Processes: []any{}, Loop: b.LoopStart, Stuttering: b.Stuttering}
	processes := trace.Processes(b)
	for _, p := range processes {
		out.Processes = append(out.Processes, itf.Value(p))
	}
	alias := map[string]value.Value{}
	for i := range b.Steps {
		s := &b.Steps[i]
		step := viewStep{Action: s.Action, Place: r.placeOf(s), Values: valuejson.Object{}}
		if by := trace.Actor(b, processes, i); by >= 0 {
			step.By = &by
		}
		for j, v := range s.State {
			if i == 0 || value.Compare(b.Steps[i-1].State[j], v) != 0 {
				step.Values = append(step.Values, valuejson.Field{Name: b.Vars[j], Value: itf.Value(v)})
			}
		}
		if b.Alias != nil {
			step.Alias = aliasOf(b, i, alias)
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// aliasOf is what the ALIAS shows of step i, as far as it is other than before,
// which it brings up to date.
func aliasOf(b *trace.Behaviour, i int, before map[string]value.Value) valuejson.Object {
	var out valuejson.Object
	names, vals := b.Shown(i)
	now := map[string]bool{}
	for j, name := range names {
		now[name] = true
		if old := before[name]; old == nil || value.Compare(old, vals[j]) != 0 {
			out, before[name] = append(out, valuejson.Field{Name: name, Value: itf.Value(vals[j])}), vals[j]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if !now[name] {
			out = append(out, valuejson.Field{Name: name, Value: nil})
			delete(before, name)
		}
	}
	return out
}
