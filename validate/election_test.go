package validate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/validate"
	"github.com/lemma-mc/lemma/value"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// A subject is a spec that logs are held against.
type subject struct {
	testing.TB
	*frontend.Expressions
	files *source.Set
}

func load(t testing.TB, o frontend.Options, config string) *subject {
	t.Helper()
	o.Files = &source.Set{}
	cfg, err := frontend.ParseConfig(o.Files, "test.cfg", config)
	if err != nil {
		t.Fatal(err)
	}
	o.Config = cfg
	spec, _, err := frontend.LoadSpec(o)
	if err != nil {
		t.Fatal(err)
	}
	return &subject{t, spec, o.Files}
}

// check holds logs, of one file each, against the spec.
func (s *subject) check(o validate.Options, mapping string, logs ...string) *trace.Result {
	s.Helper()
	var read []validate.Log
	for i, text := range logs {
		log, err := validate.ReadLog(s.files.Add("node"+string(rune('1'+i))+".ndjson", text))
		if err != nil {
			s.Fatal(err)
		}
		read = append(read, log)
	}
	if mapping != "" {
		m, err := validate.ReadMapping(s.files.Add("mapping.json", mapping))
		if err != nil {
			s.Fatal(err)
		}
		o.Mapping = m
	}
	o.Reader = s.Expressions
	return validate.Check(context.Background(), s.System, read, o)
}

// walk is a random behaviour of n steps, of actions by weight.
func (s *subject) walk(n int, seed uint64, weights map[string]int) []eval.Successor {
	m := eval.New(s.System, eval.Options{})
	random := rand.New(rand.NewPCG(seed, 0))
	var state eval.State
	if err := m.Init(func(st eval.State) bool { state = st; return false }); err != nil {
		s.Fatal(err)
	}
	out := []eval.Successor{{State: state}}
	for len(out) <= n {
		var all []eval.Successor
		var sum int
		err := m.Successors(state, func(t eval.Successor) bool {
			if !slices.EqualFunc(t.State, state, func(a, b value.Value) bool { return value.Compare(a, b) == 0 }) {
				all = append(all, t)
				sum += weights[t.Action.Name]
			}
			return true
		})
		if err != nil || sum == 0 {
			s.Fatalf("after %d steps: %v", len(out), err)
		}
		at := random.IntN(sum)
		for _, t := range all {
			if at -= weights[t.Action.Name]; at < 0 {
				out, state = append(out, t), t.State
				break
			}
		}
	}
	return out
}

// line is an object of JSON with a line end.
func line(o valuejson.Object) string {
	text, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return string(text) + "\n"
}

const electionConfig = `
INIT Init
NEXT Next
CONSTANTS
  Servers = {s1, s2, s3, s4, s5}
  MaxTerm = 1000000
`

var electionWeights = map[string]int{"Timeout": 2, "Vote": 20, "CountVote": 40, "TakeLead": 60, "Crash": 1, "LoseRequest": 30, "LoseReply": 30}

func election(t testing.TB) *subject {
	return load(t, frontend.Options{Spec: "../specs/RaftElectionActions/RaftElectionActions.tla"}, electionConfig)
}

// electionLog is what five servers log: the action, who took it, and his term and
// role: two of six variables, each at one server.
func electionLog(s *subject, n int) []string {
	var out []string
	for _, t := range s.walk(n, 7, electionWeights)[1:] {
		o := valuejson.Object{{Name: "action", Value: t.Action.Name}}
		if server, ok := t.Action.Args[0].(value.Model); ok {
			term, _ := value.Apply(t.State[0], server)
			role, _ := value.Apply(t.State[2], server)
			o = append(o, valuejson.Field{Name: "server", Value: server.Name()},
				valuejson.Field{Name: "term", Value: valuejson.Of(term)}, valuejson.Field{Name: "role", Value: valuejson.Of(role)})
		}
		out = append(out, line(o))
	}
	return out
}

const electionMapping = `{
  "bind": {"s": ".server"},
  "actions": {"Timeout": "Timeout(s)", "Vote": "Vote(s, _)", "CountVote": "CountVote(s, _)", "TakeLead": "TakeLead(s)", "Crash": "Crash(s)"},
  "variables": {"currentTerm[s]": ".term", "role[s]": ".role"}
}`

func BenchmarkElection(b *testing.B) {
	s := election(b)
	log := strings.Join(electionLog(s, 10_000), "")
	for b.Loop() {
		if r := s.check(validate.Options{}, electionMapping, log); r.Status != trace.Verified {
			b.Fatalf("%v: %s %v", r.Status, r.Headline(), r.Err)
		}
	}
}

// shuffled is a log in an order that keeps only that of the lines of each server.
func shuffled(t testing.TB, log []string, seed uint64) string {
	byServer := map[string][]string{}
	for _, text := range log {
		var l struct {
			Server string `json:"server"`
		}
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		byServer[l.Server] = append(byServer[l.Server], text)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	var out strings.Builder
	for len(byServer) > 0 {
		servers := slices.Sorted(maps.Keys(byServer))
		at := servers[random.IntN(len(servers))]
		out.WriteString(byServer[at][0])
		if byServer[at] = byServer[at][1:]; len(byServer[at]) == 0 {
			delete(byServer, at)
		}
	}
	return out.String()
}

// atServers are the lines of servers: what the network does, nobody logs.
func atServers(log []string) []string {
	return slices.DeleteFunc(log, func(text string) bool { return !strings.Contains(text, `"server"`) })
}

// TestShuffled takes the lines of five servers in an order that only keeps that of
// each: without a common clock, nobody knows more.
func TestShuffled(t *testing.T) {
	s := election(t)
	log := atServers(electionLog(s, 500))[:200]
	mapping := strings.Replace(electionMapping, `{`, `{"node": ".server",`, 1)
	for seed := range uint64(1) {
		if r := s.check(validate.Options{}, mapping, shuffled(t, log, seed)); r.Status != trace.Verified {
			t.Errorf("%v: %s %v", r.Status, r.Headline(), r.Err)
		}
	}
}

// queueLine is a line with some of what there is to log.
func queueLine(random *rand.Rand, t eval.Successor) string {
	var o valuejson.Object
	if random.IntN(3) > 0 {
		o = append(o, valuejson.Field{Name: "action", Value: t.Action.Name})
	}
	for i, name := range []string{"items", "owner", "count", "last", "up"} {
		if random.IntN(3) == 0 {
			o = append(o, valuejson.Field{Name: name, Value: valuejson.Of(t.State[i])})
		}
	}
	return line(o)
}

// TestLongElection: 10,000 lines of five servers, with two of six variables, are
// explained; and one wrong value far behind is found where it is.
func TestLongElection(t *testing.T) {
	n := 1000
	if os.Getenv("LEMMA_LONG") != "" {
		n = 10_000
	}
	s := election(t)
	log := electionLog(s, n)
	if r := s.check(validate.Options{}, electionMapping, strings.Join(log, "")); r.Status != trace.Verified {
		t.Fatalf("%v: %s %v", r.Status, r.Headline(), r.Err)
	}
	at := n * 9 / 10
	for !strings.Contains(log[at], `"term":`) {
		at++
	}
	log[at] = strings.Replace(log[at], `"term":`, `"term":1`, 1)
	r := s.check(validate.Options{}, electionMapping, strings.Join(log, ""))
	if want := fmt.Sprintf("node1.ndjson:%d", at+1); r.Status != trace.Violated || r.Violations[0].Name != want {
		t.Errorf("%v: %s %v, want %s", r.Status, r.Headline(), r.Err, want)
	}
}
