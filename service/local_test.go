package service_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/lemma-mc/lemma/internal/browser"
	"github.com/lemma-mc/lemma/service/api"
)

// locksView is a behaviour of two steps as show.Report.View writes it.
const locksView = `{"spec": "TwoLocks", "headline": "A saved behaviour", "traces": [{"kind": "", "title": "", "vars": ["holds", "done"], "processes": [{"#model": "p1"}, {"#model": "p2"}],
	"steps": [{"action": "InitialState", "values": {"holds": {"#map": [[{"#model": "p1"}, false], [{"#model": "p2"}, false]]}, "done": {"#map": [[{"#model": "p1"}, false], [{"#model": "p2"}, false]]}}},
	{"action": "Take(p1)", "by": 0, "values": {"holds": {"#map": [[{"#model": "p1"}, true], [{"#model": "p2"}, false]]}}}]}]}`

// TestLocal opens a behaviour without a service, evaluates in it and goes on by hand.
func TestLocal(t *testing.T) {
	l := &api.Local{Job: json.RawMessage(twoLocksJob("")), View: json.RawMessage(locksView)}
	server := httptest.NewServer(l.Handler())
	defer server.Close()
	t.Run("browser", func(t *testing.T) {
		tab := browser.Open(t)
		tab.Go(server.URL+api.LocalPage, ".trace .vars")
		tab.UntilText(".state-head", "Take(p1)")
		tab.Type(".trace .watch input", `{p \in Process : holds[p]}`+kb.Enter)
		tab.UntilText(".vars .watched td", "{p1}")
		tab.Accessible("a behaviour on one's own machine")
		tab.Click(".state-tools button")
		tab.UntilText(".hand-next h2", "Steps from state 2")
		tab.UntilText(".hand-next", "Finish(p1)")
		tab.Click(".top nav a")
		tab.UntilText("main", "A saved behaviour")
	})
	for _, tt := range []struct {
		host, path, body string
		status           int
		holds            string
	}{
		{"", "initial", `{"job": ` + string(l.Job) + `}`, 200, `"InitialState"`},
		{"", "initial", `{"job": ` + string(l.Job) + `, "state": {}}`, 422, "no field state"},
		{"", "initial", `{}`, 422, "names no job"},
		{"", "initial", `{`, 400, "no JSON"},
		{"", "nothing", `{"job": {}}`, 404, "no question"},
		{"evil.example", "initial", `{}`, 421, "this machine"},
	} {
		r, err := http.NewRequest("POST", server.URL+"/api/v1/explore/"+tt.path, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = tt.host
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(a.Body)
		a.Body.Close()
		if err != nil || a.StatusCode != tt.status || !strings.Contains(string(text), tt.holds) {
			t.Errorf("%s %s: %d %s, %v", tt.path, tt.body, a.StatusCode, text, err)
		}
	}
}
