package sample

import (
	"context"
	"runtime"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

const growing = `---- MODULE M ----
EXTENDS Naturals, FiniteSets
CONSTANT Node
VARIABLES at, sent
Init == at = [n \in Node |-> 0] /\ sent = {}
Next == \E n, m \in Node :
    /\ \A x, y \in SUBSET Node : Cardinality(x \cup y) <= 9
    /\ at' = [at EXCEPT ![n] = @ + 1]
    /\ sent' = sent \cup {<<n, m, at[m]>>}
====`

// TestOneSeedOneSample: what a bound leaves of a sample does not depend on how fast
// the machine is, or on how many cores it has.
func TestOneSeedOneSample(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": growing},
		Constants: []string{"Node={a, b, c}"}, Init: "Init", Next: "Next",
	})
	if err != nil {
		t.Fatal(err)
	}
	in := sys.With(nil)
	for name, h := range map[string]how{
		"states generated": {states: 200, work: 1_000},
		"steps":            {states: 200, steps: 30_000},
		"steps of a beam":  {states: 200, steps: 30_000, beam: 20},
		"bytes":            {states: 200, memory: 10_000},
	} {
		quiet := sampled(t, in, h, 1)
		stop := busy()
		loud := sampled(t, in, h, 3)
		stop()
		if !slices.Equal(quiet, loud) {
			t.Errorf("bounded by %s: %d values on a quiet machine are not those on a busy one, %d", name, len(quiet), len(loud))
		}
		if len(quiet) < 100 {
			t.Errorf("bounded by %s: only %d values", name, len(quiet))
		}
	}
}

// sampled are the values of all variables in a sample of in, made with so many cores.
func sampled(t *testing.T, in *ir.Instance, h how, cores int) (out []string) {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	set, err := Collect(context.Background(), in, h, 7)
	if err != nil || set.All {
		t.Fatalf("all states: %v, %v", set.All, err)
	}
	for i := range set.N {
		for _, v := range set.State(i) {
			out = append(out, v.String())
		}
	}
	return out
}

// busy keeps the cores busy until stop is called.
func busy() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	for range 2 {
		go func() {
			for ctx.Err() == nil {
				_ = value.NewSet([]value.Value{value.Int(3), value.Int(1), value.Int(2)})
			}
		}()
	}
	return cancel
}
