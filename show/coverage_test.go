package show

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// covered is a small result with coverage.
func covered(distinct int64) *Report {
	files := &source.Set{}
	f := files.Add("Clock.tla", "---- MODULE Clock ----\nTick == x' = 1\n====\n")
	return &Report{Files: files, Result: &trace.Result{Spec: "Clock", Status: trace.Verified, Bound: -1,
		Coverage:  []trace.Coverage{{Action: "Tick", Span: source.Span{Start: f.Pos(23), End: f.Pos(27)}, Generated: 12345, Distinct: distinct}},
		OutDegree: &trace.OutDegree{Min: 0, Mean: 1.25, Max: 3},
	}}
}

func TestCoverageText(t *testing.T) {
	for distinct, want := range map[int64]string{
		678: `│ Tick   │ Clock.tla:2:1 │ 12,345 │ 678 │`,
		-1:  `│ Tick   │ Clock.tla:2:1 │ 12,345 │` + "\n",
	} {
		var b strings.Builder
		if err := covered(distinct).Text(&b, Style{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) || !strings.Contains(b.String(), "0 to 3 steps out of a state, 1.2 on average") {
			t.Errorf("want %s in\n%s", want, b.String())
		}
	}
}

func TestCoverageJSON(t *testing.T) {
	for distinct, want := range map[int64]string{
		678: `"coverage":[{"action":"Tick","location":"Clock.tla:2:1","generated":12345,"distinct":678}]`,
		-1:  `"coverage":[{"action":"Tick","location":"Clock.tla:2:1","generated":12345}]`,
	} {
		text, err := covered(distinct).JSON()
		if err != nil {
			t.Fatal(err)
		}
		flat := strings.NewReplacer(" ", "", "\n", "").Replace(string(text))
		if !strings.Contains(flat, want) || !strings.Contains(flat, `"out_degree":{"min":0,"mean":1.25,"max":3}`) {
			t.Errorf("want %s in %s", want, flat)
		}
	}
	plain := &Report{Files: &source.Set{}, Result: &trace.Result{Status: trace.Verified, Bound: -1}}
	text, err := plain.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, absent := range []string{"coverage", "out_degree", "simulated"} {
		if strings.Contains(string(text), absent) {
			t.Errorf("%s is there without reason", absent)
		}
	}
}

func TestSimulatedSummary(t *testing.T) {
	r := &Report{Result: &trace.Result{Status: trace.Clean, Engine: "simulate", Bound: 100, Simulated: &trace.Simulated{Behaviours: 1000, Steps: 12500, Generated: 40000, Longest: 100}}}
	const want = "1,000 random behaviours of 12.5 steps on average, 100 at most, 40,000 states generated; bound 100 steps"
	if got := r.Summary(); !strings.Contains(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}
