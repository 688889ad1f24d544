package explicit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/trace"
)

// namesOf lists what a result says is violated, and in which states.
func namesOf(r *trace.Result) (out []string) {
	for _, v := range r.Violations {
		out = append(out, fmt.Sprint(v.Kind, " ", v.Name, " ", v.Step))
	}
	return out
}

// TestMaxErrors looks for several violations: on other levels, in one state, of
// steps and of what ends the search, by any number of workers, in a search and
// in random behaviours.
func TestMaxErrors(t *testing.T) {
	const body = `VARIABLES x, y
		Init == x = 0 /\ y \in {0, 1}
		Next == x < 6 /\ x' = x + 1 /\ y' = y
		A == x # 2
		Both == x # 4 \/ y = 0
		AlsoBoth == x < 4
		Last == x < 6
		Step == [][x' # 3]_x
		Fails == Assert(x < 5, "five")
		Breaks == 1 \div (5 - x) # 7`
	for _, tt := range []struct {
		cfg  string
		n    int
		want string
	}{
		{"INVARIANTS A Both AlsoBoth Last", 1, "invariant A 3"},
		{"INVARIANTS A Both AlsoBoth Last", 2, "invariant A 3; invariant Both 5"},
		{"INVARIANTS A AlsoBoth Both Last", 9, "invariant A 3; invariant AlsoBoth 5; invariant Both 5; invariant Last 7"},
		{"INVARIANTS Last A PROPERTY Step", 9, "invariant A 3; action Step 4; invariant Last 7"},
		{"INVARIANTS A CHECK_DEADLOCK TRUE", 9, "invariant A 3; deadlock  7"},
		{"INVARIANTS A Fails Last", 9, "invariant A 3; assert  6"},
		{"INVARIANTS A Breaks Last", 9, "invariant A 3"},
	} {
		sys := load(t, body, "INIT Init\nNEXT Next\n"+tt.cfg+map[bool]string{true: "", false: "\nCHECK_DEADLOCK FALSE"}[strings.Contains(tt.cfg, "DEADLOCK")]+"\n")
		for workers := 1; workers <= 2; workers++ {
			r := Check(t.Context(), sys, Options{Workers: workers, MaxErrors: tt.n, onLevel: shareAll})
			if got := strings.Join(namesOf(r), "; "); got != tt.want {
				t.Errorf("%s, %d: %s, want %s", tt.cfg, tt.n, got, tt.want)
			}
			if tt.n == 2 {
				continue // which two random behaviours come to is another matter
			}
			r = simulate.Run(t.Context(), sys, simulate.Options{Workers: workers, MaxErrors: tt.n, Count: 20, Depth: 10})
			got, want := namesOf(r), strings.Split(tt.want, "; ")
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("simulation of %s, %d: %q, want %q", tt.cfg, tt.n, got, want)
			}
		}
	}
}

// TestEndBySpec: TLCSet("exit", TRUE) ends a search wherever it stands, and what
// was found before is not lost.
func TestEndBySpec(t *testing.T) {
	const body = `VARIABLE k
		Init == k = 1
		Next == k' \in {2 * k, 2 * k + 1}
		Enough == TLCSet("exit", TLCGet("distinct") > 50)
		Small == k < 20
		Bound == TLCSet("exit", k > 30)
		Ends == Next /\ TLCSet("exit", k > 1000)`
	for _, tt := range []struct {
		cfg    string
		status trace.Status
	}{
		{"NEXT Next\nINVARIANT Enough", trace.Clean},
		{"NEXT Next\nCONSTRAINT Bound", trace.Clean},
		{"NEXT Ends", trace.Clean},
		{"NEXT Next\nINVARIANTS Enough Small", trace.Violated},
	} {
		for workers := 1; workers <= 2; workers++ {
			r := Check(t.Context(), load(t, body, "INIT Init\n"+tt.cfg+"\n"), Options{Workers: workers})
			if r.Status != tt.status || r.Status == trace.Clean && !strings.Contains(r.Message, "left to explore") {
				t.Errorf("%s: %s %s", tt.cfg, r.Status, r.Message)
			}
		}
	}
}

// TestNoInitialState: a search that could not have failed says so.
func TestNoInitialState(t *testing.T) {
	sys := load(t, `VARIABLE x
		Init == x \in {}
		Next == x' = 1 - x
		Inv == x < 2`, "INIT Init\nNEXT Next\nINVARIANT Inv\n")
	for _, r := range []*trace.Result{Check(t.Context(), sys, Options{}), simulate.Run(t.Context(), sys, simulate.Options{Count: 3, Depth: 5})} {
		if r.ExitCode() != 0 || !strings.Contains(r.Message, "nothing was checked") || !slices.Contains(warningCodes(r), "W137") {
			t.Errorf("%s: %s, %v", r.Engine, r.Message, warningCodes(r))
		}
	}
}
