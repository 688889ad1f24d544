package bmc

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// load reads a spec and its config from disk; paths are relative to the
// repository's root.
func load(t testing.TB, spec, cfg string) *ir.System {
	t.Helper()
	spec, cfg = filepath.Join("..", spec), filepath.Join("..", cfg)
	if _, err := os.Stat(spec); err != nil {
		t.Skipf("no %s here", spec)
	}
	o := frontend.Options{Files: new(source.Set), Spec: spec}
	c, err := frontend.ReadConfig(o.Files, cfg)
	if err != nil {
		t.Fatal(err)
	}
	o.Config = c
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatal(show.RenderError(o.Files, err))
	}
	return sys
}

func TestLesson(t *testing.T) {
	sys := load(t, "../shared/lesson/LeaderElection.tla", "../shared/lesson/LeaderElection.cfg")
	r := Check(context.Background(), sys, Options{Depth: 10})
	if r.Status != trace.Violated {
		t.Fatalf("%v %v %v", r.Status, r.Message, r.Err)
	}
	v := r.Violations[0]
	if v.Name != "AtMostOneLeader" || v.Step != 5 || v.Kind != trace.Invariant {
		t.Errorf("%+v", v)
	}
	if got := v.Behaviour.Steps[1].Action; !strings.HasPrefix(got, "FollowLoop(") {
		t.Errorf("the first step is %s", got)
	}
}

// TestApalacheModels runs the corpus models that are meant for a symbolic
// checker, to the depth at which they are meant to be run.
func TestApalacheModels(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const root = "../shared/corpus/examples"
	table, err := os.ReadFile(filepath.Join("..", root, "apalache.tsv"))
	if err != nil {
		t.Skip("no corpus here")
	}
	for line := range strings.Lines(string(table)) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if len(row) != 4 || strings.HasPrefix(line, "#") || row[0] == "spec" {
			continue
		}
		t.Run(row[1], func(t *testing.T) {
			r := Check(context.Background(), load(t, filepath.Join(root, row[1]), filepath.Join(root, row[2])), Options{Depth: 5})
			want := trace.Clean
			if row[3] != "success" {
				want = trace.Violated
			}
			if r.Status != want {
				t.Errorf("got %v (%v), want %v", r.Status, r.Err, want)
			}
		})
	}
}
