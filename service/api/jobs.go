package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lemma-mc/lemma/service/queue"
	"github.com/lemma-mc/lemma/service/worker"
)

type submitInput struct {
	Prefer  string `header:"Prefer" doc:"wait=N: wait up to N seconds for the result"`
	Key     string `header:"Idempotency-Key" maxLength:"255" doc:"a request that is sent again under the same key makes no second job"`
	RawBody []byte `contentType:"application/json"`
}

type jobInput struct {
	ID string `path:"id" maxLength:"64" doc:"job_id of the job"`
}

// A jobOutput is a job as the client sees it.
type jobOutput struct {
	Status     int
	Type       string `header:"Content-Type"`
	Location   string `header:"Location" doc:"where the job is"`
	ETag       string `header:"ETag" doc:"of a final result"`
	RetryAfter string `header:"Retry-After"`
	Applied    string `header:"Preference-Applied"`
	Exit       string `header:"Exit-Code" doc:"the exit code of lemma check for a final result"`
	Body       []byte
}

// longest is how long a request may wait for a result.
const longest = 10 * time.Minute

func (a *API) submit(ctx context.Context, in *submitInput) (*jobOutput, error) {
	if err := a.acceptable(in.RawBody); err != nil {
		return nil, err
	}
	j, err := a.queue.Submit(ctx, queue.Request{Client: clientOf(ctx), Key: in.Key, Text: string(in.RawBody), Most: a.MostOpen})
	switch {
	case errors.Is(err, queue.ErrTooMany):
		tooMany := huma.Error429TooManyRequests(fmt.Sprintf("you have %d jobs without a result, and may have no more; wait for some, or cancel them", a.MostOpen))
		return nil, huma.ErrorWithHeaders(tooMany, http.Header{"Retry-After": {"10"}})
	case errors.Is(err, queue.ErrKeyTaken):
		return nil, huma.Error409Conflict("this Idempotency-Key came before, with another body; use a new key for a new job")
	case err != nil:
		return nil, a.broken(ctx, "submit", err)
	}
	wait := preferredWait(in.Prefer)
	if wait > 0 {
		j = a.await(ctx, j, wait)
	}
	out := a.output(ctx, j)
	out.Location = "/api/v1/verify/job/" + j.ID
	if j.Open() {
		out.Status = http.StatusAccepted
	}
	if wait > 0 {
		out.Applied = fmt.Sprintf("wait=%d", int(wait.Seconds()))
	}
	return out, nil
}

// preferredWait reads Prefer: wait=N (RFC 7240). What it does not know it leaves
// aside, as a preference may be.
func preferredWait(prefer string) time.Duration {
	for p := range strings.FieldsFuncSeq(prefer, func(r rune) bool { return r == ',' || r == ';' }) {
		name, value, _ := strings.Cut(p, "=")
		n, err := strconv.Atoi(strings.Trim(strings.TrimSpace(value), `"`))
		if strings.EqualFold(strings.TrimSpace(name), "wait") && err == nil && n > 0 {
			return min(time.Duration(min(n, 1<<20))*time.Second, longest)
		}
	}
	return 0
}

// await returns the job when it is finished, or as it is after the time.
func (a *API) await(ctx context.Context, j *queue.Job, wait time.Duration) *queue.Job {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for pause := firstLook; j.Open(); pause = min(pause*3/2, lastLook) {
		if !a.sleep(ctx, pause) {
			return j
		}
		if now, err := a.queue.Get(ctx, j.Client, j.ID); err == nil {
			j = now
		}
	}
	return j
}

// How soon, and how often in the end, a waiting handler looks at a job.
const (
	firstLook = 20 * time.Millisecond
	lastLook  = 500 * time.Millisecond
)

// sleep waits; false when the request or the service ends before.
func (a *API) sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
	case <-a.closing.Done():
	case <-time.After(d):
		return true
	}
	return false
}

type getInput struct {
	ID     string `path:"id" maxLength:"64" doc:"job_id of the job"`
	Match  string `header:"If-None-Match" doc:"the ETag of a result that is known: 304 when it is still the same"`
	Format string `query:"format" enum:"json,text,junit,sarif,github,view" default:"json" doc:"the form of a final result; view has the behaviours with exact values, for the explorer"`
}

// types are the media types of the forms.
var types = map[string]string{"text": "text/plain; charset=utf-8", "github": "text/markdown; charset=utf-8", "junit": "application/xml", "sarif": "application/sarif+json", "view": "application/json"}

func (a *API) get(ctx context.Context, in *getInput) (*jobOutput, error) {
	j, err := a.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := a.output(ctx, j)
	if !j.Open() && in.Format != "json" {
		text, err := a.queue.Shown(ctx, j.ID, in.Format)
		if err != nil {
			return nil, a.broken(ctx, "show", err)
		}
		out.Type, out.ETag, out.Body = types[in.Format], tagOf([]byte(text)), []byte(text)
	}
	if out.ETag != "" && matches(in.Match, out.ETag) {
		return &jobOutput{Status: http.StatusNotModified, ETag: out.ETag}, nil
	}
	return out, nil
}

func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}

func (a *API) cancel(ctx context.Context, in *jobInput) (*jobOutput, error) {
	j, err := a.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	answer := worker.Cancelled(j.ID, a.Version)
	f := queue.Final{Status: answer.Status, Result: answer.Result, Exit: answer.Exit, Shown: answer.Shown}
	if err := a.queue.Cancel(ctx, j, f); err != nil {
		return nil, a.broken(ctx, "cancel", err)
	}
	if j, err = a.find(ctx, in.ID); err != nil {
		return nil, err
	}
	return a.output(ctx, j), nil
}

// find is the client's job, or a problem.
func (a *API) find(ctx context.Context, id string) (*queue.Job, error) {
	j, err := a.queue.Get(ctx, clientOf(ctx), id)
	switch {
	case errors.Is(err, queue.ErrNotFound):
		return nil, huma.Error404NotFound("there is no job " + id + "; results are kept for a while only")
	case err != nil:
		return nil, a.broken(ctx, "find", err)
	}
	return j, nil
}

func (a *API) output(ctx context.Context, j *queue.Job) *jobOutput {
	out := &jobOutput{Status: http.StatusOK, Type: "application/json"}
	if j.Open() {
		out.Body, out.RetryAfter = soFar(j, a.partsOf(ctx, j)), "1"
		return out
	}
	out.Body, out.Exit = []byte(j.Result), strconv.Itoa(j.Exit)
	out.ETag = tagOf(out.Body)
	return out
}

// tagOf is the ETag of a body.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// broken is the problem of a service that cannot answer; the log says why.
func (a *API) broken(ctx context.Context, what string, err error) error {
	if ctx.Err() == nil {
		a.Log.Error("a request failed", "what", what, "err", err)
	}
	p := huma.Error503ServiceUnavailable("the database of the service does not answer; try again")
	return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {"2"}})
}

// request is the job as it came.
func (a *API) request(ctx context.Context, in *jobInput) (*jobOutput, error) {
	j, err := a.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &jobOutput{Status: http.StatusOK, Type: "application/json", Body: []byte(j.Request)}, nil
}

// named is what a job in JSON calls its spec, and its engine.
func named(request string) (spec, engine string) {
	var j struct {
		Model  string `json:"model_name"`
		Root   string `json:"root_module"`
		Engine string `json:"engine"`
	}
	_ = json.Unmarshal([]byte(request), &j) // it was read before it was taken
	return cmp.Or(strings.TrimSuffix(j.Root, ".tla"), j.Model), j.Engine
}

type listInput struct {
	Limit  int   `query:"limit" default:"20" minimum:"1" maximum:"200" doc:"how many"`
	Cursor int64 `query:"cursor" minimum:"0" doc:"next_cursor of the page before"`
}

type listOutput struct {
	Body struct {
		Jobs []summary `json:"jobs" nullable:"false"`
		Next int64     `json:"next_cursor,omitempty" doc:"cursor of the next page; absent on the last one"`
	}
}

type summary struct {
	ID       string     `json:"job_id"`
	Spec     string     `json:"spec,omitempty" doc:"root_module or model_name of the job; absent for a very large one"`
	Engine   string     `json:"engine,omitempty" doc:"the engine that the job names"`
	Status   string     `json:"status"`
	Created  time.Time  `json:"created_at"`
	Finished *time.Time `json:"finished_at,omitempty"`
}

func (a *API) list(ctx context.Context, in *listInput) (*listOutput, error) {
	jobs, err := a.queue.List(ctx, clientOf(ctx), in.Cursor, in.Limit+1)
	if err != nil {
		return nil, a.broken(ctx, "list", err)
	}
	out := &listOutput{}
	out.Body.Jobs = []summary{}
	for i, j := range jobs {
		if i == in.Limit {
			out.Body.Next = jobs[i-1].Seq
			break
		}
		s := summary{ID: j.ID, Status: j.Status, Created: j.Created.Time}
		s.Spec, s.Engine = named(j.Request)
		if !j.Open() {
			s.Finished = &j.Finished.Time
		}
		out.Body.Jobs = append(out.Body.Jobs, s)
	}
	return out, nil
}
