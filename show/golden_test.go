package show

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// golden compares got with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

func models(names ...string) []value.Value {
	out := make([]value.Value, len(names))
	for i, n := range names {
		out[i] = value.NewModel(n)
	}
	return out
}

// election is a short violated run: functions, sets, records, big numbers.
func election() *Report {
	files := &source.Set{}
	f := files.Add("Election.tla", "---- MODULE Election ----\nWin(s) ==\n  leader' = s\n====\n")
	at := source.Span{Start: f.Pos(26), End: f.Pos(32)}
	nodes := models("Node1", "Node2", "Node3")
	perNode := func(vals ...value.Value) value.Value { return value.NewFunc(value.NewSet(nodes), vals) }
	zero, one := value.Value(value.Int(0)), value.Value(value.Int(1))
	none, self := value.Value(value.EmptySet), value.NewSet(models("Node1"))
	message := value.NewRecord([]string{"from", "kind", "term"}, []value.Value{nodes[0], value.NewStr("vote request"), one})
	vars := []string{"currentTerm", "votesGranted", "messages", "log"}
	b := &trace.Behaviour{Vars: vars, Steps: []trace.Step{
		{Action: "InitialState", State: []value.Value{perNode(zero, zero, zero), perNode(none, none, none), value.EmptySet, value.EmptyTuple}},
		{Action: "Timeout(Node1)", Span: at, State: []value.Value{perNode(one, zero, zero), perNode(self, none, none),
			value.NewSet([]value.Value{message}), value.EmptyTuple}},
		{Action: "Win(Node1)", Span: at, State: []value.Value{perNode(one, one, zero), perNode(value.NewSet(nodes), none, none),
			value.NewSet([]value.Value{message}), value.NewTuple([]value.Value{value.Interval(1, 3), value.True})}},
	}}
	return &Report{Files: files, Version: "v0.0.0-test", Result: &trace.Result{
		Spec: "Election", Status: trace.Violated, Engine: "explicit",
		Violations: []*trace.Violation{{Kind: trace.Invariant, Name: "AtMostOneLeader", Step: 3, Behaviour: b}},
		Counts:     &trace.Counts{Generated: 4757, Distinct: 2025, Left: 35, Depth: 5},
		Goals:      []trace.Goal{{Name: "TypeOK"}, {Name: "AtMostOneLeader", Span: at}},
		Bound:      -1, Duration: 14 * time.Millisecond,
		Warnings: []*diag.Diagnostic{{Code: "W101", Message: `write /\ for \and`, Span: at}},
		Notes:    []string{"Deadlock was not checked."},
	}}
}

// lasso is a liveness violation.
func lasso() *Report {
	b := &trace.Behaviour{Vars: []string{"x"}, LoopStart: 2, Steps: []trace.Step{
		{Action: "InitialState", State: []value.Value{value.Int(0)}},
		{Action: "Up", State: []value.Value{value.Int(1)}},
		{Action: "Down", State: []value.Value{value.Int(2)}},
	}}
	return &Report{Files: &source.Set{}, Result: &trace.Result{Spec: "Clock", Status: trace.Violated, Engine: "explicit", Bound: -1,
		Violations: []*trace.Violation{{Kind: trace.Liveness, Name: "Live", Step: 3, Behaviour: b}}}}
}

func TestGolden(t *testing.T) {
	for name, r := range map[string]*Report{"election": election(), "lasso": lasso()} {
		for _, form := range formats {
			if form.ending == ".html" { // scripts and styles, and the view: see package web
				continue
			}
			got, err := form.render(r, r.behaviour(), "Trace")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+form.ending, got)
		}
		view, err := r.View()
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".view.json", append(view, '\n'))
		for _, width := range []int{80, 120} {
			var b bytes.Buffer
			if err := r.Text(&b, Style{Width: width}); err != nil {
				t.Fatal(err)
			}
			golden(t, name+map[int]string{80: ".80.txt", 120: ".120.txt"}[width], b.Bytes())
		}
	}
}

func TestMachineFormats(t *testing.T) {
	for name, r := range map[string]*Report{
		"election": election(), "lasso": lasso(), "clean": {Result: &trace.Result{Spec: "S", Status: trace.Clean, Engine: "bmc", Bound: 10,
			Goals: []trace.Goal{{Name: "TypeOK"}, {Name: "deadlock"}}}},
		"proved": {Result: &trace.Result{Spec: "S", Status: trace.Verified, Engine: "induct", Bound: -1, Proofs: []*trace.Proof{
			{Name: "Inv", K: 2, ForAny: []string{"N"}, Lemmas: []string{"TypeOK", "L"}},
			{Name: "TypeOK", K: 2, ForAny: []string{"N"}, Lemmas: []string{"Inv", "L"}}}}},
		"unknown": {Result: &trace.Result{Spec: "S", Status: trace.Unknown, Reason: "k = 5 was not enough", Bound: -1}},
		"error": {Result: &trace.Result{Spec: "S", Status: trace.Failed, Bound: -1,
			Err: diag.New(diag.Syntax, "E201", source.Span{}, "unknown name")}},
	} {
		for _, f := range []struct {
			ending string
			render func() ([]byte, error)
		}{{".txt", func() ([]byte, error) {
			var b bytes.Buffer
			err := r.Text(&b, Style{})
			return b.Bytes(), err
		}}, {".junit.xml", r.JUnit}, {".sarif", r.SARIF}, {".result.json", r.JSON}} {
			got, err := f.render()
			if err != nil {
				t.Fatal(err)
			}
			var v any
			switch f.ending {
			case ".txt":
			case ".junit.xml":
				var suite struct{ XMLName xml.Name }
				err = xml.Unmarshal(got, &suite)
			default:
				err = json.Unmarshal(got, &v)
			}
			if err != nil {
				t.Errorf("%s%s is not well formed: %v", name, f.ending, err)
			}
			golden(t, name+f.ending, got)
		}
	}
}

func TestColour(t *testing.T) {
	var b bytes.Buffer
	if err := lasso().Text(&b, Style{Width: 60, Colour: true}); err != nil {
		t.Fatal(err)
	}
	golden(t, "lasso.colour.txt", b.Bytes())
}
