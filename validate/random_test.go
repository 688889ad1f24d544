package validate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/specgen"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/validate"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// A stateSpace is a random spec with its states and steps, listed.
type stateSpace struct {
	sys     *ir.System
	machine *eval.Machine
	states  []eval.State
	seen    []map[string]string // of each state: the variables, as a log has them
	next    [][]int
	inits   int
}

// mostListed is how many states a spec may have.
const mostListed = 60

// list lists the states of a spec; nil where they are too many, or some step cannot
// be evaluated.
func list(sys *ir.System) *stateSpace {
	l := &stateSpace{sys: sys, machine: eval.New(sys, eval.Options{})}
	number := func(s eval.State) int {
		i := slices.IndexFunc(l.states, s.Equal)
		if i < 0 {
			i = len(l.states)
			l.states, l.next = append(l.states, s), append(l.next, nil)
			seen := map[string]string{}
			for k, v := range sys.Variables {
				text, err := json.Marshal(valuejson.Of(s[k]))
				if err != nil {
					panic(err)
				}
				seen[v.Name] = string(text)
			}
			l.seen = append(l.seen, seen)
		}
		return i
	}
	if l.machine.Init(func(s eval.State) bool { number(s); return len(l.states) < mostListed }) != nil {
		return nil
	}
	l.inits = len(l.states)
	for i := 0; i < len(l.states); i++ {
		if len(l.states) >= mostListed {
			return nil
		}
		err := l.machine.Successors(l.states[i], func(t eval.Successor) bool {
			if to := number(t.State); !slices.Contains(l.next[i], to) {
				l.next[i] = append(l.next[i], to)
			}
			return len(l.states) < mostListed
		})
		if err != nil {
			return nil
		}
	}
	return l
}

// A line of a random log: some variables with their values.
type sparse map[string]string

// log writes a log: of a walk, with what is seen of some variables, and then, most
// often, with something else in one line.
func (l *stateSpace) log(r *rand.Rand) []sparse {
	at := r.IntN(l.inits)
	var out []sparse
	for range 1 + r.IntN(5) {
		if to := l.next[at]; len(to) > 0 && r.IntN(5) > 0 {
			at = to[r.IntN(len(to))]
		}
		line := sparse{}
		for _, v := range l.sys.Variables {
			if r.IntN(3) > 0 {
				line[v.Name] = l.seen[at][v.Name]
			}
		}
		out = append(out, line)
	}
	if r.IntN(3) > 0 {
		line, other := out[r.IntN(len(out))], l.seen[r.IntN(len(l.seen))]
		for _, v := range l.sys.Variables {
			if _, said := line[v.Name]; said && r.IntN(2) == 0 {
				line[v.Name] = other[v.Name]
			}
		}
	}
	return out
}

// explains tells, by the definition, how many lines some behaviour explains: each is
// what is seen after a step, or after none.
func (l *stateSpace) explains(log []sparse) int {
	at := map[int]bool{}
	for i := range l.inits {
		at[i] = true
	}
	for n, line := range log {
		reached := map[int]bool{}
		for i := range at {
			for _, to := range append([]int{i}, l.next[i]...) {
				fits := true
				for name, v := range line {
					fits = fits && l.seen[to][name] == v
				}
				if fits {
					reached[to] = true
				}
			}
		}
		if at = reached; len(at) == 0 {
			return n
		}
	}
	return len(log)
}

// text is the log as a file has it.
func text(log []sparse) string {
	var b strings.Builder
	for _, line := range log {
		var fields []string
		for name, v := range line {
			fields = append(fields, fmt.Sprintf("%q: %s", name, v))
		}
		slices.Sort(fields)
		fmt.Fprintf(&b, "{%s}\n", strings.Join(fields, ", "))
	}
	return b.String()
}

// unsupported tells whether err says that the solver cannot be asked.
func unsupported(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Class == diag.Unsupported
}

// TestRandomLogs: each way to look for a behaviour that explains the log of a random
// spec finds one when, and only when, there is one.
func TestRandomLogs(t *testing.T) {
	seeds := uint64(250)
	if os.Getenv("LEMMA_LONG") != "" {
		seeds = 10_000
	}
	ways := map[string]validate.Options{
		"as usual": {},
		"depth":    {Candidates: 1},
		"solver":   {Symbolic: true},
	}
	told := map[trace.Status]int{}
	for seed := range seeds {
		spec, err := specgen.New(seed).LoadWithReader()
		if err != nil {
			t.Fatal(err)
		}
		sys := spec.System
		l := list(sys)
		if l == nil || l.inits == 0 {
			continue
		}
		r := rand.New(rand.NewPCG(seed, 5))
		for range 2 {
			log := l.log(r)
			if !slices.ContainsFunc(log, func(s sparse) bool { return len(s) > 0 }) {
				continue
			}
			files := &source.Set{}
			read, err := validate.ReadLog(files.Add("log.ndjson", text(log)))
			if err != nil {
				t.Fatal(err)
			}
			want := trace.Violated
			if l.explains(log) == len(log) {
				want = trace.Verified
			}
			for way, o := range ways {
				o.Reader = spec
				got := validate.Check(context.Background(), sys, []validate.Log{read}, o)
				told[got.Status]++
				if got.Status != want && !(way == "solver" && unsupported(got.Err)) {
					t.Fatalf("seed %d, %s: %s %v, want %v\n%s%s", seed, way, got.Headline(), got.Err, want, text(log), specgen.New(seed))
				}
			}
		}
	}
	if told[trace.Verified] == 0 || told[trace.Violated] == 0 {
		t.Errorf("only one answer was given: %v", told)
	}
	t.Log(told)
}
