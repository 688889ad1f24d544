//go:build unix

package bmc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/trace"
)

// modelLimit is how long a model of the corpus may take of a processor.
const modelLimit = 60 * time.Second

// TestCorpus runs the models of which TLC knows the result to depth 5 and prints
// how each of them ended. At least 95% must end within a minute and agree with
// explicit search; the others must say what is not supported, and where.
func TestCorpus(t *testing.T) {
	if os.Getenv("LEMMA_LONG") == "" {
		t.Skip("the models of the corpus take minutes: LEMMA_LONG=1 runs them")
	}
	const root = "../shared/corpus/examples"
	table, err := os.ReadFile(filepath.Join("..", root, "expected.tsv"))
	if err != nil {
		t.Skip("no corpus here")
	}
	log, _ := filepath.Abs(filepath.Join("..", root, "ewd998/EWD998ChanTrace.ndjson"))
	if _, err := os.Stat(log); err == nil {
		t.Setenv("JSON", log)
	}
	models, right := 0, 0
	for line := range strings.Lines(string(table)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(row) < 12 || row[0] == "spec" || row[5] == "unknown" || !strings.Contains(row[3], "search") {
			continue
		}
		t.Run(row[2], func(t *testing.T) {
			took, r := timed(t, filepath.Join(root, row[1]), filepath.Join(root, row[2]))
			if list := diag.Of(r.Err); len(list) > 0 && list[0].Code == "R113" {
				t.Skip("the model wants a file that the corpus does not have, or runs programs")
			}
			models++
			said := ending(t, r, row[5], filepath.Join(root, row[1]), filepath.Join(root, row[2]))
			t.Logf("%-9s %6.1f s  %s", said, took.Seconds(), r.Message)
			if said == "right" {
				right++
			}
		})
	}
	t.Logf("%d of %d models", right, models)
	if right*100 < models*95 {
		t.Errorf("%d of %d models are right, at least 95%% are wanted", right, models)
	}
}

// timed runs a model with the processor time that it takes.
func timed(t *testing.T, module, cfg string) (time.Duration, *trace.Result) {
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	start := processorTime()
	go func() {
		for tick := time.NewTicker(100 * time.Millisecond); ctx.Err() == nil; <-tick.C {
			if processorTime()-start > modelLimit {
				cancel(errors.New("out of time"))
			}
		}
	}()
	r := Check(ctx, load(t, module, cfg), Options{Depth: 5, Files: true})
	return processorTime() - start, r
}

// ending says of a result what it is worth, and fails the test where it is wrong.
func ending(t *testing.T, r *trace.Result, tlc, module, cfg string) string {
	switch r.Status {
	case trace.Violated:
		if tlc == "success" {
			t.Errorf("%s, which TLC does not find", r.Message)
			return "wrong"
		}
		if v := explicitly(t, module, cfg); v != nil && v.Kind != trace.Liveness && (v.Kind != r.Violations[0].Kind || v.Step != r.Violations[0].Step) {
			t.Errorf("%s in state %d; explicit search has %s in state %d", r.Message, r.Violations[0].Step, v.Sentence(), v.Step)
			return "wrong"
		}
		return "right"
	case trace.Clean, trace.Verified:
		if tlc != "success" {
			if v := explicitly(t, module, cfg); v == nil || v.Step > 0 && v.Step <= 6 && v.Kind != trace.Liveness {
				t.Errorf("nothing is found; explicit search has a violation in state %d", v.Step)
				return "wrong"
			}
		}
		return "right"
	case trace.Failed:
		if list := diag.Of(r.Err); len(list) > 0 && list[0].Span.Valid() {
			return fmt.Sprintf("%s, with its place", list[0].Code)
		}
		t.Errorf("no place: %v", r.Err)
	}
	return r.Status.String()
}

// explicitly is the violation that explicit search finds.
func explicitly(t *testing.T, module, cfg string) *trace.Violation {
	r := explicit.Check(t.Context(), load(t, module, cfg), explicit.Options{})
	if len(r.Violations) == 0 {
		return nil
	}
	return r.Violations[0]
}

// processorTime is what the process has used of the processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
