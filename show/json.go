package show

import (
	"reflect"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// The types below are the contract's result object. Fields that do not apply
// are absent; no field changes its type. The object is flat, as the contract has it.

type resultJSON struct {
	JobID          string           `json:"job_id,omitempty"`
	Spec           string           `json:"spec"`
	Status         string           `json:"status"`
	Engine         string           `json:"engine,omitempty"`
	Violation      *violationJSON   `json:"violation,omitempty"`
	StatesExplored *int64           `json:"states_explored,omitempty"`
	DistinctStates *int64           `json:"distinct_states,omitempty"`
	StatesLeft     *int64           `json:"states_left,omitempty"`
	Depth          *int             `json:"depth,omitempty"`
	OutDegree      *trace.OutDegree `json:"out_degree,omitempty"`
	Simulated      *simulatedJSON   `json:"simulated,omitempty"`
	ErrorTrace     []stepJSON       `json:"error_trace,omitempty"`
	LoopStart      int              `json:"loop_start,omitempty"`
	Stuttering     *bool            `json:"stuttering,omitempty"`
	Witness        []stepJSON       `json:"witness,omitempty"`
	More           []moreViolation  `json:"more_violations,omitempty"`
	Bound          *int             `json:"bound,omitempty"`
	Proofs         []proofJSON      `json:"proofs,omitempty"`
	Lemmas         []lemmaJSON      `json:"lemmas,omitempty"`
	CTIs           []ctiJSON        `json:"ctis,omitempty"`
	Effort         *trace.Effort    `json:"effort,omitempty"`
	Coverage       []coverageJSON   `json:"coverage,omitempty"`
	Warnings       []warningJSON    `json:"warnings,omitempty"`
	Parts          []partJSON       `json:"parts,omitempty"`
	Notes          []string         `json:"notes,omitempty"`
	Message        string           `json:"message"`
	Error          *errorJSON       `json:"error,omitempty"`
	DurationMS     int64            `json:"duration_ms"`
	Solver         string           `json:"solver,omitempty"`
	Version        string           `json:"version,omitempty"`
}

// ResultType is what JSON writes, for those who describe it.
var ResultType = reflect.TypeFor[resultJSON]()

type violationJSON struct {
	Kind    trace.ViolationKind `json:"kind"`
	Name    string              `json:"name,omitempty"`
	Step    int                 `json:"step,omitempty"`
	Message string              `json:"message,omitempty"`
	Why     *explanationJSON    `json:"explanation,omitempty"`
}

type stepJSON struct {
	Step     int              `json:"step"`
	Action   string           `json:"action"`
	Location string           `json:"location,omitempty"`
	Line     string           `json:"log_line,omitempty"`
	State    valuejson.Object `json:"state_variables"`
}

// moreViolation is a violation after the first one (--max-errors).
type moreViolation struct {
	Violation  violationJSON `json:"violation"`
	ErrorTrace []stepJSON    `json:"error_trace,omitempty"`
	LoopStart  int           `json:"loop_start,omitempty"`
	Stuttering *bool         `json:"stuttering,omitempty"`
}

type proofJSON struct {
	Name        string     `json:"name"`
	K           int        `json:"k"`
	ForAny      []string   `json:"for_any,omitempty"`
	Lemmas      []string   `json:"lemmas,omitempty"`
	Needs       []needJSON `json:"needs,omitempty"`
	Certificate string     `json:"certificate,omitempty"`
}

type needJSON struct {
	Formula string `json:"formula"`
	Action  string `json:"action,omitempty"`
}

type lemmaJSON struct {
	Name     string     `json:"name"`
	Text     string     `json:"text"`
	Says     string     `json:"says,omitempty"`
	Supports []string   `json:"supports,omitempty"`
	Actions  []string   `json:"actions,omitempty"`
	Needs    []needJSON `json:"needs,omitempty"`
	Open     bool       `json:"open,omitempty"`
	For      string     `json:"for,omitempty"`
}

func needsJSON(ns []trace.Need) (out []needJSON) {
	for _, n := range ns {
		out = append(out, needJSON(n))
	}
	return out
}

func proofsJSON(ps []*trace.Proof) (out []proofJSON) {
	for _, p := range ps {
		out = append(out, proofJSON{p.Name, p.K, p.ForAny, p.Lemmas, needsJSON(p.Needs), p.Certificate})
	}
	return out
}

func lemmasJSON(ls []*trace.Lemma) (out []lemmaJSON) {
	for _, l := range ls {
		out = append(out, lemmaJSON{l.Name, l.Text, l.Says, l.Supports, l.Actions, needsJSON(l.Needs), l.Open, l.For})
	}
	return out
}

type partJSON struct {
	Name       string `json:"name"`
	Worker     string `json:"worker,omitempty"`
	Status     string `json:"status,omitempty"`
	Message    string `json:"message,omitempty"`
	DurationMS int64  `json:"duration_ms"`
}

type ctiJSON struct {
	Goal   string     `json:"goal"`
	Action string     `json:"action,omitempty"` // whose step breaks the goal
	Trace  []stepJSON `json:"trace"`
}

type warningJSON struct {
	Code    diag.Code `json:"code"`
	Message string    `json:"message"`
	At      string    `json:"at,omitempty"`
}

type errorJSON struct {
	Code    diag.Code     `json:"code,omitempty"`
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
	At      string        `json:"at,omitempty"`
	Snippet string        `json:"snippet,omitempty"`
	More    []*errorJSON  `json:"more,omitempty"`
	Related []relatedJSON `json:"related,omitempty"`
}

type relatedJSON struct {
	Message string `json:"message"`
	At      string `json:"at,omitempty"`
}

// JSON is the contract's result object, indented.
func (r *Report) JSON() ([]byte, error) {
	out := resultJSON{
		JobID: r.JobID, Spec: r.Spec, Status: r.Status.String(), Engine: r.Engine,
		Notes: r.Notes, Message: r.Headline(), DurationMS: r.Duration.Milliseconds(),
		Solver: r.Solver, Version: r.Version,
	}
	if c := r.Counts; c != nil {
		out.StatesExplored, out.DistinctStates, out.StatesLeft, out.Depth = &c.Generated, &c.Distinct, &c.Left, &c.Depth
	}
	out.OutDegree, out.Coverage = r.OutDegree, r.coverageJSON()
	if r.Effort != nil && r.Effort.Queries > 0 {
		out.Effort = r.Effort
	}
	if s := r.Simulated; s != nil {
		out.StatesExplored = &s.Generated
		out.Simulated = &simulatedJSON{s.Behaviours, s.Steps, s.Longest}
	}
	if r.BoundApplies() {
		out.Bound = &r.Bound
	}
	for i, v := range r.Violations {
		shown := r.violationJSON(v)
		if i > 0 {
			out.More = append(out.More, shown)
			continue
		}
		out.Violation, out.ErrorTrace = &shown.Violation, shown.ErrorTrace
		out.LoopStart, out.Stuttering = shown.LoopStart, shown.Stuttering
	}
	out.Proofs, out.Lemmas = proofsJSON(r.Proofs), lemmasJSON(r.Lemmas)
	for _, c := range r.CTIs {
		out.CTIs = append(out.CTIs, ctiJSON{Goal: c.Goal, Action: c.Action(), Trace: r.stepsJSON(c.Behaviour)})
	}
	for _, p := range r.Parts {
		out.Parts = append(out.Parts, partJSON{p.Name, p.Worker, p.Status, p.Message, p.Duration.Milliseconds()})
	}
	for _, w := range r.Warnings {
		out.Warnings = append(out.Warnings, warningJSON{w.Code, w.Message, r.place(w.Span)})
	}
	if r.Witness != nil {
		out.Witness = r.stepsJSON(r.Witness)
	}
	if r.Status == trace.Failed {
		out.Error = errorToJSON(r.Files, r.Err)
		if b := r.ErrBehaviour; b != nil {
			out.ErrorTrace = r.stepsJSON(b)
		}
	}
	return valuejson.Indented(out)
}

func (r *Report) violationJSON(v *trace.Violation) moreViolation {
	m := moreViolation{Violation: violationJSON{v.Kind, v.Name, v.Step, v.Message, r.explanationJSON(v.Explanation)}}
	if b := v.Behaviour; b != nil {
		m.ErrorTrace, m.LoopStart = r.stepsJSON(b), b.LoopStart
		if v.Kind == trace.Liveness {
			m.Stuttering = &b.Stuttering
		}
	}
	return m
}

func (r *Report) stepsJSON(b *trace.Behaviour) []stepJSON {
	out := make([]stepJSON, len(b.Steps))
	for i := range b.Steps {
		s := &b.Steps[i]
		out[i] = stepJSON{Step: i + 1, Action: s.Action, Location: r.place(s.Span), Line: s.Line, State: valuejson.Object{}}
		for _, v := range bindings(b, i) {
			out[i].State = append(out[i].State, valuejson.Field{Name: v.Name, Value: valuejson.Of(v.Value)})
		}
	}
	return out
}

func errorToJSON(files *source.Set, err error) *errorJSON {
	if err == nil {
		return &errorJSON{Message: "the run failed without saying why"}
	}
	list := diag.Of(err)
	if list == nil {
		return &errorJSON{Message: err.Error()}
	}
	first := diagnosticJSON(files, list[0])
	for _, more := range list[1:] {
		first.More = append(first.More, diagnosticJSON(files, more))
	}
	return first
}

func diagnosticJSON(files *source.Set, d *diag.Diagnostic) *errorJSON {
	e := &errorJSON{Code: d.Code, Message: d.Message, Hint: d.Hint,
		At: diag.Place(files, d.Span.Start), Snippet: diag.Snippet(files, d.Span)}
	for _, rel := range d.Related {
		e.Related = append(e.Related, relatedJSON{rel.Message, diag.Place(files, rel.Span.Start)})
	}
	return e
}
