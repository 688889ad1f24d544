package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// modelLimit is how long a model of the corpus may take; TLC took less than half.
const modelLimit = 2 * time.Minute

// tlcExits are TLC's exit codes by the results in the corpus' table; it does not
// know the results of models that want files or tools beside them.
var tlcExits = map[string]int{"success": 0, "assumption failure": 10, "deadlock failure": 11, "safety failure": 12, "liveness failure": 13}

// TestTLCCorpus runs lemma tlc over the models of the corpus, with the command
// line that their manifests ask for; each must end with TLC's exit code.
func TestTLCCorpus(t *testing.T) {
	if os.Getenv("LEMMA_LONG") == "" {
		t.Skip("the models of the corpus take minutes: LEMMA_LONG=1 runs them")
	}
	root, err := filepath.Abs("../../../shared/corpus/examples")
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join(root, "expected.tsv"))
	if err != nil {
		t.Skip("no reference corpus beside the checkout")
	}
	for _, line := range strings.Split(string(table), "\n")[2:] {
		col := strings.Split(line, "\t")
		if len(col) <= 11 || !quick(col[9]) {
			continue
		}
		if want, known := tlcExits[col[5]]; known {
			t.Run(col[2], func(t *testing.T) { runCorpusModel(t, root, col[1], col[2], col[3], want) })
		}
	}
}

// quick tells whether TLC was done with a model within a minute.
func quick(seconds string) bool {
	s, err := strconv.ParseFloat(seconds, 64)
	return err == nil && s < 60
}

// runCorpusModel runs a model in its folder.
func runCorpusModel(t *testing.T, root, module, config, mode string, want int) {
	t.Helper()
	args := []string{"tlc", "-workers", "1", "-config", filepath.Base(config)}
	if mode != "exhaustive search" {
		args = append(args, "-simulate", "num=100", "-depth", "100")
	}
	ctx, cancel := context.WithTimeout(context.Background(), modelLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], append(args, filepath.Base(module))...)
	cmd.Dir, cmd.Env = filepath.Join(root, filepath.Dir(module)), append(os.Environ(), asLemma+"=1")
	cmd.WaitDelay = time.Second
	out, _ := cmd.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("%s: no end within %v, want exit code %d\n%s", config, modelLimit, want, out)
	}
	if strings.Contains(string(out), "R113: ") {
		t.Skip("the model reads a file that the corpus does not have")
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Errorf("%s: exit code %d, want %d\n%s", config, got, want, out)
	}
}
