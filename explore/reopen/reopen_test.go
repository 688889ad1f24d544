package reopen_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explore/reopen"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/itf"
	"github.com/lemma-mc/lemma/trace/saved"
	"github.com/lemma-mc/lemma/value"
)

const folder = "../../trace/saved/testdata/"

func load(t *testing.T) *frontend.Expressions {
	files := &source.Set{}
	cfg, err := frontend.ReadConfig(files, folder+"Q.cfg")
	if err != nil {
		t.Fatal(err)
	}
	spec, _, err := frontend.LoadSpec(frontend.Options{Files: files, Spec: folder + "Q.tla", Config: cfg})
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// TestTLC opens what TLC printed: a lasso, in which there are values of all sorts.
func TestTLC(t *testing.T) {
	spec := load(t)
	for _, name := range []string{"tlc.txt", "tlc.tool.txt"} {
		text, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		read, err := saved.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		b, notes, err := reopen.Behaviour(context.Background(), spec.System, spec, read)
		if err != nil || notes != nil {
			t.Fatalf("%s: %v %v", name, notes, err)
		}
		if b.LoopStart == 0 || len(b.Steps) < 8 || !strings.HasPrefix(b.Steps[1].Action, "Put(n") {
			t.Errorf("%s: %d states, loop to %d, %s", name, len(b.Steps), b.LoopStart, b.Steps[1].Action)
		}
	}
}

// TestOwn writes a counterexample in the forms that there are, and opens each: it is
// the same behaviour.
func TestOwn(t *testing.T) {
	spec := load(t)
	r := explicit.Check(context.Background(), spec.System, explicit.Options{})
	if r.Status != trace.Violated {
		t.Fatal(r.Status, r.Err)
	}
	want := r.Violations[0].Behaviour
	asITF, err := itf.Write(want, itf.Source{})
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := (&show.Report{Result: r, Files: spec.System.Files}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range [][]byte{asITF, asJSON} {
		read, err := saved.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		got, notes, err := reopen.Behaviour(context.Background(), spec.System, spec, read)
		if err != nil || notes != nil {
			t.Fatalf("%v %v", notes, err)
		}
		same := slices.EqualFunc(got.Steps, want.Steps, func(a, b trace.Step) bool {
			return a.Action == b.Action && slices.EqualFunc(a.State, b.State, func(x, y value.Value) bool { return value.Compare(x, y) == 0 })
		})
		if !same || got.LoopStart != want.LoopStart || got.Stuttering != want.Stuttering {
			t.Errorf("got %d states, loop to %d; want %d, %d", len(got.Steps), got.LoopStart, len(want.Steps), want.LoopStart)
		}
	}
}

// TestDump opens JSON in the form of TLC's -dumpTrace.
func TestDump(t *testing.T) {
	spec := load(t)
	state := func(items, count string) string {
		return `{"items": ` + items + `, "owner": "None", "count": {"n1": ` + count + `, "n2": 0}, "last": {"by": "None", "op": "no\"ne"}}`
	}
	first := state("[]", "0")
	for _, tt := range []struct{ text, err string }{
		{`{"state": [[1, ` + first + `]], "action": [[[1, ` + first + `], {"name": "Stuttering"}, [1, ` + first + `]]]}`, ""},
		{`{"state": [[1, ` + state("[]", "1") + `]], "action": []}`, "state 1 is the first without one.\nFrom the initial state, in the state as it is:\n  count is (n1 :> 0 @@ n2 :> 0) in the spec"},
		{`{"state": [[2, ` + first + `]]}`, "1 is not there"},
		{`{"state": [[1, {"items": []}]]}`, "no value for owner, count, last; it has items"},
		{`{"stat": []}`, "no trace of a known form"},
		{"State 1: <Initial predicate>\n/\\ items = <<1,\n", "line 2: the value of items: no value"},
		{"hello", "no trace of a known form"},
	} {
		read, err := saved.Read([]byte(tt.text))
		var b *trace.Behaviour
		if err == nil {
			b, _, err = reopen.Behaviour(context.Background(), spec.System, spec, read)
		}
		switch {
		case tt.err == "" && (err != nil || !b.Stuttering):
			t.Errorf("%v", err)
		case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
			t.Errorf("%v, want %s", err, tt.err)
		}
	}
}

// FuzzRead: whatever a file holds, it is a trace or an error.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"tlc.txt", "tlc.tool.txt"} {
		text, err := os.ReadFile(folder + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"state": [[1, {"x": 1}]], "action": [[[1, {}], {"name": "A"}, [1, {}]]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if read, err := saved.Read(text); err == nil && (len(read.States) == 0 || read.LoopStart > len(read.States)) {
			t.Errorf("%d states, loop to %d", len(read.States), read.LoopStart)
		}
	})
}
