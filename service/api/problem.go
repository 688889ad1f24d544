package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// problem writes a problem (RFC 9457) outside of huma's operations.
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail})
}

// sameOrigin refuses what pages of other sites have a browser send.
func sameOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		problem(w, http.StatusForbidden, "a page of another site may not ask this service for anything but what can be read")
	}))
	return p.Handler(next)
}

// routed is mux, with problems for what it has no handler for.
func routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		head := &headOnly{header: w.Header(), status: http.StatusNotFound}
		h.ServeHTTP(head, r)
		switch head.status {
		case http.StatusNotFound:
			problem(w, head.status, fmt.Sprintf("there is nothing at %s; /openapi.json lists what there is", r.URL.Path))
		case http.StatusMethodNotAllowed:
			problem(w, head.status, fmt.Sprintf("%s is not possible at %s; it allows %s", r.Method, r.URL.Path, w.Header().Get("Allow")))
		default: // a redirection
			w.WriteHeader(head.status)
		}
	})
}

// A headOnly takes the head of an answer, and drops its body.
type headOnly struct {
	header http.Header
	status int
}

func (h *headOnly) Header() http.Header         { return h.header }
func (h *headOnly) Write(p []byte) (int, error) { return len(p), nil }
func (h *headOnly) WriteHeader(status int)      { h.status = status }
