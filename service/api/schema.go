package api

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/queue"
	"github.com/lemma-mc/lemma/service/session"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// jobSchema describes a job in JSON.
func jobSchema() *huma.Schema { return schemaOf(job.JSONSchema()) }

// schemaOf is s in huma's words.
func schemaOf(s *job.Schema) *huma.Schema {
	if s == nil {
		return nil
	}
	out := &huma.Schema{Type: s.Type, Description: s.Description, Items: schemaOf(s.Items), AdditionalProperties: s.Further}
	if further, ok := s.Further.(*job.Schema); ok {
		out.AdditionalProperties = schemaOf(further)
	}
	if s.Properties != nil {
		out.Properties = map[string]*huma.Schema{}
	}
	for name, field := range s.Properties {
		out.Properties[name] = schemaOf(field)
	}
	for _, one := range s.OneOf {
		out.OneOf = append(out.OneOf, schemaOf(one))
	}
	return out
}

var questionType = reflect.TypeFor[session.Question]()

// resultSchema describes a result. That of an open job has the same fields.
func resultSchema(api huma.API) *huma.Schema {
	r := api.OpenAPI().Components.Schemas
	r.RegisterTypeAlias(reflect.TypeFor[valuejson.Object](), reflect.TypeFor[map[string]any]())
	return r.Schema(show.ResultType, true, "Result")
}

func jsonBody(what string, s *huma.Schema) *huma.RequestBody {
	return &huma.RequestBody{Required: true, Description: what, Content: map[string]*huma.MediaType{"application/json": {Schema: s}}}
}

func jsonResponse(what string, s *huma.Schema) *huma.Response {
	return &huma.Response{Description: what, Content: map[string]*huma.MediaType{"application/json": {Schema: s}}}
}

// open is a job without a result.
type open struct {
	ID             string `json:"job_id"`
	Status         string `json:"status"`
	Engine         string `json:"engine,omitempty"`
	StatesExplored *int64 `json:"states_explored,omitempty"`
	DistinctStates *int64 `json:"distinct_states,omitempty"`
	StatesLeft     *int64 `json:"states_left,omitempty"`
	Depth          *int   `json:"depth,omitempty"`
	Parts          []part `json:"parts,omitempty"`
	Message        string `json:"message"`
	DurationMS     int64  `json:"duration_ms"`
}

// A part is one of a job that was divided.
type part struct {
	Name   string `json:"name"`
	Worker string `json:"worker,omitempty"`
	Status string `json:"status"`
}

// partsOf are the parts of an open job; none where it is not divided, or the
// database does not say.
func (a *API) partsOf(ctx context.Context, j *queue.Job) []part {
	if j.Status != queue.Running {
		return nil
	}
	text, standings, err := a.queue.Parts(ctx, j.ID)
	var plan job.Plan
	if err != nil || len(standings) == 0 || json.Unmarshal([]byte(text), &plan) != nil {
		return nil
	}
	var out []part
	for i, s := range plan.Shares() {
		out = append(out, part{s.Name, standings[i].Worker, standings[i].Status})
	}
	return out
}

// soFar is what is known of an open job.
func soFar(j *queue.Job, parts []part) []byte {
	out := open{ID: j.ID, Status: j.Status, Parts: parts, Message: "The job waits for a worker."}
	if j.Status == queue.Running {
		out.Message = "A worker runs the job."
		if e := eventOf(j); e != nil {
			out.Engine, out.Message, out.DurationMS = e.Engine, e.Message, e.ElapsedMS
			out.StatesExplored, out.DistinctStates, out.StatesLeft, out.Depth = e.StatesExplored, e.DistinctStates, e.StatesLeft, e.Depth
		}
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return append(text, '\n')
}

// eventOf is the last event of a job; nil for none.
func eventOf(j *queue.Job) *child.Event {
	var e child.Event
	if j.Progress == "" || json.Unmarshal([]byte(j.Progress), &e) != nil || e.Message == "" {
		return nil
	}
	return &e
}
