package service_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// grid is a job that walks over a grid of n by n, with a question about it.
func grid(n int, question string) string {
	text := fmt.Sprintf(`---- MODULE Grid ----
EXTENDS Integers
VARIABLES x, y
Init == x = 0 /\ y = 0
Right == x < %d /\ x' = x + 1 /\ UNCHANGED y
Up == y < %d /\ y' = y + 1 /\ UNCHANGED x
Next == Right \/ Up \/ (x = %d /\ y = %d /\ UNCHANGED <<x, y>>)
Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Right) /\ WF_<<x, y>>(Up)
In == x \in 0..%d /\ y \in 0..%d
Far == x + y < 12
Near == y < 4
Ends == <>(x = %d)
Grows == [][x' >= x]_<<x, y>>
====`, n, n, n, n, n, n, n)
	body, err := json.Marshal(map[string]string{"Grid.tla": text})
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"modules": %s, "root_module": "Grid", "spec": "Spec", %s}`, body, question)
}

// questions are jobs that divide, by goals, depths, behaviours, seeds and engines.
var questions = []string{
	grid(9, `"engine": "explicit", "invariants": ["In"], "properties": ["Ends", "Grows"]`),
	grid(9, `"engine": "explicit", "invariants": ["In", "Far", "Near"]`),
	grid(9, `"engine": "bmc", "depth": 9, "invariants": ["In", "Near"]`),
	grid(9, `"engine": "bmc", "depth": 3, "invariants": ["In", "Near"]`),
	grid(9, `"engine": "simulate", "behaviours": 40, "invariants": ["In", "x < 7"]`),
	grid(9, `"engine": "induct", "invariants": ["In"]`),
	grid(9, `"invariants": ["In", "Far"]`),
}

// asked is the result of a job, but for what differs from run to run.
func (s *site) asked(body string) (result map[string]any, parts []any) {
	s.Helper()
	a := s.mustAsk("POST", jobs, body, "Prefer", "wait=60")
	if err := json.Unmarshal([]byte(a.text), &result); err != nil || a.StatusCode != 200 {
		s.Fatalf("%d: %s", a.StatusCode, a.text)
	}
	parts, _ = result["parts"].([]any)
	for _, key := range []string{"job_id", "duration_ms", "parts", "solver"} {
		delete(result, key)
	}
	if engine, _ := result["engine"].(string); strings.Contains(engine, "bmc") {
		steps, _ := result["error_trace"].([]any)
		result["error_trace"] = len(steps)
	}
	return result, parts
}

// TestSplit: a job that is divided over workers has the answer of one run, and
// says which worker did what.
func TestSplit(t *testing.T) {
	databases(t, func(s *site) {
		s.serve("--jobs", "2")
		if s.db != "" {
			s.start("worker", "worker", "--jobs", "2")
		}
		for _, q := range questions {
			want, _ := s.asked(q)
			got, parts := s.asked(`{"split": 3, ` + q[1:])
			if len(parts) < 2 {
				s.Errorf("%s: %d parts", q[strings.LastIndex(q, "===="):], len(parts))
			}
			for _, p := range parts {
				if p := p.(map[string]any); p["status"] != nil && p["worker"] == nil {
					s.Errorf("nobody did %v", p)
				}
			}
			if strings.Contains(q, "engine") && fmt.Sprint(got) != fmt.Sprint(want) || got["status"] != want["status"] {
				s.Errorf("%s in parts:\n%v\nin one run:\n%v", q[strings.LastIndex(q, "===="):], got, want)
			}
		}
		a := s.mustAsk("GET", "/api/v1/verify/jobs?limit=200", "")
		if n := len(a.field(s, "jobs").([]any)); n != 2*len(questions) {
			s.Errorf("%d jobs are listed, there were %d", n, 2*len(questions))
		}
	})
}

// openParts waits until a job has parts of which some run, and returns them.
func (s *site) openParts(where string) []any {
	s.Helper()
	var parts []any
	s.until("parts of the job run", func() bool {
		parts, _ = s.mustAsk("GET", where, "").field(s, "parts").([]any)
		for _, p := range parts {
			if p.(map[string]any)["status"] == "RUNNING" {
				return true
			}
		}
		return false
	})
	return parts
}

// noParts waits until nothing runs any more.
func (s *site) noParts() {
	s.Helper()
	s.until("no part is open", func() bool {
		m := s.mustAsk("GET", "/metrics", "").text
		return !strings.Contains(m, `lemma_parts{status="RUNNING"}`) && !strings.Contains(m, `lemma_parts{status="QUEUED"}`)
	})
}

// far is a search without an end, of what holds and of what does not.
func far(question string) string {
	return `{"split": 4, "modules": {"Far.tla": "---- MODULE Far ----\nEXTENDS Naturals\nVARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = x + 1 /\\ y' \\in {y, y + 1}\nLow == y <= x\nIn == x >= 0\nFew == x < 9\n===="}, "root_module": "Far", "engine": "explicit", ` + question + `}`
}

// TestSplitEnds: what ends a job ends its parts, those that run and those that
// wait: a client who cancels it, or a part that settles the answer.
func TestSplitEnds(t *testing.T) {
	databases(t, func(s *site) {
		s.serve("--jobs", "2")
		a := s.mustAsk("POST", jobs, far(`"invariants": ["Low", "In", "Low /\\ In", "y >= 0"]`))
		where := a.Header.Get("Location")
		if parts := s.openParts(where); len(parts) != 4 {
			s.Errorf("parts: %v", parts)
		}
		if a = s.mustAsk("DELETE", where, ""); a.field(s, "status") != "LIMIT_REACHED" {
			s.Errorf("cancelled: %s", a.text)
		}
		s.noParts()
		if now := s.mustAsk("GET", where, ""); now.Header.Get("ETag") != a.Header.Get("ETag") {
			s.Errorf("another result: %s", now.text)
		}
		got, parts := s.asked(far(`"invariants": ["Low", "Few"]`))
		violation, _ := got["violation"].(map[string]any)
		if got["status"] != "VIOLATION_FOUND" || violation["name"] != "Few" || len(parts) != 2 {
			s.Errorf("%v %v", got, parts)
		}
		s.noParts()
	})
}
