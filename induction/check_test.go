package induction

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// load reads a bundled spec with its own config and constants left open.
func load(t *testing.T, name string, o frontend.Options) *ir.System {
	t.Helper()
	o.Files = &source.Set{}
	o.Spec = filepath.Join("..", "specs", name, name+".tla")
	cfg, err := frontend.ReadConfig(o.Files, filepath.Join("..", "specs", name, name+".cfg"))
	if err != nil {
		t.Fatal(err)
	}
	o.Config = cfg
	return system(t, o)
}

// module reads a spec from a text.
func module(t *testing.T, text string, o frontend.Options) *ir.System {
	t.Helper()
	o.Files = &source.Set{}
	o.Spec = "M.tla"
	o.Inline = map[string]string{"M.tla": text}
	return system(t, o)
}

func system(t *testing.T, o frontend.Options) *ir.System {
	t.Helper()
	sys, _, err := frontend.Load(o)
	if e, ok := err.(*diag.Error); ok {
		for _, d := range e.Diagnostics {
			t.Error(diag.Render(o.Files, d))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return sys
}

func check(t *testing.T, sys *ir.System, o Options) *trace.Result {
	t.Helper()
	r := Check(context.Background(), sys, o)
	if r.Err != nil {
		if e, ok := r.Err.(*diag.Error); ok {
			t.Fatal(diag.Render(sys.Files, e.Diagnostics[0]))
		}
		t.Fatal(r.Err)
	}
	return r
}

func TestElectionIsProvedForAnyMaxTerm(t *testing.T) {
	for _, name := range []string{"RaftElectionActions", "RaftElection"} {
		sys := load(t, name, frontend.Options{Any: []string{"MaxTerm"}})
		r := check(t, sys, Options{})
		if r.Status != trace.Verified {
			t.Fatalf("%s: %v: %s %s", name, r.Status, r.Message, r.Reason)
		}
		for _, p := range r.Proofs {
			if p.K != 1 || !slices.Equal(p.ForAny, []string{"MaxTerm"}) {
				t.Errorf("%s: %+v, want k = 1 for any MaxTerm", name, p)
			}
		}
	}
}

func TestMissingLemmaGivesARealCTI(t *testing.T) {
	sys := load(t, "RaftElectionActions", frontend.Options{Any: []string{"MaxTerm"}})
	whole := sys.Invariants
	for i, left := range whole {
		if left.Name == "TypeOK" || left.Name == "AtMostOneLeader" {
			continue
		}
		sys.Invariants = slices.Delete(slices.Clone(whole), i, i+1)
		r := check(t, sys, Options{K: 1})
		if r.Status != trace.Unknown || len(r.CTIs) == 0 {
			t.Errorf("without %s: %v with %d CTIs, want Unknown with one", left.Name, r.Status, len(r.CTIs))
		}
	}
}
