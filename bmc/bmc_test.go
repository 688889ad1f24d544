package bmc

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// load reads a spec and its config from disk; paths are relative to the
// repository's root.
func load(t testing.TB, spec, cfg string, opt func(*frontend.Options)) *ir.System {
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
	if opt != nil {
		opt(&o)
	}
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatal(trace.RenderError(o.Files, err))
	}
	return sys
}

func TestLesson(t *testing.T) {
	sys := load(t, "../shared/lesson/LeaderElection.tla", "../shared/lesson/LeaderElection.cfg", nil)
	r := Check(context.Background(), sys, Options{Depth: 10})
	if r.Status != trace.Violated {
		t.Fatalf("%v %v %v", r.Status, r.Message, r.Err)
	}
	v := r.Violations[0]
	if v.Name != "AtMostOneLeader" || v.Step != 5 || v.Kind != trace.Invariant {
		t.Errorf("%+v", v)
	}
	for _, s := range v.Behaviour.Steps {
		t.Log(s.Action, s.State)
	}
	t.Log(r.Duration)
}
