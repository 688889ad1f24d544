package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/queue"
)

// A progressed event tells how far the job is.
type progressed child.Event

// A finished event holds the result.
type finished json.RawMessage

// MarshalJSON writes the result as it is.
func (f finished) MarshalJSON() ([]byte, error) { return f, nil }

// A waiting event tells that the connection lives.
type waiting struct {
	Status string `json:"status"`
}

// alive is the longest time without an event.
const alive = 15 * time.Second

// registerEvents makes the stream of events: "status" at each change and at least
// every 15 seconds, "progress", and "result" as the last one. A client that does
// not read is cut off by the time limit for a write.
func (a *API) registerEvents(api huma.API, op huma.Operation) {
	a.requireJob(&op, api)
	types := map[string]any{"status": waiting{}, "progress": progressed{}, "result": finished{}}
	sse.Register(api, op, types, func(ctx context.Context, in *jobInput, send sse.Sender) {
		j, err := a.find(ctx, in.ID)
		if err != nil {
			return
		}
		s := stream{send: send}
		for s.tell(j) && j.Open() && a.sleep(ctx, lastLook/2) {
			if now, err := a.queue.Get(ctx, j.Client, j.ID); err == nil {
				j = now
			}
		}
	})
}

// requireJob answers 404 before the stream begins.
func (a *API) requireJob(op *huma.Operation, api huma.API) {
	op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
		if _, err := a.find(ctx.Context(), ctx.Param("id")); err != nil {
			status := 503
			if s, ok := err.(huma.StatusError); ok {
				status = s.GetStatus()
			}
			_ = huma.WriteErr(api, ctx, status, err.Error())
			return
		}
		next(ctx)
	})
}

// A stream is what one client has been told.
type stream struct {
	send     sse.Sender
	status   string
	progress string
	last     time.Time
}

// tell sends what is new about j; false when the client is gone.
func (s *stream) tell(j *queue.Job) bool {
	var news []any
	if e := eventOf(j); e != nil && j.Progress != s.progress {
		s.progress = j.Progress
		news = append(news, progressed(*e))
	}
	if j.Status != s.status || len(news) == 0 && time.Since(s.last) > alive {
		s.status = j.Status
		news = append(news, waiting{j.Status})
	}
	if !j.Open() {
		news = append(news, finished(j.Result))
	}
	for _, e := range news {
		if s.send.Data(e) != nil {
			return false
		}
		s.last = time.Now()
	}
	return true
}
