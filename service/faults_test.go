package service_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A wanted is a small job and its verdict.
type wanted struct{ body, status string }

// small are jobs with different verdicts.
var small = []wanted{
	{`{"model_name": "LeaderElection"}`, "VIOLATION_FOUND"},
	{counter(5, "x < 9"), "VERIFIED"},
	{counter(5, "x < 4"), "VIOLATION_FOUND"},
	{counter(4, "y < 4"), "ERROR"},
}

// counter is a job that counts to n.
func counter(n int, invariants ...string) string {
	text := fmt.Sprintf("---- MODULE Count ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x < %d /\\ x' = x + 1\n====", n)
	body, err := json.Marshal(map[string]any{"modules": map[string]string{"Count.tla": text}, "root_module": "Count",
		"invariants": invariants, "deadlock_detection": false, "engine": "explicit"})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// longer is a job that takes long enough to be killed in the middle.
var longer = wanted{counter(30_000, "x >= 0"), "VERIFIED"}

// divided are jobs whose parts, and whose joining, may be killed in the middle.
var divided = []wanted{
	{`{"split": 3, ` + counter(12_000, "x >= 0", "x < 12001", "x + 1 > 0")[1:], "VERIFIED"},
	{`{"split": 2, ` + counter(12_000, "x >= 0", "x < 8000")[1:], "VIOLATION_FOUND"},
	{`{"split": 3, ` + grid(9, `"engine": "bmc", "depth": 9, "invariants": ["In", "Near"]`)[1:], "VIOLATION_FOUND"},
	{`{"split": 4, ` + grid(9, `"engine": "simulate", "behaviours": 500, "invariants": ["In"]`)[1:], "NO_VIOLATION_WITHIN_BOUND"},
}

// A fleet is a server and workers that may die at any time.
type fleet struct {
	*site
	server  *process
	workers []*process
	names   int
}

// quick are flags by which a death is noticed soon. With a shorter lease a machine
// that is busy takes those who live for dead.
var quick = []string{"--jobs", "2", "--lease", "2s"}

func newFleet(s *site, workers int) *fleet {
	f := &fleet{site: s}
	f.server = s.serve(quick...)
	for range workers {
		f.workers = append(f.workers, f.worker())
	}
	return f
}

func (f *fleet) worker() *process {
	f.names++
	return f.start("worker", append([]string{"worker", "--lease-log", filepath.Join(f.data, fmt.Sprintf("worker%d.ndjson", f.names))}, quick...)...)
}

// kill kills the i-th process, 0 is the server, and starts it anew.
func (f *fleet) kill(i int) {
	if i == 0 {
		f.server.kill()
		f.server = f.serve(quick...)
		return
	}
	f.workers[i-1].kill()
	f.workers[i-1] = f.worker()
}

// submit sends a job until it is taken, under a key so that it is taken once.
func (f *fleet) submit(n int, w wanted) string {
	var id string
	f.until("a job is taken", func() bool {
		a, err := f.ask("POST", jobs, w.body, "Idempotency-Key", fmt.Sprint(n))
		if err != nil || a.StatusCode >= 500 {
			return false
		}
		id, _ = a.field(f.site, "job_id").(string)
		return true
	})
	return id
}

// result waits for the result of a job.
func (f *fleet) result(id string) *answer {
	var out *answer
	f.until("job "+id+" has a result", func() bool {
		a, err := f.ask("GET", jobs+"/"+id, "")
		if err != nil || a.StatusCode != 200 || a.Header.Get("ETag") == "" {
			return false
		}
		out = a
		return true
	})
	return out
}

// check submits n jobs, lets disturb do its worst, and checks each verdict, and
// that it does not change any more.
func (f *fleet) check(n int, disturb func()) {
	ids, all := make([]string, n), make([]wanted, n)
	for i := range n {
		all[i] = small[i%len(small)]
		switch i % 5 {
		case 0:
			all[i] = longer
		case 1, 3:
			all[i] = divided[i/2%len(divided)]
		}
		ids[i] = f.submit(i, all[i])
	}
	disturb()
	tags := make([]string, n)
	for i, id := range ids {
		a := f.result(id)
		if got := a.field(f.site, "status"); got != all[i].status {
			f.Errorf("job %d: %v, want %s\n%s", i, got, all[i].status, a.text)
		}
		tags[i] = a.Header.Get("ETag")
	}
	for i, id := range ids {
		if a := f.result(id); a.Header.Get("ETag") != tags[i] {
			f.Errorf("job %d has a second result", i)
		}
	}
	f.noParts()
	f.checkLeases()
	f.followSpec()
}

// followSpec holds the logs of the coordinator's lease against specs/LeaseManager:
// they are a behaviour of the protocol, whatever died when.
func (f *fleet) followSpec() {
	logs, _ := filepath.Glob(filepath.Join(f.data, "*.ndjson"))
	nodes := map[string]bool{}
	for _, path := range logs {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			var l struct {
				Node string `json:"node"`
			}
			if json.Unmarshal([]byte(line), &l) == nil && strings.Contains(line, `"coordinator"`) {
				nodes[fmt.Sprintf("%q", l.Node)] = true
			}
		}
	}
	names := strings.Join(slices.Sorted(maps.Keys(nodes)), ", ")
	args := append([]string{"trace", "../specs/LeaseManager/LeaseManager.tla", "--mapping", "../docs/trace-validation/mapping.json",
		"--config", "../docs/trace-validation/log.cfg", "--constant", "Nodes={" + names + "}", "--timeout", "2m"}, logs...)
	if out, err := exec.Command(lemma, args...).CombinedOutput(); err != nil {
		f.Errorf("the leases of %s do not follow their spec: %v\n%s", names, err, out)
	}
}

// checkLeases reads what the processes logged of leases: the terms of each lease
// only grow, and a term has one holder.
func (f *fleet) checkLeases() {
	logs, _ := filepath.Glob(filepath.Join(f.data, "*.ndjson"))
	holder := map[string]string{} // by lease and term
	lines := 0
	for _, path := range logs {
		file, err := os.Open(path)
		if err != nil {
			f.Fatal(err)
		}
		defer file.Close()
		newest := map[string]int64{} // by node and lease
		for in := bufio.NewScanner(file); in.Scan(); lines++ {
			var l struct {
				Node  string `json:"node"`
				Lease string `json:"lease_id"`
				Term  int64  `json:"current_term"`
			}
			if err := json.Unmarshal(in.Bytes(), &l); err != nil {
				f.Errorf("%s: %v: %s", path, err, in.Text())
				continue
			}
			who := l.Node + " " + l.Lease
			if l.Term < newest[who] {
				f.Errorf("the terms of %s shrink to %d", who, l.Term)
			}
			newest[who] = l.Term
			held := fmt.Sprintf("%s %d", l.Lease, l.Term)
			if other := holder[held]; other != "" && other != l.Node {
				f.Errorf("%s is held by %s and %s", held, other, l.Node)
			}
			holder[held] = l.Node
		}
	}
	if lines == 0 {
		f.Error("the logs of leases are empty")
	}
}

// TestFaults kills a server, and a worker where there are some, in the middle of
// twenty jobs, and ends one by SIGTERM.
func TestFaults(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		f := newFleet(newSite(t, ""), 0)
		f.check(20, func() {
			for range 2 {
				time.Sleep(300 * time.Millisecond)
				f.kill(0)
			}
			time.Sleep(300 * time.Millisecond)
			if err := f.server.end(); err != nil {
				t.Errorf("shutting down: %v", err)
			}
			f.server = f.serve(quick...)
		})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		f := newFleet(newSite(t, startPostgres(t).url), 1)
		f.check(20, func() {
			for i := range 3 {
				time.Sleep(300 * time.Millisecond)
				f.kill(i % 2)
			}
		})
	})
}

// TestManyFaults is TestFaults at length, with a database that restarts, too.
func TestManyFaults(t *testing.T) {
	if os.Getenv("LEMMA_LONG") == "" {
		t.Skip("takes minutes; LEMMA_LONG=1 runs it")
	}
	p := startPostgres(t)
	f := newFleet(newSite(t, p.url), 2)
	random := rand.New(rand.NewPCG(1, 2))
	f.check(200, func() {
		for i := range 12 {
			time.Sleep(time.Duration(500+random.IntN(2500)) * time.Millisecond)
			if i%6 == 5 {
				p.stop()
				time.Sleep(2 * time.Second)
				p.start()
				continue
			}
			f.kill(random.IntN(3))
		}
	})
}
