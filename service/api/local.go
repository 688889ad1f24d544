package api

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lemma-mc/lemma/service/session"
	"github.com/lemma-mc/lemma/web"
)

// localTime is how long a question of a Local may take.
const localTime = time.Minute

// Local has the pages for one user, who looks at one behaviour of his own spec on his
// own machine: they begin at LocalPage with the behaviour, and go on by hand from it.
// There are no jobs. Questions are answered in this process, one at a time: the user
// trusts what he runs.
type Local struct {
	// Job is the spec, as a job in JSON that brings its modules along (Task.Pack);
	// View the behaviours, as show.Report.View writes them.
	Job, View json.RawMessage

	mu      sync.Mutex
	session session.Inside
}

// LocalPage is where the pages of a Local begin.
const LocalPage = "/#/local"

// Handler answers the requests of the pages, that come to this machine by one of its
// own names.
func (l *Local) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", web.Handler())
	mux.Handle("GET "+web.Assets, web.Handler())
	mux.HandleFunc("GET /api/v1/local", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, map[string]json.RawMessage{"job": l.Job, "view": l.View})
	})
	mux.HandleFunc("POST "+exploring+"{kind}", l.asked)
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocal(r.Host) { // a name of somebody else's that leads here
			problem(w, http.StatusMisdirectedRequest, "these pages are for this machine alone")
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (l *Local) asked(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the browser is gone
	}
	q, err := readQuestion(session.Kind(r.PathValue("kind")), body)
	var p huma.StatusError
	if errors.As(err, &p) {
		problem(w, p.GetStatus(), p.Error())
		return
	}
	q.Milliseconds = localTime.Milliseconds()
	text, err := json.Marshal(q)
	if err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	answer, whole := l.session.Reply(r.Context(), text)
	if !whole { // something goes on with what it has loaded
		l.session = session.Inside{}
	}
	writeJSON(w, answer)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the browser may be gone
}
