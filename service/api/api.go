// Package api is the service's HTTP interface: jobs come in, results go out.
//
// The handlers are registered with huma, which makes the OpenAPI document of them;
// the body of a request and the result are described by the schema of package job
// and the types of package show, so that nothing is listed twice. A job that
// cannot be right is refused at once, with a problem (RFC 9457) that lists every
// mistake with its place; whatever is found later is in its result.
//
// The package knows the queue alone. A handler that waits looks at the row again
// and again: the worker may be on another machine.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/queue"
	"github.com/lemma-mc/lemma/service/session"
	"github.com/lemma-mc/lemma/web"
)

// A Config says what the interface allows.
type Config struct {
	Version  string
	Tokens   Tokens // who may ask; none: everybody, as one client
	MostOpen int    // jobs that a client may have without a result
	MaxBody  int64  // bytes of a request
	Limits   child.Limits
	Sessions *session.Pool // for exploring by hand; nil: there is none
	Log      *slog.Logger
}

// An API answers requests.
type API struct {
	Config
	queue   *queue.Queue
	metrics *Metrics
	closing context.Context
}

// A Monitor answers for a process that takes no jobs by HTTP: health, readiness and
// metrics, which tell nothing of jobs but numbers.
func Monitor(closing context.Context, q *queue.Queue, m *Metrics, c Config) http.Handler {
	a := &API{Config: c, queue: q, metrics: m, closing: closing}
	mux := http.NewServeMux()
	config := huma.DefaultConfig("lemma worker", c.Version)
	config.DocsPath, config.SchemasPath, config.OpenAPIPath, config.CreateHooks = "", "", "", nil
	a.registerHealth(humago.New(mux, config))
	mux.Handle("GET /metrics", m.handler(a))
	return a.logged(recovered(c.Log, routed(mux)))
}

// New returns the interface to the queue. Requests that wait end with closing.
func New(closing context.Context, q *queue.Queue, m *Metrics, c Config) http.Handler {
	a := &API{Config: c, queue: q, metrics: m, closing: closing}
	mux := http.NewServeMux()
	config := huma.DefaultConfig("lemma", c.Version)
	config.Info.Description = "Verification jobs: TLA+ and PlusCal specs in, counterexamples and proofs out."
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil
	api := humago.New(mux, config)
	a.register(api)
	mux.Handle("GET /metrics", m.handler(a))
	mux.Handle("GET /{$}", web.Handler())
	mux.Handle("GET "+web.Assets, web.Handler())
	return a.logged(recovered(c.Log, sameOrigin(a.authenticated(routed(mux)))))
}

// register makes the operations.
func (a *API) register(api huma.API) {
	operation := func(method, path, id, summary string, errors ...int) huma.Operation {
		return huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Errors: errors, MaxBodyBytes: a.MaxBody}
	}
	const jobs = "/api/v1/verify/job"
	result := resultSchema(api)
	submit := operation(http.MethodPost, jobs, "submit-job", "Check a spec", 400, 401, 409, 413, 422, 429)
	submit.DefaultStatus = http.StatusAccepted
	submit.BodyReadTimeout = time.Minute
	submit.SkipValidateBody = true // job.Parse does, with places
	submit.RequestBody = jsonBody("A job in JSON.", jobSchema())
	submit.Responses = map[string]*huma.Response{
		"200": jsonResponse("The result, for a client that waited.", result),
		"202": jsonResponse("The job is in the queue.", result),
	}
	huma.Register(api, submit, a.submit)
	get := operation(http.MethodGet, jobs+"/{id}", "get-job", "The result so far", 401, 404)
	get.Responses = map[string]*huma.Response{"200": jsonResponse("The result so far: QUEUED, RUNNING with counts, or final.", result)}
	huma.Register(api, get, a.get)
	cancel := operation(http.MethodDelete, jobs+"/{id}", "cancel-job", "Cancel a job", 401, 404)
	cancel.DefaultStatus = http.StatusOK
	cancel.Responses = get.Responses
	huma.Register(api, cancel, a.cancel)
	a.registerEvents(api, operation(http.MethodGet, jobs+"/{id}/events", "job-events", "Progress as server-sent events", 401, 404))
	request := operation(http.MethodGet, jobs+"/{id}/request", "get-job-request", "The job as it came", 401, 404)
	request.Responses = map[string]*huma.Response{"200": jsonResponse("The job in JSON.", jobSchema())}
	huma.Register(api, request, a.request)
	huma.Register(api, operation(http.MethodGet, "/api/v1/verify/jobs", "list-jobs", "Jobs, newest first", 401, 422), a.list)
	huma.Register(api, operation(http.MethodGet, "/api/v1/models", "list-models", "The bundled specs", 401), models)
	huma.Register(api, operation(http.MethodGet, "/api/v1/models/{name}", "get-model", "The texts of a bundled spec", 401, 404), bundledModel)
	a.registerExploring(api)
	a.registerHealth(api)
}

func (a *API) registerHealth(api huma.API) {
	huma.Register(api, huma.Operation{Method: http.MethodGet, Path: healthPath, OperationID: "health", Summary: "The process runs"}, health)
	huma.Register(api, huma.Operation{Method: http.MethodGet, Path: readyPath, OperationID: "ready", Summary: "Jobs can be taken", Errors: []int{503}}, a.ready)
}
