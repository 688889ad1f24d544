package service_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/internal/testprogram"
)

// lemma is the program, built once.
var lemma string

func TestMain(m *testing.M) { testprogram.Main(m, &lemma) }

// A site is where the processes of one test run.
type site struct {
	testing.TB
	url   string // of the API, since serve
	data  string
	files string // folder for file
	db    string // URL; "" for SQLite
}

func newSite(t testing.TB, db string) *site {
	return &site{TB: t, data: t.TempDir(), files: t.TempDir(), db: db}
}

// A process is a lemma that runs.
type process struct {
	cmd *exec.Cmd
	log string
}

// start runs lemma; what it logs goes to a file that a failed test shows.
func (s *site) start(name string, args ...string) *process {
	s.Helper()
	if s.db != "" {
		args = append(args, "--database", s.db)
	}
	log, err := os.CreateTemp(s.TempDir(), name)
	if err != nil {
		s.Fatal(err)
	}
	defer log.Close()
	p := &process{exec.Command(lemma, args...), log.Name()}
	p.cmd.Stderr, p.cmd.Stdout = log, log
	if err := p.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		p.kill()
		if text, err := os.ReadFile(p.log); err == nil && s.Failed() {
			s.Logf("%s:\n%s", name, text)
		}
	})
	return p
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// end asks the process to end and waits for it.
func (p *process) end() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	return p.cmd.Wait()
}

var listening = regexp.MustCompile(`"listen":"([^"]*)"`)

// serve starts a server at a port that is free.
func (s *site) serve(args ...string) *process {
	s.Helper()
	p := s.start("serve", append([]string{"serve", "--listen", "127.0.0.1:0", "--data", s.data}, args...)...)
	s.until("the server is ready", func() bool {
		if !s.listens(p) {
			return false
		}
		r, err := http.Get(s.url + "/readyz")
		if err != nil {
			return false
		}
		r.Body.Close()
		return r.StatusCode == http.StatusOK
	})
	return p
}

// listens tells whether p has said where it listens, and makes that the url.
func (s *site) listens(p *process) bool {
	text, _ := os.ReadFile(p.log)
	at := listening.FindSubmatch(text)
	if at != nil {
		s.url = "http://" + string(at[1])
	}
	return at != nil
}

// until waits for something that must come true.
func (s *site) until(what string, f func() bool) {
	s.Helper()
	for begin := time.Now(); !f(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begin) > time.Minute {
			s.Fatalf("after a minute not yet: %s", what)
		}
	}
}

// An answer is what the API said.
type answer struct {
	*http.Response
	text string
}

func (a *answer) field(s *site, name string) any {
	s.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(a.text), &all); err != nil {
		s.Fatalf("%v in %s", err, a.text)
	}
	return all[name]
}

// ask sends a request; headers are pairs.
func (s *site) ask(method, path, body string, headers ...string) (*answer, error) {
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return &answer{resp, string(text)}, err
}

func (s *site) mustAsk(method, path, body string, headers ...string) *answer {
	s.Helper()
	a, err := s.ask(method, path, body, headers...)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

const jobs = "/api/v1/verify/job"

// lesson is a job as the interface was first described.
const lesson = `{
  "model_name": "raft_leader_election",
  "constants": {
    "Servers": ["Node1", "Node2", "Node3"],
    "MaxTerm": 3
  },
  "invariants": [
    "AtMostOneLeader"
  ],
  "properties": [
    "LivenessEventuallyElection"
  ],
  "worker_threads": 4,
  "deadlock_detection": true,
  "timeout_seconds": 300
}`

// databases runs a test on both.
func databases(t *testing.T, f func(*site)) {
	t.Run("SQLite", func(t *testing.T) { f(newSite(t, "")) })
	t.Run("PostgreSQL", func(t *testing.T) { f(newSite(t, startPostgres(t).url)) })
}

func TestAPI(t *testing.T) {
	databases(t, func(s *site) {
		s.serve()
		a := s.mustAsk("POST", jobs, lesson, "Prefer", "wait=60", "Idempotency-Key", "one")
		var r struct {
			ID        string `json:"job_id"`
			Status    string `json:"status"`
			Explored  int    `json:"states_explored"`
			Distinct  int    `json:"distinct_states"`
			Violation struct{ Name string }
			Trace     []struct {
				Step   int
				Action string
				State  struct {
					Term  map[string]int      `json:"currentTerm"`
					State map[string]string   `json:"state"`
					Votes map[string][]string `json:"votesGranted"`
				} `json:"state_variables"`
			} `json:"error_trace"`
			Message string `json:"message"`
		}
		if err := json.Unmarshal([]byte(a.text), &r); err != nil || a.StatusCode != 200 {
			s.Fatalf("%d: %s", a.StatusCode, a.text)
		}
		if r.Status != "VIOLATION_FOUND" || r.Violation.Name != "AtMostOneLeader" || r.Distinct == 0 || len(r.Trace) == 0 ||
			r.Trace[0].Action != "InitialState" || r.Trace[0].State.State["Node1"] != "Follower" || r.Message == "" {
			s.Errorf("%s", a.text)
		}
		where := a.Header.Get("Location")
		if again := s.mustAsk("POST", jobs, lesson, "Idempotency-Key", "one"); again.Header.Get("Location") != where {
			s.Error("the key made a second job")
		}
		if other := s.mustAsk("POST", jobs, `{"model_name": "LeaderElection"}`, "Idempotency-Key", "one"); other.StatusCode != 409 {
			s.Errorf("a key for two jobs: %d", other.StatusCode)
		}
		same := s.mustAsk("GET", where, "", "If-None-Match", s.mustAsk("GET", where, "").Header.Get("ETag"))
		if same.StatusCode != 304 {
			s.Errorf("a known result: %d", same.StatusCode)
		}
		if m := s.mustAsk("GET", "/metrics", ""); !strings.Contains(m.text, `lemma_jobs{status="VIOLATION_FOUND"} 1`) {
			s.Errorf("metrics: %s", m.text)
		}
		s.pages()
		s.events()
	})
}

// pages lists three jobs in pages of two.
func (s *site) pages() {
	for range 2 {
		s.mustAsk("POST", jobs, lesson, "Prefer", "wait=60")
	}
	a := s.mustAsk("GET", "/api/v1/verify/jobs?limit=2", "")
	next := a.field(s, "next_cursor")
	b := s.mustAsk("GET", fmt.Sprintf("/api/v1/verify/jobs?limit=2&cursor=%v", next), "")
	if len(a.field(s, "jobs").([]any)) != 2 || len(b.field(s, "jobs").([]any)) != 1 || b.field(s, "next_cursor") != nil {
		s.Errorf("pages: %s%s", a.text, b.text)
	}
}

// forever is a job that ends only when it is made to.
const forever = `{"modules": {"Far.tla": "---- MODULE Far ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n===="}, "root_module": "Far", "engine": "explicit"}`

// events follows a job that is cancelled.
func (s *site) events() {
	a := s.mustAsk("POST", jobs, forever)
	where := a.Header.Get("Location")
	if a.StatusCode != 202 || a.field(s, "status") != "QUEUED" {
		s.Fatalf("%d: %s", a.StatusCode, a.text)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, "GET", s.url+where+"/events", nil)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	var seen []string
	var once sync.Once
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			seen = append(seen, name)
			if name == "progress" {
				once.Do(func() { s.mustAsk("DELETE", where, "") })
			}
		}
	}
	if len(seen) < 3 || seen[len(seen)-1] != "result" {
		s.Errorf("events: %v", seen)
	}
	if got := s.mustAsk("GET", where, ""); got.field(s, "status") != "LIMIT_REACHED" {
		s.Errorf("after the cancellation: %s", got.text)
	}
}

func TestOpenAPI(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "0")
	a := s.mustAsk("GET", "/openapi.json", "")
	for _, want := range []string{`"model_name"`, `"error_trace"`, `/api/v1/verify/job/{id}/events`, `"Idempotency-Key"`} {
		if !bytes.Contains([]byte(a.text), []byte(want)) {
			t.Errorf("openapi.json has no %s", want)
		}
	}
}

// file makes a file of the test.
func (s *site) file(name, text string) string {
	path := filepath.Join(s.files, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.Fatal(err)
	}
	return path
}
