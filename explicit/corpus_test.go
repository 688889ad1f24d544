package explicit

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

var corpus, _ = filepath.Abs("../../shared/corpus")

// A row is one model of the corpus with what TLC says of it.
type row map[string]string

func (r row) int(name string) int64 { n, _ := strconv.ParseInt(r[name], 10, 64); return n }

// corpusRows reads a table of the corpus; the test is skipped when it is absent.
func corpusRows(t testing.TB, name string) []row {
	f, err := os.Open(filepath.Join(corpus, name))
	if err != nil {
		t.Skipf("the corpus is not here: %v", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.Comment, r.LazyQuotes, r.FieldsPerRecord = '\t', '#', true, -1
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for _, l := range lines[1:] {
		m := row{}
		for i, x := range l {
			m[lines[0][i]] = x
		}
		rows = append(rows, m)
	}
	return rows
}

// loadModel loads a module of the corpus with its config.
func loadModel(t testing.TB, r row) *ir.System {
	files := &source.Set{}
	dir := filepath.Join(corpus, "examples")
	cfg, err := frontend.ReadConfig(files, filepath.Join(dir, r["cfg"]))
	if err != nil {
		t.Fatal(err)
	}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: filepath.Join(dir, r["module"]), Config: cfg})
	if err != nil {
		t.Fatal(explain(err, files))
	}
	return sys
}

// statusOf is the status that TLC's result stands for.
func statusOf(result string) trace.Status {
	if result == "success" {
		return trace.Verified
	}
	return trace.Violated
}

// TestCorpus compares verdict and counts with TLC's on every model that TLC
// finished within seconds; with LEMMA_LONG set, on all.
func TestCorpus(t *testing.T) {
	t.Setenv("JSON", filepath.Join(corpus, "examples/ewd998/EWD998ChanTrace.ndjson"))
	for _, r := range corpusRows(t, "examples/expected.tsv") {
		wall, _ := strconv.ParseFloat(r["tlc_wall_s"], 64)
		if r["mode"] != "exhaustive search" || strings.Contains(r["note"], "not finished") || r["result"] == "unknown" {
			continue
		}
		if os.Getenv("LEMMA_LONG") == "" && (wall > 13 || wall == 0) {
			continue
		}
		t.Run(r["cfg"], func(t *testing.T) { compareWithTLC(t, r) })
	}
}

func compareWithTLC(t *testing.T, r row) {
	sys := loadModel(t, r)
	t.Chdir(t.TempDir()) // for what the model writes
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	res := Check(ctx, sys, Options{Files: true})
	want := statusOf(r["result"])
	if res.Err != nil && strings.Contains(res.Err.Error(), "no such file") {
		t.Skip("the model reads a file that the corpus does not have")
	}
	if res.Err != nil && strings.Contains(res.Err.Error(), "runs a program") {
		t.Skip("the model runs programs")
	}
	if res.Status == trace.Failed {
		t.Fatal(explain(res.Err, sys.Files))
	}
	if res.Status != want && !(res.Status == trace.Unknown && strings.Contains(res.Reason, "liveness")) {
		t.Errorf("status %d (%s %s), want %s", res.Status, res.Message, res.Reason, r["result"])
	}
	t.Log(res.Duration)
	if want != trace.Verified || res.Counts == nil || r["generated"] == "" {
		return
	}
	if slices.Contains(warningCodes(res), string(codeAsymmetric)) {
		return // TLC merges states that we tell apart
	}
	c := res.Counts
	if c.Generated != r.int("generated") || c.Distinct != r.int("distinct") || c.Depth != wantedDepth(t, sys, c.Depth, int(r.int("depth"))) {
		t.Errorf("generated %d, distinct %d, depth %d; TLC has %s, %s, %s", c.Generated, c.Distinct, c.Depth, r["generated"], r["distinct"], r["depth"])
	}
}

// wantedDepth is the number of levels. TLC's figures are of two workers, one of
// which may be first to a state on a way that is not the shortest: its depth is
// never too small, and the evaluator says whether it is too large. (A
// symmetry leaves the levels as they are, a VIEW need not.)
func wantedDepth(t *testing.T, sys *ir.System, got, tlc int) int {
	if got >= tlc || sys.View != nil {
		return tlc
	}
	return explorePlain(t, sys).counts.Depth
}

// TestSimulateCorpus runs the models that TLC simulates.
func TestSimulateCorpus(t *testing.T) {
	for _, r := range corpusRows(t, "examples/expected.tsv") {
		if r["mode"] != "simulate" {
			continue
		}
		t.Run(r["cfg"], func(t *testing.T) {
			sys := loadModel(t, r)
			res := simulate.Run(t.Context(), sys, simulate.Options{Count: 100})
			if res.Err != nil {
				t.Fatal(explain(res.Err, sys.Files))
			}
			want := trace.Violated
			if r["result"] == "success" {
				want = trace.Clean
			}
			if res.Status != want {
				t.Errorf("%s %s, want %s", res.Status, res.Message, want)
			}
		})
	}
}
