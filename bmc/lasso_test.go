package bmc

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// specified loads a module whose specification is Spec, with properties.
func specified(t *testing.T, body string, properties ...string) *ir.System {
	t.Helper()
	files := &source.Set{}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "L.tla", SpecName: "Spec", Properties: properties, NoDeadlock: true,
		Inline: map[string]string{"L.tla": "---- MODULE L ----\nEXTENDS Integers, FiniteSets, Sequences, TLC\n" + body + "\n====\n"}})
	if err != nil {
		for _, d := range diag.Of(err) {
			t.Log(diag.Render(files, d))
		}
		t.Fatal(body)
	}
	return sys
}

const clock = `VARIABLES h, on
v == <<h, on>>
Init == h = 0 /\ on = FALSE
Tick == h' = (h + 1) % 4 /\ UNCHANGED on
Flip == h = 2 /\ on' = ~on /\ UNCHANGED h
Jump(i) == h = i /\ on /\ h' = 0 /\ UNCHANGED on
Next == Tick \/ Flip \/ \E i \in {1, 3} : Jump(i)
Free == Init /\ [][Next]_v
`

// TestLassos: the shortest behaviour that violates a property under fairness,
// with the number of its states and how it ends.
func TestLassos(t *testing.T) {
	for _, test := range []struct{ fairness, property, want string }{
		{`TRUE`, `<>(h = 1)`, "1 states, stutters for ever in its last state"},
		{`WF_v(Next)`, `<>(h = 1)`, "clean"},
		{`WF_v(Next)`, `<>on`, "4 states, returns to step 1 and repeats for ever"},
		{`WF_v(Next) /\ WF_v(Flip)`, `<>on`, "4 states, returns to step 1 and repeats for ever"},
		{`WF_v(Next) /\ SF_v(Flip)`, `<>on`, "clean"},
		{`WF_v(Next) /\ SF_v(Flip)`, `<>[]on`, "4 states, returns to step 3 and repeats for ever"},
		{`WF_v(Tick) /\ SF_v(Flip)`, `[]<>on`, "clean"},
		{`WF_v(Tick)`, `h = 1 ~> h = 3`, "7 states, returns to step 6 and repeats for ever"},
		{`WF_v(Next)`, `h = 1 ~> h = 3`, "4 states, returns to step 3 and repeats for ever"},
		{`WF_v(Next)`, `[]<>(ENABLED Flip)`, "7 states, returns to step 6 and repeats for ever"},
		{`\A i \in {1, 3} : WF_v(Jump(i))`, `<>(h = 1)`, "1 states, stutters for ever in its last state"},
		{`[]<>(h = 1)`, `[]<>(h = 3)`, "2 states, stutters for ever in its last state"},
		{`TRUE`, `[](h = 1 => [](h # 0))`, "5 states, ends after step 5"},
		{`WF_v(Next)`, `\A i \in 0..3 : []<>(h = i)`, "4 states, returns to step 3 and repeats for ever"},
	} {
		sys := specified(t, clock+"Spec == Free /\\ "+test.fairness, test.property)
		if got := describedLasso(Check(t.Context(), sys, Options{Depth: 8})); got != test.want {
			t.Errorf("%s, %s: %s, want %s", test.fairness, test.property, got, test.want)
		}
	}
}

func describedLasso(r *trace.Result) string {
	switch r.Status {
	case trace.Violated:
		b := r.Violations[0].Behaviour
		return fmt.Sprintf("%d states, %s", len(b.Steps), b.Ending())
	case trace.Clean, trace.Verified:
		return "clean"
	}
	return fmt.Sprint(r.Status, r.Err, r.Reason)
}

// lassoDepth is how many steps the random specs are unrolled.
const lassoDepth = 7

// TestRandomLassos holds bounded liveness to explicit search: a property that
// has no lasso has none within the bound, and one whose lasso is that short is
// found violated, by a lasso that is no longer.
func TestRandomLassos(t *testing.T) {
	specs := 60
	if os.Getenv("LEMMA_LONG") != "" {
		specs = 20_000
	}
	violated, clean, late := 0, 0, 0
	for seed := range uint64(specs) {
		body, property := randomLive(rand.New(rand.NewPCG(seed, 5)))
		sys := specified(t, body, property)
		want := explicit.Check(t.Context(), sys, explicit.Options{Workers: 1})
		got := Check(t.Context(), sys, Options{Depth: lassoDepth})
		wrong := ""
		switch {
		case got.Status != trace.Clean && got.Status != trace.Violated || want.Status != trace.Verified && want.Status != trace.Violated:
			wrong = "no verdict"
		case got.Status == trace.Violated && want.Status == trace.Verified:
			wrong = "a lasso where there is none"
		case got.Status == trace.Clean && want.Status == trace.Violated && steps(want) <= lassoDepth:
			wrong = "a lasso is missed"
		case got.Status == trace.Violated && steps(got) > steps(want):
			wrong = "a shorter lasso is missed"
		case got.Status == trace.Violated:
			violated++
		case want.Status == trace.Violated:
			late++
		default:
			clean++
		}
		if wrong != "" {
			t.Fatalf("seed %d: %s: bmc says %s, explicit %s\n%s\n%s", seed, wrong, describedLasso(got), describedLasso(want), body, property)
		}
	}
	t.Logf("%d violated, %d clean, %d violated past the bound", violated, clean, late)
	if violated*6 < specs || clean*6 < specs {
		t.Errorf("%d violated and %d clean of %d specs test little", violated, clean, specs)
	}
}

// steps are those of a lasso: one for each state, but for the last one when it
// stutters.
func steps(r *trace.Result) int {
	b := r.Violations[0].Behaviour
	if b.Stuttering {
		return len(b.Steps) - 1
	}
	return len(b.Steps)
}

// randomLive is a small spec with fairness, and a property of it.
func randomLive(r *rand.Rand) (body, property string) {
	var b strings.Builder
	b.WriteString("VARIABLES x, y\nv == <<x, y>>\nCan(A) == ENABLED A\n")
	var names []string
	for i := range 2 + r.IntN(3) {
		name := fmt.Sprintf("A%d", i)
		names = append(names, name)
		fmt.Fprintf(&b, "%s == %s /\\ x' = %s /\\ y' = %s\n", name, livePredicate(r, names[:i]), liveUpdate(r), liveUpdate(r))
	}
	b.WriteString("B(i) == x = i /\\ x' \\in {i, (i + 1) % 3} /\\ y' = (y + i) % 3\n")
	next := strings.Join(names, " \\/ ")
	if r.IntN(2) == 0 {
		next += " \\/ \\E i \\in 0..1 : B(i)"
	}
	fmt.Fprintf(&b, "Next == %s\nInit == x \\in 0..%d /\\ y = %d\nSpec == Init /\\ [][Next]_v", next, r.IntN(2), r.IntN(3))
	for range r.IntN(4) {
		b.WriteString(" /\\ (" + liveFairness(r, names) + ")")
	}
	return b.String(), liveFormula(r, 1+r.IntN(3), names)
}

func liveUpdate(r *rand.Rand) string {
	return []string{"x", "y", "(x + 1) % 3", "(y + 2) % 3", "0", "(IF x = y THEN 1 ELSE 2)"}[r.IntN(6)]
}

func livePredicate(r *rand.Rand, actions []string) string {
	if len(actions) > 0 && r.IntN(3) == 0 {
		return fmt.Sprintf("Can(%s)", actions[r.IntN(len(actions))])
	}
	return []string{"x = 0", "y = 1", "x < y", "TRUE", "x + y < 3", "y # 2", "(\\E j \\in 0..2 : j > x /\\ j # y)"}[r.IntN(7)]
}

func liveFairness(r *rand.Rand, actions []string) string {
	a := actions[r.IntN(len(actions))]
	return []string{
		"WF_v(Next)", "SF_v(Next)", "WF_v(" + a + ")", "SF_v(" + a + ")", "\\A i \\in 0..1 : WF_v(B(i))", "\\A i \\in 0..1 : SF_v(B(i) /\\ y < 2)",
		"WF_x(" + a + ")", "[]<>(" + livePredicate(r, actions) + ")", "(\\E i \\in 0..1 : SF_v(B(i)))",
	}[r.IntN(9)]
}

func liveFormula(r *rand.Rand, depth int, actions []string) string {
	p := func() string { return livePredicate(r, actions) }
	f := func() string { return liveFormula(r, depth-1, actions) }
	if depth == 0 {
		return "<>(" + p() + ")"
	}
	a := actions[r.IntN(len(actions))]
	switch r.IntN(9) {
	case 0:
		return "[]<>(" + p() + ")"
	case 1:
		return "(" + p() + " ~> " + p() + ")"
	case 2:
		return "<>[](" + p() + ")"
	case 3:
		return "[]<><<" + a + ">>_v"
	case 4:
		return "(" + f() + " \\/ " + f() + ")"
	case 5:
		return "(" + f() + " => " + f() + ")"
	case 6:
		return "[](" + p() + " => " + f() + ")"
	case 7:
		return "(\\A i \\in 0..1 : " + p() + " ~> (x = i \\/ " + p() + "))"
	}
	return "(" + f() + " /\\ " + []string{"WF_v(" + a + ")", "SF_x(" + a + ")", f()}[r.IntN(3)] + ")"
}

// TestLassosOfInstances: an ENABLED of an instance whose variables do not stand
// for variables one by one frees the instance's own, whatever stands for them.
func TestLassosOfInstances(t *testing.T) {
	const body = `VARIABLE x
---- MODULE Pair ----
VARIABLES u, v
vars == <<u, v>>
Apart == u' = u /\ v' = v + 1
Kept == v' = v + 1 /\ UNCHANGED u
Both == UNCHANGED vars
No == u' = u /\ u' = u + 1
Set(a, val) == a' = val
Through == Set(u, v) /\ Set(v, u)
Can(A) == ENABLED A
CanApart == ENABLED Apart
CanApartToo == Can(Apart)
CanKept == ENABLED Kept
CanNo == ENABLED No
CanBoth == ENABLED (Both /\ u' = v)
CanThrough == ENABLED (Through /\ u' # v')
CanStep == ENABLED <<Apart>>_<<u, v>>
Live == WF_<<u, v>>(Apart)
Rarely == SF_vars(Kept /\ u = v)
====
Same == INSTANCE Pair WITH u <- x, v <- x
Fixed == INSTANCE Pair WITH u <- x, v <- 1
Sum == INSTANCE Pair WITH u <- x, v <- x + x
Next == x' = 1 - x
Spec == x = 0 /\ [][Next]_x /\ WF_x(Next)
`
	for _, property := range []string{
		`[]<>Same!CanApart`, `[]<>Same!CanApartToo`, `[]<>Same!CanKept`, `[]<>Same!CanStep`, `<>Same!CanNo`, `[]<>Same!CanBoth`, `<>Same!CanThrough`,
		`[]<>Fixed!CanApart`, `[]<>Fixed!CanKept`, `<>Fixed!CanNo`, `<>[]Fixed!CanBoth`, `[]<>Fixed!CanThrough`, `<>[]Fixed!CanThrough`,
		`[]<>Sum!CanApart`, `[]<>Sum!CanKept`, `<>Sum!CanNo`, `<>[]Sum!CanBoth`, `<>[]Sum!CanThrough`,
		`<>Same!Can(Same!Apart)`, `[]<>Same!Can(Next)`, `[]<>Sum!Can(x' = 5)`,
		`Same!Live`, `Fixed!Live`, `Sum!Live`, `Same!Rarely`, `Fixed!Rarely`, `Sum!Rarely`,
	} {
		sys := specified(t, body, property)
		want := explicit.Check(t.Context(), sys, explicit.Options{Workers: 1})
		got := Check(t.Context(), sys, Options{Depth: 4})
		if (want.Status == trace.Verified) != (got.Status == trace.Clean) || (want.Status == trace.Violated) != (got.Status == trace.Violated) {
			t.Errorf("%s: bmc says %s, explicit %s", property, describedLasso(got), describedLasso(want))
		}
	}
}
