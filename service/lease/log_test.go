package lease_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/service/database"
	"github.com/lemma-mc/lemma/service/lease"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/validate"
)

var keep = flag.String("keep", "", "write the log of the leases under faults to this file")

// nodes take part in the test.
var nodes = []string{"node-a", "node-b", "node-c"}

// underFaults is the log of nodes that take, renew and give back a lease, are paused
// past its end, and die without a word.
func underFaults(t *testing.T, seed uint64, steps int) []byte {
	ctx := context.Background()
	db, err := database.Open(ctx, "", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const ttl = 100 * time.Millisecond
	var log bytes.Buffer
	tables := map[string]*lease.Table{}
	for _, n := range nodes {
		tables[n] = lease.New(db, n, ttl, lease.NewLog(&log))
	}
	held := map[string]*lease.Lease{}
	random := rand.New(rand.NewPCG(seed, 0))
	for range steps {
		n := nodes[random.IntN(len(nodes))]
		l := held[n]
		switch fault := random.IntN(12); {
		case fault == 0:
			delete(held, n) // it died
		case fault == 1:
			time.Sleep(ttl * 3 / 2) // all are paused
		case l == nil:
			if l, err := tables[n].Acquire(ctx, "coordinator"); err != nil {
				t.Fatal(err)
			} else if l != nil {
				held[n] = l
			}
			if _, err := tables[n].Acquire(ctx, "job-1"); err != nil {
				t.Fatal(err)
			}
		case fault < 9:
			if err := tables[n].Renew(ctx, l); errors.Is(err, lease.ErrLost) {
				delete(held, n)
			} else if err != nil {
				t.Fatal(err)
			}
		default:
			if err := tables[n].Release(ctx, l); err != nil && !errors.Is(err, lease.ErrLost) {
				t.Fatal(err)
			}
			delete(held, n)
		}
	}
	return log.Bytes()
}

// A specification is specs/LeaseManager with these nodes, and a time that is as
// coarse as it can be: a lease lasts for one tick.
type specification struct {
	testing.TB
	spec    *frontend.Expressions
	files   *source.Set
	mapping *validate.Mapping
}

func load(t testing.TB) *specification {
	files := &source.Set{}
	cfg, err := frontend.ParseConfig(files, "log.cfg", `SPECIFICATION Spec
CONSTANTS Nodes = {"node-a", "node-b", "node-c"} Duration = 1 MaxDrift = 0 MaxTime = 100000 MaxTerm = 100000`)
	if err != nil {
		t.Fatal(err)
	}
	spec, _, err := frontend.LoadSpec(frontend.Options{Files: files, Spec: "../../specs/LeaseManager/LeaseManager.tla", Config: cfg})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../docs/trace-validation/mapping.json")
	if err != nil {
		t.Fatal(err)
	}
	mapping, err := validate.ReadMapping(files.Add("mapping.json", string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return &specification{t, spec, files, mapping}
}

func (s *specification) check(log string) *trace.Result {
	read, err := validate.ReadLog(s.files.Add("log.ndjson", log))
	if err != nil {
		s.Fatal(err)
	}
	return validate.Check(context.Background(), s.spec.System, []validate.Log{read}, validate.Options{Mapping: s.mapping, Reader: s.spec})
}

// TestLog holds the log of leases under faults against specs/LeaseManager: it is a
// behaviour of the spec. Then it does so with logs in which something is
// wrong, twenty with LEMMA_LONG=1: each is rejected at the line at which it becomes wrong.
func TestLog(t *testing.T) {
	steps, wanted := 50, 4
	if os.Getenv("LEMMA_LONG") != "" {
		steps, wanted = 150, 20
	}
	log := underFaults(t, 1, steps)
	if *keep != "" {
		if err := os.WriteFile(*keep, log, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(log), "\n"), "\n")
	s := load(t)
	if r := s.check(strings.Join(lines, "")); r.Status != trace.Verified {
		t.Fatalf("%v: %s %v\n%s", r.Status, r.Headline(), r.Err, log)
	}
	if n := firstWrong(t, lines); n != 0 {
		t.Fatalf("the test finds line %d wrong:\n%s", n, log)
	}
	random := rand.New(rand.NewPCG(2, 0))
	for wrong := 0; wrong < wanted; {
		changed := mutated(t, random, slices.Clone(lines))
		at := firstWrong(t, changed)
		if at == 0 {
			continue // such a log could be
		}
		wrong++
		r := s.check(strings.Join(changed, ""))
		if want := fmt.Sprintf("log.ndjson:%d", at); r.Status != trace.Violated || r.Violations[0].Name != want {
			t.Errorf("%v: %s %v; wrong is %s: %s", r.Status, r.Headline(), r.Err, want, changed[at-1])
		}
	}
}

// An entry is a line of the log.
type entry struct {
	Node   string `json:"node"`
	Action string `json:"action"`
	Lease  string `json:"lease_id"`
	Term   int64  `json:"current_term"`
}

func read(t *testing.T, line string) entry {
	var e entry
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// firstWrong is the first line, from 1, that the lease's row does not allow; 0 for
// none. It knows nothing of the spec.
func firstWrong(t *testing.T, lines []string) int {
	var term int64
	holder := ""
	for i, line := range lines {
		e := read(t, line)
		if e.Lease != "coordinator" {
			continue
		}
		switch {
		case e.Action == "Acquire" && e.Term == term+1 && strings.Contains(line, fmt.Sprintf("%q:%q", "leader_node_id", e.Node)):
			term, holder = e.Term, e.Node
		case e.Action == "Renew" && e.Term == term && e.Node == holder:
		case e.Action == "Release" && e.Term == term && e.Node == holder && strings.Contains(line, `"leader_node_id":null`):
			holder = ""
		default:
			return i + 1
		}
	}
	return 0
}

// mutated changes one of the lines: its term, its node, its action, its order; or
// there is one more or less.
func mutated(t *testing.T, random *rand.Rand, lines []string) []string {
	at := random.IntN(len(lines) - 1)
	e := read(t, lines[at])
	other := nodes[(slices.Index(nodes, e.Node)+1)%len(nodes)]
	switch random.IntN(7) {
	case 0:
		lines[at] = strings.Replace(lines[at], fmt.Sprintf(`"current_term":%d`, e.Term), fmt.Sprintf(`"current_term":%d`, e.Term+1), 1)
	case 1:
		lines[at] = strings.Replace(lines[at], fmt.Sprintf(`"node":%q`, e.Node), fmt.Sprintf(`"node":%q`, other), 1)
	case 2:
		lines[at] = strings.Replace(lines[at], fmt.Sprintf(`"leader_node_id":%q`, e.Node), fmt.Sprintf(`"leader_node_id":%q`, other), 1)
	case 3:
		lines[at] = strings.NewReplacer(`"Acquire"`, `"Renew"`, `"Renew"`, `"Acquire"`).Replace(lines[at])
	case 4:
		lines = slices.Delete(lines, at, at+1)
	case 5:
		lines = slices.Insert(lines, at, lines[at])
	default:
		if last := len(lines) - 1; at+1 < last { // the last has no line end
			lines[at], lines[at+1] = lines[at+1], lines[at]
		}
	}
	return lines
}
