package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lemma-mc/lemma/service/session"
)

// Exploring by hand: questions about a job that need no run. Each request brings the
// whole job and the state that it is about; what the server keeps of it is a process
// that has the spec loaded, for a while (package session).

const exploring = "/api/v1/explore/"

// questions are the kinds of questions, with the fields that each has beside the job.
var questions = []struct {
	kind    session.Kind
	summary string
	fields  []string
}{
	{session.Diagnose, "What is wrong in a spec and its config", nil},
	{session.Initial, "The initial states", nil},
	{session.Successors, "The steps from a state", []string{"state", "level"}},
	{session.Evaluate, "An expression in each state of a behaviour", []string{"expression", "states", "loop"}},
	{session.Explain, "Why a formula is true or false in each state of a behaviour", []string{"expression", "states", "loop"}},
	{session.Graph, "A part of the state graph", []string{"from", "limit"}},
}

// registerExploring makes an operation of each kind of question.
func (a *API) registerExploring(api huma.API) {
	if a.Sessions == nil {
		return
	}
	for _, k := range questions {
		op := huma.Operation{Method: http.MethodPost, Path: exploring + string(k.kind), OperationID: "explore-" + string(k.kind),
			Summary: k.summary, Errors: []int{400, 401, 413, 422, 503}, MaxBodyBytes: a.MaxBody, SkipValidateBody: true}
		op.Responses = map[string]*huma.Response{"200": jsonResponse("The answer; a problem of the spec is part of it.", answerSchema(api))}
		op.RequestBody = jsonBody("A job, and what is asked about it.", questionSchema(api, k.fields))
		huma.Register(api, op, a.asked(k.kind))
	}
}

// questionSchema describes the body of a question that has some of the fields.
func questionSchema(api huma.API, fields []string) *huma.Schema {
	all := api.OpenAPI().Components.Schemas
	out := &huma.Schema{Type: huma.TypeObject, Required: []string{"job"}, AdditionalProperties: false,
		Properties: map[string]*huma.Schema{"job": jobSchema()}}
	whole := all.SchemaFromRef(all.Schema(questionType, true, "Question").Ref)
	for _, f := range fields {
		out.Properties[f] = whole.Properties[f]
	}
	return out
}

type questionInput struct {
	RawBody []byte `contentType:"application/json"`
}

type answerOutput struct {
	Type string `header:"Content-Type"`
	Body []byte
}

func answerSchema(api huma.API) *huma.Schema {
	return api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[session.Answer](), true, "ExploreAnswer")
}

// asked answers requests with questions of a kind.
func (a *API) asked(kind session.Kind) func(context.Context, *questionInput) (*answerOutput, error) {
	return func(ctx context.Context, in *questionInput) (*answerOutput, error) {
		q, err := readQuestion(kind, in.RawBody)
		if err != nil {
			return nil, err
		}
		answer, err := a.Sessions.Ask(ctx, clientOf(ctx), q)
		switch {
		case errors.Is(err, session.ErrBusy):
			busy := huma.Error503ServiceUnavailable("others are exploring; try again in a moment")
			return nil, huma.ErrorWithHeaders(busy, http.Header{"Retry-After": {"1"}})
		case err != nil:
			if ctx.Err() == nil {
				a.Log.Error("a request failed", "what", "explore", "err", err)
			}
			return nil, huma.Error503ServiceUnavailable("no process for the spec could be started; try again")
		}
		return &answerOutput{"application/json", answer}, nil
	}
}

// readQuestion reads the body of a request. A field that a question of the kind does
// not have is refused. The error is a problem.
func readQuestion(kind session.Kind, body []byte) (q session.Question, err error) {
	fields, ok := fieldsOf(kind)
	if !ok {
		return q, huma.Error404NotFound("there is no question " + string(kind))
	}
	var given map[string]json.RawMessage
	if err := json.Unmarshal(body, &given); err != nil {
		return q, huma.Error400BadRequest("the body is no JSON object: " + err.Error())
	}
	for name := range given {
		if name != "job" && !slices.Contains(fields, name) {
			return q, huma.Error422UnprocessableEntity("a question of this kind has no field " + name)
		}
	}
	if q, err = session.Decode(body); err != nil {
		return q, huma.Error422UnprocessableEntity("the question cannot be read: " + err.Error())
	}
	if len(q.Job) == 0 {
		return q, huma.Error422UnprocessableEntity(`the question names no job: give it under "job", as for POST /api/v1/verify/job`)
	}
	q.Kind = kind
	return q, nil
}

func fieldsOf(kind session.Kind) (fields []string, ok bool) {
	for _, k := range questions {
		if k.kind == kind {
			return k.fields, true
		}
	}
	return nil, false
}
