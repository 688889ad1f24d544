package service_test

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// module is a job with one module of that text.
func module(text, more string) string {
	body, err := json.Marshal(map[string]any{"M.tla": "---- MODULE M ----\n" + text + "\n===="})
	if err != nil {
		panic(err)
	}
	return `{"modules": ` + string(body) + `, "root_module": "M", "engine": "explicit", "timeout_seconds": 2` + more + `}`
}

// TestRefused sends what is no job: a problem each, and the service goes on.
func TestRefused(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "0")
	deep := strings.Repeat("[", 100_000)
	tests := []struct {
		name, body string
		status     int
		says       string
	}{
		{"empty", "", 400, ""},
		{"no JSON", "{", 400, "body"},
		{"not UTF-8", "{\"model_name\": \"\xff\"}", 400, "UTF-8"},
		{"deep, open", deep, 400, ""},
		{"deep", `{"constants": {"C": ` + deep + strings.Repeat("]", 100_000) + `}}`, 400, "1000 deep"},
		{"huge", `{"model_name": "` + strings.Repeat("x", 100<<20) + `"}`, 413, ""},
		{"an array", "[]", 422, "an object"},
		{"unknown field", `{"model_nam": "LeaderElection"}`, 422, "did you mean model_name?"},
		{"unknown spec", `{"model_name": "Nothing"}`, 422, "/api/v1/models"},
		{"out of the specs", `{"model_name": "../specs/LeaderElection"}`, 422, "bundled"},
		{"no spec", `{}`, 422, "model_name"},
		{"no root", `{"modules": {"A.tla": ""}}`, 422, "root_module"},
		{"a program", `{"model_name": "LeaderElection", "engine": "bmc", "solver": "smtlib:/bin/sh"}`, 422, "allows"},
		{"contradiction", `{"model_name": "LeaderElection", "engine": "explicit", "depth": 3}`, 422, "depth"},
		{"a flag for files", `{"model_name": "LeaderElection", "trace_out": "x.json"}`, 422, "trace_out"},
		{"not a number", `{"model_name": "LeaderElection", "timeout_seconds": 1e999}`, 422, "timeout_seconds"},
	}
	for _, tt := range tests {
		a, err := s.ask("POST", jobs, tt.body)
		if err != nil {
			if tt.status == 413 { // the server need not read to the end
				continue
			}
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if a.StatusCode != tt.status || a.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(a.text, tt.says) {
			t.Errorf("%s: %d %s, want %d with %q: %.500s", tt.name, a.StatusCode, a.Header.Get("Content-Type"), tt.status, tt.says, a.text)
		}
	}
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		headers                  []string
	}{
		{"no such job", "GET", jobs + "/none", "", 404, nil},
		{"no such job to cancel", "DELETE", jobs + "/none", "", 404, nil},
		{"events of no job", "GET", jobs + "/none/events", "", 404, nil},
		{"nothing there", "GET", "/api/v2", "", 404, nil},
		{"another method", "PUT", jobs, lesson, 405, nil},
		{"a form that there is not", "GET", jobs + "/none?format=pdf", "", 422, nil},
		{"a page of none", "GET", "/api/v1/verify/jobs?limit=0", "", 422, nil},
		{"a cursor that is none", "GET", "/api/v1/verify/jobs?cursor=x", "", 422, nil},
		{"a long key", "POST", jobs, lesson, 422, []string{"Idempotency-Key", strings.Repeat("k", 300)}},
		{"another site's page", "POST", jobs, lesson, 403, []string{"Origin", "http://elsewhere.example", "Sec-Fetch-Site", "cross-site"}},
		{"a text", "POST", jobs, "hello", 400, []string{"Content-Type", "text/plain"}},
	} {
		a := s.mustAsk(tt.method, tt.path, tt.body, tt.headers...)
		if a.StatusCode != tt.status || a.Header.Get("Content-Type") != "application/problem+json" || a.field(s, "detail") == nil {
			t.Errorf("%s: %d, want %d: %s %s", tt.name, a.StatusCode, tt.status, a.Header.Get("Content-Type"), a.text)
		}
	}
}

// TestHostile runs specs that want what they may not have: each ends, and the
// service goes on.
func TestHostile(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "2", "--max-memory", "300MB", "--max-timeout", "20s")
	one := "\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1"
	tests := []struct {
		name, body string
		statuses   string
		not        string // what the result must not hold
	}{
		{"loops for ever", module("EXTENDS Naturals"+one, ""), "LIMIT_REACHED", ""},
		{"recursion without end", module("EXTENDS Naturals\nRECURSIVE F(_)\nF(n) == F(n + 1)\nASSUME F(0) = 1"+one, ""), "LIMIT_REACHED ERROR", ""},
		{"allocates", module("EXTENDS Naturals, Sequences\nVARIABLE x\nInit == x = <<1>>\nNext == x' = x \\o x", ""), "LIMIT_REACHED ERROR", ""},
		{"a set of sets", module("EXTENDS Naturals, FiniteSets\nASSUME \\A S \\in SUBSET (1..60) : S # {61}"+one, ""), "LIMIT_REACHED ERROR", ""},
		{"deep expression", module("EXTENDS Naturals\nD == "+strings.Repeat("(", 10_000)+"1"+strings.Repeat(")", 10_000)+one, ""), "ERROR LIMIT_REACHED", ""},
		{"reads a file", module("EXTENDS Naturals, Json, TLC\nASSUME PrintT(ndJsonDeserialize(\"/etc/passwd\"))"+one, ""), "ERROR", "root:"},
		{"reads the environment", module("EXTENDS Naturals, IOUtils, TLC\nASSUME PrintT(IOEnv.PATH)"+one, ""), "ERROR", "/bin"},
		{"runs a program", module("EXTENDS Naturals, IOUtils, TLC\nASSUME IOExec(<<\"touch\", \"/tmp/lemma-was-here\">>).exitValue = 0"+one, ""), "ERROR", ""},
		{"a module from disk", `{"root_module": "/etc/passwd", "modules": {"A.tla": ""}}`, "ERROR", "root:"},
		{"a config from disk", module(one, `, "config": "/etc/passwd"`), "ERROR", "root:"},
		{"many threads", module("EXTENDS Naturals"+one, `, "worker_threads": 1000000`), "LIMIT_REACHED", ""},
	}
	where := make([]string, len(tests))
	for i, tt := range tests {
		a := s.mustAsk("POST", jobs, tt.body)
		where[i] = a.Header.Get("Location")
		if a.StatusCode != 202 {
			t.Fatalf("%s: %d %s", tt.name, a.StatusCode, a.text)
		}
	}
	s.neverReads(where[0])
	for i, tt := range tests {
		var a *answer
		s.until(tt.name+" ends", func() bool {
			a = s.mustAsk("GET", where[i], "")
			return a.Header.Get("ETag") != ""
		})
		status, _ := a.field(s, "status").(string)
		if !strings.Contains(tt.statuses, status) || tt.not != "" && strings.Contains(a.text, tt.not) {
			t.Errorf("%s: %s, want %s\n%s", tt.name, status, tt.statuses, a.text)
		}
		t.Logf("%s: %s: %v", tt.name, status, a.field(s, "message"))
	}
	if a := s.mustAsk("POST", jobs, lesson, "Prefer", "wait=60"); a.field(s, "status") != "VIOLATION_FOUND" {
		t.Errorf("afterwards: %s", a.text)
	}
}

// TestHungrySolver: a solver that takes all the memory that it gets ends its own job,
// with a clear result, while another one goes on.
func TestHungrySolver(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "2", "--max-memory", "300MB", "--allow-solver", "tail /dev/zero")
	beside := s.mustAsk("POST", jobs, forever)
	hungry := `{"model_name": "LeaderElection", "engine": "bmc", "solver": "smtlib:tail /dev/zero"}`
	a := s.mustAsk("POST", jobs, hungry, "Prefer", "wait=60")
	if message, _ := a.field(s, "message").(string); a.field(s, "status") != "LIMIT_REACHED" || !strings.Contains(message, "memory limit") {
		t.Errorf("a hungry solver: %s", a.text)
	}
	if now := s.mustAsk("GET", beside.Header.Get("Location"), ""); now.field(s, "status") != "RUNNING" {
		t.Errorf("the job beside it: %s", now.text)
	}
	if a := s.mustAsk("POST", jobs, lesson, "Prefer", "wait=60"); a.field(s, "status") != "VIOLATION_FOUND" {
		t.Errorf("afterwards: %s", a.text)
	}
}

// neverReads asks for events and does not read them.
func (s *site) neverReads(where string) {
	u, err := url.Parse(s.url)
	if err != nil {
		s.Fatal(err)
	}
	for range 50 {
		c, err := net.Dial("tcp", u.Host)
		if err != nil {
			s.Fatal(err)
		}
		s.Cleanup(func() { c.Close() })
		_, _ = c.Write([]byte("GET " + where + "/events HTTP/1.1\r\nHost: " + u.Host + "\r\n\r\n"))
	}
}

// TestTokens asks with and without a token, and for another client's job.
func TestTokens(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "0", "--max-open", "2", "--tokens", s.file("tokens", "# clients\nann 0123456789abcdef\nbob fedcba9876543210\n"))
	ann, bob := []string{"Authorization", "Bearer 0123456789abcdef"}, []string{"Authorization", "Bearer fedcba9876543210"}
	if a := s.mustAsk("POST", jobs, lesson); a.StatusCode != http.StatusUnauthorized || a.Header.Get("WWW-Authenticate") == "" {
		t.Errorf("without a token: %d", a.StatusCode)
	}
	a := s.mustAsk("POST", jobs, lesson, ann...)
	if a.StatusCode != http.StatusAccepted {
		t.Errorf("with a token: %d %s", a.StatusCode, a.text)
	}
	where := a.Header.Get("Location")
	if a := s.mustAsk("GET", where, "", bob...); a.StatusCode != http.StatusNotFound {
		t.Errorf("another client's job: %d", a.StatusCode)
	}
	if a := s.mustAsk("GET", where, "", ann...); a.StatusCode != http.StatusOK {
		t.Errorf("one's own job: %d", a.StatusCode)
	}
	s.mustAsk("POST", jobs, lesson, ann...)
	if a := s.mustAsk("POST", jobs, lesson, ann...); a.StatusCode != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "" {
		t.Errorf("past the quota: %d %s", a.StatusCode, a.text)
	}
	s.mustAsk("DELETE", where, "", ann...)
	if a := s.mustAsk("POST", jobs, lesson, ann...); a.StatusCode != http.StatusAccepted {
		t.Errorf("after a cancellation: %d %s", a.StatusCode, a.text)
	}
}

// FuzzBody: whatever the body, the answer is a job or a problem.
func FuzzBody(f *testing.F) {
	s := newSite(f, "")
	s.serve("--jobs", "0", "--max-open", "0")
	for _, body := range []string{lesson, forever, `{}`, `[1, {"a": null}]`, `{"constants": {"C": {"a": [1, [true]]}}, "model_name": "LeaderElection"}`} {
		f.Add([]byte(body))
	}
	client := &http.Client{Timeout: 20 * time.Second}
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := client.Post(s.url+jobs, "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		var said struct {
			ID     string `json:"job_id"`
			Detail string `json:"detail"`
		}
		if err := json.NewDecoder(r.Body).Decode(&said); err != nil {
			t.Fatal(err)
		}
		switch r.StatusCode {
		case 202:
			if said.ID == "" {
				t.Error("a job without a number")
			}
		case 400, 413, 422:
			if said.Detail == "" {
				t.Error("a problem that says nothing")
			}
		default:
			t.Errorf("status %d for %q", r.StatusCode, body)
		}
	})
}
