package service_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestExploreAPI asks about specs that do no harm, and about one that takes all the
// memory that it can get: that ends its own session, and no other.
func TestExploreAPI(t *testing.T) {
	s := newSite(t, "")
	s.serve("--sessions", "2", "--max-memory", "300MB")
	initial := `{"job": ` + twoLocksJob("") + `}`
	if a := s.mustAsk("POST", "/api/v1/explore/initial", initial); a.StatusCode != 200 || !strings.Contains(a.text, `"InitialState"`) {
		t.Errorf("initial states: %d %s", a.StatusCode, a.text)
	}
	if a := s.mustAsk("POST", "/api/v1/explore/initial", `{"job": `+twoLocksJob("")+`, "more": 1}`); a.StatusCode != 422 {
		t.Errorf("an unknown field: %d %s", a.StatusCode, a.text)
	}
	greedy := fmt.Sprintf(`{"job": {"root_module": "Greedy", "modules": {"Greedy.tla": %s, "Greedy.cfg": "INIT Init\nNEXT Next"}}}`,
		asJSON("---- MODULE Greedy ----\nEXTENDS Integers\nVARIABLE x\nInit == x = [i \\in 1..100000000 |-> {i, i + 1, i + 2}]\nNext == UNCHANGED x\n====\n"))
	if a := s.mustAsk("POST", "/api/v1/explore/initial", greedy); a.StatusCode != 200 || !strings.Contains(a.text, `"problem"`) {
		t.Errorf("a spec that takes all memory: %d %.300s", a.StatusCode, a.text)
	}
	if a := s.mustAsk("POST", "/api/v1/explore/initial", initial); !strings.Contains(a.text, `"InitialState"`) {
		t.Errorf("afterwards: %d %s", a.StatusCode, a.text)
	}
	for path, want := range map[string]string{"/": "<!doctype html>", "/web/app.js": "import ", "/openapi.json": "/api/v1/explore/graph", "/api/v1/models/LeaseManager": "LeaseManager.cfg"} {
		if a := s.mustAsk("GET", path, ""); a.StatusCode != 200 || !strings.Contains(a.text, want) {
			t.Errorf("%s: %d %.100s", path, a.StatusCode, a.text)
		}
	}
	if a := s.mustAsk("GET", "/web/../web.go", ""); a.StatusCode == 200 {
		t.Errorf("a file that is none of the pages: %.100s", a.text)
	}
	if policy := s.mustAsk("GET", "/", "").Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the policy of the pages: %q", policy)
	}
}

// TestExploreMany: more questions at once than there are sessions are answered, or
// refused with word of when to come again.
func TestExploreMany(t *testing.T) {
	s := newSite(t, "")
	s.serve("--sessions", "2")
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			a, err := s.ask("POST", "/api/v1/explore/graph", `{"job": `+twoLocksJob(fmt.Sprintf(`, "worker_threads": %d`, 1+i%4))+`}`)
			switch {
			case err != nil:
				t.Error(err)
			case a.StatusCode == 503 && a.Header.Get("Retry-After") != "":
			case a.StatusCode != 200 || !strings.Contains(a.text, `"known":9`):
				t.Errorf("%d %.300s", a.StatusCode, a.text)
			}
		})
	}
	all.Wait()
}
