package specgen

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

var theNumber = regexp.MustCompile(`\n  N = \d+`)

// withNumber loads s with another N, or, where that is "", with one that the
// search chooses.
func (s *Spec) withNumber(n string) (*ir.System, error) {
	files, o := &source.Set{}, frontend.Options{Spec: "T.tla", Inline: s.modules()}
	by := ""
	if n != "" {
		by = "\n  N = " + n
	} else {
		o.FreeConstants, o.Choose, o.ConstInit = true, true, "N \\in {1, 2}"
	}
	cfg, err := frontend.ParseConfig(files, "T.cfg", theNumber.ReplaceAllString(s.Config(), by))
	if err != nil {
		return nil, err
	}
	o.Files, o.Config, o.Further = files, cfg, true
	sys, _, err := frontend.Load(o)
	return sys, err
}

// choicePatience is how long one search may take; what takes longer is not
// compared.
const choicePatience = 300 * time.Millisecond

// TestChosen: a search that chooses a constant of a random spec violates what a
// search for one of the choices violates, in explicit and in bounded search.
func TestChosen(t *testing.T) {
	engines := map[string]func(context.Context, *ir.System) *trace.Result{
		"explicit": func(ctx context.Context, sys *ir.System) *trace.Result {
			return explicit.Check(ctx, sys, explicit.Options{Workers: 1})
		},
		"bmc": func(ctx context.Context, sys *ir.System) *trace.Result {
			return bmc.Check(ctx, sys, bmc.Options{Depth: 3})
		},
	}
	compared := 0
	for seed := range specs(60, *count) {
		s := New(seed)
		if s.registers {
			continue // what one choice writes, another one reads
		}
		for name, engine := range engines {
			check := func(sys *ir.System) *trace.Result {
				ctx, cancel := context.WithTimeout(t.Context(), choicePatience)
				defer cancel()
				return engine(ctx, sys)
			}
			violated, decided := false, true
			for _, n := range []string{"1", "2"} {
				sys, err := s.withNumber(n)
				if err != nil {
					t.Fatalf("seed %d: %v\n%s", seed, err, s)
				}
				r := check(sys)
				violated = violated || r.Status == trace.Violated
				decided = decided && (r.Status == trace.Violated || r.Status == trace.Verified || r.Status == trace.Clean)
			}
			if !decided {
				continue
			}
			sys, err := s.withNumber("")
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, s)
			}
			r := check(sys)
			if excuse(r) != "" {
				continue
			}
			compared++
			if got := r.Status == trace.Violated; r.Status == trace.Failed || got != violated {
				t.Errorf("seed %d, %s: %v %v; violated for one of the choices: %v\n%s", seed, name, r.Status, r.Err, violated, s)
			}
		}
	}
	if compared == 0 {
		t.Error("no spec was compared")
	}
}
