package explicit

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/internal/specgen"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// TestEarlySearch looks for lassos after every level: the verdict is the same as
// at the end, and so are the counts where nothing is found.
func TestEarlySearch(t *testing.T) {
	found := 0
	for seed := range uint64(120) {
		sys, err := specgen.New(seed).Load()
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Of(sys).Temporal) == 0 {
			continue
		}
		want := Check(t.Context(), sys, Options{Workers: 1})
		for workers := 1; workers <= 2; workers++ {
			got := Check(t.Context(), sys, Options{Workers: workers, early: early{1, 1}, onLevel: shareAll})
			if got.Status != want.Status && want.Status != trace.Failed {
				t.Errorf("seed %d: %s %s, want %s %s", seed, got.Status, got.Message, want.Status, want.Message)
			}
			if got.Status == trace.Verified && *got.Counts != *want.Counts {
				t.Errorf("seed %d: %+v, want %+v", seed, *got.Counts, *want.Counts)
			}
		}
		if want.Status == trace.Violated {
			found++
		}
	}
	t.Logf("%d violations", found)
}

// TestEarlyGoesOn: the search goes on where nothing is found, to its end.
func TestEarlyGoesOn(t *testing.T) {
	for _, tt := range []struct {
		prop string
		want trace.Status
	}{
		{"<>(x = 60)", trace.Verified},
		{"<>(x = 61)", trace.Violated},
		{"[](x = 5 => [](x # 4))", trace.Verified},
		{"(x = 5) ~> (x = 60)", trace.Verified},
	} {
		sys := load(t, `VARIABLES x, y
			Init == x = 0 /\ y = 0
			Next == x < 60 /\ x' = x + 1 /\ y' \in {y, 1 - y}
			Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Next)
			P == `+tt.prop, "SPECIFICATION Spec\nPROPERTY P\nCHECK_DEADLOCK FALSE\n")
		for workers := 1; workers <= 2; workers++ {
			r := Check(t.Context(), sys, Options{Workers: workers, early: early{3, 3}, onLevel: shareAll})
			if r.Status != tt.want || r.Status == trace.Verified && r.Counts.Distinct != 121 {
				t.Errorf("%s: %s %s, %+v", tt.prop, r.Status, r.Message, *r.Counts)
			}
		}
	}
}

// TestEarlyLabels: explored states keep the atoms that a search for lassos evaluated,
// those that were closed for it do not.
func TestEarlyLabels(t *testing.T) {
	sys := load(t, `VARIABLE x
		Init == x = 0
		Next == x < 20 /\ x' \in {x + 1, x + 2}
		Spec == Init /\ [][Next]_x /\ WF_x(Next)
		P == <>(x = 20 \/ x = 21)`, "SPECIFICATION Spec\nPROPERTY P\nCHECK_DEADLOCK FALSE\n")
	looked, before := 0, 0 // states: labelled so far, explored at the end of the last level
	r := Check(t.Context(), sys, Options{Workers: 1, early: early{1, 1}, onLevel: func(s *search) {
		explored := 0
		looked = 0
		for r := range s.store.Next() {
			if !s.store.Holds(r) {
				continue
			}
			if s.store.Steps(r) != nil {
				explored++
			}
			if s.labelled.Has(r) {
				looked++
				if s.store.Steps(r) == nil {
					t.Errorf("state %d is labelled, and not explored", r)
				}
			}
		}
		if s.labelled != nil && looked > before {
			t.Errorf("level %d: %d labelled of %d explored", s.level.Load(), looked, before)
		}
		before = explored
	}})
	if r.Status != trace.Verified || looked == 0 {
		t.Errorf("%s %s, %d labelled early", r.Status, r.Message, looked)
	}
}

// endless has no end: what is found is found on the way.
func endless(t *testing.T, prop string) *ir.System {
	return load(t, `VARIABLES r, z
		Init == r = 0 /\ z = 0
		Flip == r' = 1 - r /\ z' = z
		Grow == r' = r /\ z' = z + 1
		Spec == Init /\ [][Flip \/ Grow]_<<r, z>> /\ WF_<<r, z>>(Flip)
		P == `+prop, "SPECIFICATION Spec\nPROPERTY P\n")
}

// TestEndlessGraph: lassos and bad prefixes of graphs without end.
func TestEndlessGraph(t *testing.T) {
	for _, tt := range []struct {
		prop string
		want string // kind and length of the behaviour
	}{
		{"<>[](r = 0)", "liveness 2"},
		{"<>(z = 5)", "liveness 2"},
		{"(z = 3) ~> (z = 4)", "liveness 5"},
		{"[](z = 2 => [](z # 4))", "invariant 5"},
		{"[](z = 1 => [](r = 1 => [](z # 3)))", "invariant 5"},
		{"(r = 0) => [](z = 2 => [](r = 0))", "invariant 4"},
		{"[](z = 1 => [][r' # r]_r) /\\ [](z = 1 => [](z < 3))", "invariant 4"},
		{"[](z = 1 => [][z' = z]_z)", "invariant 3"},
		{"[](z = 2 => [](r = 0)) \\/ [](z = 1 => [](r = 1))", "invariant 4"},
	} {
		prop := strings.ReplaceAll(tt.prop, "\\\\", "\\")
		for workers := 1; workers <= 2; workers++ {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			r := Check(ctx, endless(t, prop), Options{Workers: workers, early: early{7, 0}})
			cancel()
			if r.Status != trace.Violated {
				t.Errorf("%s: %s %s", prop, r.Status, r.Message)
				continue
			}
			v := r.Violations[0]
			if got := fmt.Sprint(v.Kind, " ", len(v.Behaviour.Steps)); got != tt.want {
				t.Errorf("%s: %s, want %s", prop, got, tt.want)
			}
		}
	}
}

// TestLassoAtLimit: what a limit leaves unexplored is not needed for a lasso in
// the rest; somebody who interrupts is not kept waiting for one.
func TestLassoAtLimit(t *testing.T) {
	sys := endless(t, "<>[](r = 0)")
	stop := func(s *search) {
		if s.level.Load() == 50 {
			s.end("there is no more room")
		}
	}
	if r := Check(t.Context(), sys, Options{onLevel: stop}); r.Status != trace.Violated {
		t.Errorf("%s %s", r.Status, r.Message)
	}
	for _, tt := range []struct {
		err  error
		want trace.Status
	}{{context.DeadlineExceeded, trace.Violated}, {context.Canceled, trace.LimitReached}} {
		ctx := &endingContext{Context: t.Context(), done: make(chan struct{}), err: tt.err}
		r := Check(ctx, sys, Options{early: early{1 << 30, 1 << 60}, onLevel: func(s *search) {
			if s.level.Load() == 50 && ctx.Err() == nil {
				close(ctx.done)
				for s.stopped.Load() == nil { // until the search has heard
					time.Sleep(time.Millisecond)
				}
			}
		}})
		if r.Status != tt.want {
			t.Errorf("%v: %s %s", tt.err, r.Status, r.Message)
		}
	}
}

// An endingContext ends with an error when done is closed.
type endingContext struct {
	context.Context
	done chan struct{}
	err  error
}

func (c *endingContext) Done() <-chan struct{} { return c.done }

func (c *endingContext) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

// TestSeveralTemporal: --max-errors counts temporal properties, too.
func TestSeveralTemporal(t *testing.T) {
	sys := load(t, `VARIABLE x
		Init == x = 0
		Next == x' = (x + 1) % 5
		Spec == Init /\ [][Next]_x /\ WF_x(Next)
		Inv == x < 4
		Stays == [](x = 1 => [](x # 3))
		Rests == <>[](x = 0)
		Comes == []<>(x = 3)
		Never == []<>(x = 7)`, "SPECIFICATION Spec\nINVARIANT Inv\nPROPERTIES Stays Rests Comes Never\n")
	for n, want := range map[int]int{1: 1, 2: 2, 3: 3, 9: 4} {
		if r := Check(t.Context(), sys, Options{MaxErrors: n}); len(r.Violations) != want {
			t.Errorf("%d asked for: %v", n, namesOf(r))
		}
	}
}

// TestHiddenByView: a property of what a VIEW hides is checked on all states.
func TestHiddenByView(t *testing.T) {
	const body = `VARIABLES x, y
		Init == x = 0 /\ y = 0
		Next == x' = 1 - x /\ y' = (y + 1) % 3
		Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Next)
		V == x
		W == <<x, y % 2>>
		Flips == []<>(x = 1)
		Comes == []<>(y = 2)
		Stays == <>[](y # 2)
		Stops == [](y = 1 => [](y # 0))`
	for _, tt := range []struct {
		view, prop string
		want       trace.Status
		all        bool
	}{
		{"V", "Flips", trace.Verified, false},
		{"V", "Comes", trace.Verified, true},
		{"V", "Stays", trace.Violated, true},
		{"V", "Stops", trace.Violated, true},
		{"W", "Stops", trace.Violated, true}, // what the loop says of y is another thing the second time
	} {
		r := Check(t.Context(), load(t, body, "SPECIFICATION Spec\nVIEW "+tt.view+"\nPROPERTY "+tt.prop+"\n"), Options{})
		all := strings.Contains(fmt.Sprint(warningCodes(r)), string(codeUnmerged))
		if r.Status != tt.want || all != tt.all {
			t.Errorf("%s under %s: %s %s, on all states %t", tt.prop, tt.view, r.Status, r.Message, all)
		}
	}
}

// TestHiddenOnTheWay: what the VIEW hides of a counterexample may be something else
// than what the search came by, which met the state from another one first.
func TestHiddenOnTheWay(t *testing.T) {
	const body = `VARIABLES w, x, z
		Init == w \in 0..7 /\ x = 0 /\ z = 9
		Next == \/ x = 0 /\ x' = 1 /\ z' = z /\ w' = w
		        \/ x = 0 /\ x' = 1 /\ z' \in {w, 10 + w} /\ w' \in 0..7
		        \/ x = 1 /\ x' = 2 /\ z' = z /\ w' = w
		V == <<w, x>>
		Low == x < 2
		Stays == [][x' < 2]_x`
	for _, checks := range []string{"INVARIANT Low\n", "PROPERTY Stays\n"} {
		for workers := range 2 {
			r := Check(t.Context(), load(t, body, plainConfig+"VIEW V\n"+checks), Options{Workers: workers + 1})
			if r.Status != trace.Violated || r.Violations[0].Step != 3 {
				t.Errorf("%s: %s %s", checks, r.Status, r.Message)
			}
		}
	}
}

// TestLoopsClose: the loop of a lasso leads back to the very state in which it
// began, also where a VIEW or a symmetry takes several states for one; one that
// cannot be closed is looked for among all states.
func TestLoopsClose(t *testing.T) {
	const turns = `CONSTANT P
		VARIABLES at, x, y
		Init == at \in P /\ x = 0 /\ y = 0
		Turn == x' = 1 - x /\ y' = (y + 1) % 4 /\ UNCHANGED at
		Pass == at' \in P \ {at} /\ UNCHANGED <<x, y>>
		Spec == Init /\ [][Turn]_<<at, x, y>> /\ WF_<<at, x, y>>(Turn)
		Passes == Init /\ [][Pass]_<<at, x, y>> /\ WF_<<at, x, y>>(Pass)
		Grow == Init /\ [][x' = 1 - x /\ y' = y + 1 /\ UNCHANGED at]_<<at, x, y>> /\ WF_x(x' = 1 - x /\ y' = y + 1 /\ UNCHANGED at)
		Down == Init /\ [][x' = 1 - x /\ y' = y + 1 /\ y < 5 /\ UNCHANGED at]_<<at, x, y>>
		Alike == Permutations(P)
		V == <<at, x>>
		Rests == <>[][FALSE]_x
		Stays == <>[][FALSE]_at`
	for _, tt := range []struct {
		name, config string
		states, loop int // from 1; 0 for none
	}{
		{"a view that hides a counter", "SPECIFICATION Spec\nVIEW V\nPROPERTY Rests\n", 4, 1},
		{"a loop through a symmetry", "SPECIFICATION Passes\nSYMMETRY Alike\nPROPERTY Stays\n", 2, 1},
		{"a counter that never comes back", "SPECIFICATION Grow\nVIEW V\nPROPERTY Rests\n", 2, 1},
		{"a loop of the view alone", "SPECIFICATION Down\nVIEW V\nPROPERTY Rests\n", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Check(t.Context(), load(t, turns, tt.config+"CONSTANT P = {a, b}\nCHECK_DEADLOCK FALSE\n"), Options{Memory: 1 << 28})
			if tt.states == 0 {
				if r.Status != trace.Verified {
					t.Errorf("%s %s", r.Status, r.Message)
				}
				return
			}
			if r.Status != trace.Violated {
				t.Fatalf("%s %s %v", r.Status, r.Message, r.Err)
			}
			if b := r.Violations[0].Behaviour; len(b.Steps) != tt.states || b.LoopStart != tt.loop {
				t.Errorf("%d states, back to %d", len(b.Steps), b.LoopStart)
			}
		})
	}
}

// TestManyPromises: a property of many instances is watched by as many monitors, and
// one whose monitor has too many modes is never taken to hold.
func TestManyPromises(t *testing.T) {
	const body = `VARIABLE x
		N == 13
		Init == x = {}
		Next == (\E i \in 1..N : x' = x \cup {i}) \/ (x = 1..N /\ x' = x \ {N})
		Spec == Init /\ [][Next]_x
		Keeps == \A i \in 1..N : [](i \in x => [](i \in x))
		Lacks == \E i \in 1..N : [](i \notin x)`
	keeps := Check(t.Context(), load(t, body, "SPECIFICATION Spec\nPROPERTY Keeps\nCHECK_DEADLOCK FALSE\n"), Options{Workers: 1})
	if keeps.Status != trace.Violated || keeps.Violations[0].Step != 15 {
		t.Errorf("Keeps: %v %v; want a violation of 15 states", keeps.Status, keeps.Violations)
	}
	lacks := Check(t.Context(), load(t, body, "SPECIFICATION Spec\nPROPERTY Lacks\nCHECK_DEADLOCK FALSE\n"), Options{Workers: 1})
	if ds := diag.Of(lacks.Err); lacks.Status != trace.Violated && (len(ds) == 0 || ds[0].Code != "U155") {
		t.Errorf("Lacks: %v %v; want a violation, or that it was not checked", lacks.Status, lacks.Err)
	}
}
