package induction

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
	o.Spec = filepath.Join("..", "specs", name, filepath.Base(name)+".tla")
	cfg, err := frontend.ReadConfig(o.Files, filepath.Join("..", "specs", name, filepath.Base(name)+".cfg"))
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
		r := check(t, sys, Options{K: 1, GivenOnly: true})
		if r.Status != trace.Unknown || len(r.CTIs) == 0 {
			t.Errorf("without %s: %v with %d CTIs, want Unknown with one", left.Name, r.Status, len(r.CTIs))
		}
	}
}

func TestVerdicts(t *testing.T) {
	tests := []struct {
		name, body string
		status     trace.Status
		k          int // of the proofs
		step       int // of the violation
	}{
		{"k = 1", `Init == x = 0 /\ y = 0
			Next == x' = x + 1 /\ y' = y + 1
			Inv == x = y`, trace.Verified, 1, 0},
		{"k = 2", `Init == x = 0 /\ y = 0
			Next == x' = y /\ y' = x
			Inv == x # 5`, trace.Verified, 2, 0},
		{"a violation within k steps", `Init == x = 0 /\ y = 0
			Next == x' = x + 1 /\ UNCHANGED y
			Inv == x < 3`, trace.Violated, 0, 4},
		{"a violation of the initial states", `Init == x \in 0..3 /\ y = 0
			Next == UNCHANGED <<x, y>>
			Inv == x < 3`, trace.Violated, 0, 1},
		{"inductive with a lemma", `Init == x = 0 /\ y = 0
			Next == x' = x + y /\ y' = y
			Inv == x < 10`, trace.Verified, 1, 0},
		{"true, and no lemma in sight", `Init == x = 1 /\ y = 0
			Next == x' = x + 2 /\ y' = y
			Inv == x # 100`, trace.Unknown, 0, 0},
		{"an action that may not be evaluated", `Init == x = 0 /\ y = 0
			Next == x' = x + 1 /\ y' = [i \in 0..9 |-> 0][x]
			Inv == y = 0`, trace.Unknown, 0, 0},
		{"no next state after a state that the invariant excludes", `Init == x = 0 /\ y = 0
			Next == y' = y /\ x' = IF x = 3 THEN 0 ELSE CHOOSE z \in 0..4 : z > x
			Inv == x < 4`, trace.Verified, 1, 0},
	}
	for _, test := range tests {
		text := "---- MODULE M ----\nEXTENDS Naturals\nVARIABLES x, y\n" + test.body +
			"\nTypeOK == x \\in Nat /\\ y \\in Nat\n====\n"
		sys := module(t, text, frontend.Options{Invariants: []string{"TypeOK", "Inv"}})
		r := check(t, sys, Options{})
		if r.Status != test.status {
			t.Errorf("%s: %v (%s %s), want %v", test.name, r.Status, r.Message, r.Reason, test.status)
			continue
		}
		if r.Status == trace.Violated && r.Violations[0].Step != test.step {
			t.Errorf("%s: violated in state %d, want %d", test.name, r.Violations[0].Step, test.step)
		}
		for _, p := range r.Proofs {
			if p.Name == "Inv" && p.K != test.k {
				t.Errorf("%s: k = %d, want %d", test.name, p.K, test.k)
			}
		}
	}
}

// TestTwoSteps: what takes k = 2 is proved of messages and of sequences, too: where
// lemmas are not enough, or somebody asks for it.
func TestTwoSteps(t *testing.T) {
	for _, test := range []struct {
		q, init, next string
		opts          Options
	}{
		{`SUBSET (Nat \X {"m"})`, `{}`, `q' = q \cup {<<x, "m">>} \/ \E n \in 0..9 : <<n, "m">> \in q /\ q' = {}`, Options{}},
		{`Seq(Nat)`, `<<>>`, `q' = Append(q, x) \/ (q # <<>> /\ q' = Tail(q))`, Options{K: 3, GivenOnly: true}},
	} {
		sys := module(t, "---- MODULE M ----\nEXTENDS Integers, Sequences\nVARIABLES q, x, y\nInit == q = "+test.init+" /\\ x = 1 /\\ y = 3\nNext == x' = y /\\ y' = x /\\ ("+test.next+
			")\nTypeOK == q \\in "+test.q+" /\\ x \\in Nat /\\ y \\in Nat\nInv == x # 5\n====\n", frontend.Options{Invariants: []string{"TypeOK", "Inv"}})
		r := check(t, sys, test.opts)
		if r.Status != trace.Verified || !slices.ContainsFunc(r.Proofs, func(p *trace.Proof) bool { return p.Name == "Inv" && p.K == 2 }) {
			t.Errorf("%s: %v: %s", test.q, r.Status, r.Message)
		}
		test.opts.K = 1
		if r := check(t, sys, test.opts); r.Status != trace.Unknown || !strings.HasSuffix(r.Reason, "k = 1") {
			t.Errorf("%s: with k = 1, %v: %s", test.q, r.Status, r.Reason)
		}
	}
}

// TestReachableErrors: a step out of a reachable state that cannot be evaluated is an
// error of the spec, as for explicit search, and shown with the way to it.
func TestReachableErrors(t *testing.T) {
	for _, test := range []struct {
		next   string
		class  diag.Class // of the error; 0 where an Assert fails
		states int        // of the way to it
	}{
		{`x' = x /\ y' = y /\ x = 7 \div y`, diag.Eval, 1}, // false, or cannot be evaluated
		{`x' = x + 1 /\ y' = [i \in 0..1 |-> 0][x]`, diag.Eval, 3},
		{`y' = y /\ x' = CHOOSE z \in 0..2 : z > x`, diag.Eval, 3},
		{`y' = y /\ x' = 10 \div (3 - x)`, diag.Eval, 2},
		{`y' = y /\ Assert(x < 2, "two") /\ x' = x + 1`, 0, 3},
	} {
		sys := module(t, "---- MODULE M ----\nEXTENDS Integers, TLC\nVARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == "+test.next+
			"\nTypeOK == x \\in Int /\\ y \\in Int\nInv == y = 0\n====\n", frontend.Options{Invariants: []string{"TypeOK", "Inv"}})
		r := Check(context.Background(), sys, Options{})
		list, b := diag.Of(r.Err), r.ErrBehaviour
		if test.class == 0 && len(r.Violations) == 1 && r.Violations[0].Kind == trace.AssertFail {
			b = r.Violations[0].Behaviour
		} else if r.Status != trace.Failed || len(list) == 0 || list[0].Class != test.class {
			t.Errorf("%s: %v: %s (%v)", test.next, r.Status, r.Message, r.Err)
			continue
		}
		if b == nil || len(b.Steps) != test.states || b.Steps[0].Action != "InitialState" {
			t.Errorf("%s: the way to the error is %+v", test.next, b)
		}
	}
}

// TestInitialError: the same of an initial predicate.
func TestInitialError(t *testing.T) {
	sys := module(t, "---- MODULE M ----\nEXTENDS Integers\nVARIABLES x, y\nInit == x \\in 0..2 /\\ y = CHOOSE z \\in 0..1 : z >= x\nNext == UNCHANGED <<x, y>>"+
		"\nInv == x \\in Int /\\ y \\in 0..1\n====\n", frontend.Options{Invariants: []string{"Inv"}})
	r := Check(context.Background(), sys, Options{})
	if list := diag.Of(r.Err); r.Status != trace.Failed || len(list) == 0 || list[0].Class != diag.Eval || r.ErrBehaviour != nil {
		t.Errorf("%v: %s (%v)", r.Status, r.Message, r.Err)
	}
	sys = module(t, "---- MODULE M ----\nEXTENDS Integers, TLC\nVARIABLE x\nInit == x \\in 0..2 /\\ Assert(x < 2, \"two\")\nNext == UNCHANGED x"+
		"\nInv == x \\in Int\n====\n", frontend.Options{Invariants: []string{"Inv"}})
	if r := Check(context.Background(), sys, Options{}); r.Status != trace.Violated || r.Violations[0].Kind != trace.AssertFail || r.Violations[0].Behaviour != nil {
		t.Errorf("%v: %s (%v)", r.Status, r.Message, r.Err)
	}
}

// TestSubsetsOfAnInfiniteSet checks that an action that chooses a subset of an
// arbitrary set of messages chooses among its subsets, and among all of them.
func TestSubsetsOfAnInfiniteSet(t *testing.T) {
	for _, c := range []struct {
		base   string
		proved bool
	}{
		{`msgs`, true},
		{`{m \in msgs : m[1] > 9}`, true},
		{`msgs \ {<<7, 1>>}`, true},
		{`msgs \cup {<<7, 2>>}`, true},
		{`msgs \cup {<<7, 1>>}`, false},
		{`msgs \cup {<<0, 5>>}`, false}, // no element that msgs can have
		{`{m \in msgs \cup {<<0, 5>>} : m[1] < 9}`, false},
		{`{m \in msgs \cup {<<0, 5>>} : m[1] > 9}`, true},
	} {
		sys := module(t, `---- MODULE M ----
EXTENDS Naturals
VARIABLES msgs, got
TypeOK == msgs \subseteq Nat \X (0..2) /\ got \in BOOLEAN
Init == msgs = {} /\ got = FALSE
Next == \E S \in SUBSET (`+c.base+`) : (<<7, 1>> \in S \/ <<0, 5>> \in S) /\ got' = TRUE /\ msgs' = msgs
Inv == ~got /\ <<7, 1>> \notin msgs
====`, frontend.Options{Invariants: []string{"TypeOK", "Inv"}})
		if r := check(t, sys, Options{K: 1, GivenOnly: true}); (r.Status == trace.Verified) != c.proved {
			t.Errorf("%s: %v (%s %s), want a proof: %v", c.base, r.Status, r.Message, r.Reason, c.proved)
		}
	}
}

// TestProductWithAnOddElement checks that pairs with an element that is none of
// its set's type are not passed over.
func TestProductWithAnOddElement(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals
VARIABLES msgs, got
TypeOK == msgs \subseteq Nat \X (0..2) /\ got \in BOOLEAN
Init == msgs = {} /\ got = FALSE
Next == got' = (\E p \in (msgs \cup {<<0, 5>>}) \X {1, 2} : p[1][2] = 5) /\ msgs' = msgs
Inv == ~got
====`, frontend.Options{Invariants: []string{"TypeOK", "Inv"}})
	r := Check(context.Background(), sys, Options{K: 1, GivenOnly: true})
	var unsupported *diag.Error
	if r.Status != trace.Unknown && (!errors.As(r.Err, &unsupported) || unsupported.Diagnostics[0].Code != "U130") {
		t.Errorf("%v, %v; want UNKNOWN or U130", r.Status, r.Err)
	}
}

// TestUnprovedDomainProvesNothing: what the variables range over is a hypothesis
// of every proof, whether a formula says so or the sample: where it is not
// proved, nothing is.
func TestUnprovedDomainProvesNothing(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Integers
VARIABLES x, y, z
Init == x = 0 /\ y = "a" /\ z = 2
Next == x' = x + 1 /\ y' = (IF x = 1000000 THEN "b" ELSE y) /\ z' = (IF y = "a" THEN 2 ELSE 3)
Types == x \in Nat /\ y \in {"a"} /\ z \in Nat
Small == x \in 0..30 /\ y \in {"a", "b"} /\ z \in Nat
Inv == z # 3 \* it is, late
Low == x <= 31
====`
	for _, test := range []struct {
		invariants, lemmas []string
		o                  Options
	}{
		{[]string{"Inv"}, nil, Options{}}, // the sample has y = "a" only
		{[]string{"Inv"}, []string{"Types"}, Options{GivenOnly: true, K: 1}},
		{[]string{"Types", "Inv"}, nil, Options{GivenOnly: true, K: 3}},
		{[]string{"Inv", "Types"}, nil, Options{}},
		{[]string{"Small", "Low"}, nil, Options{GivenOnly: true, K: 1}},
	} {
		r := check(t, module(t, text, frontend.Options{Invariants: test.invariants, Lemmas: test.lemmas}), test.o)
		if r.Status != trace.Unknown || len(r.Proofs) > 0 {
			t.Errorf("%v %v: %v with %d proofs, want Unknown with none", test.invariants, test.lemmas, r.Status, len(r.Proofs))
		}
	}
}

// TestFailedAssertion: an Assert that fails in an invariant is a violation, as for
// the other engines.
func TestFailedAssertion(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1
TypeOK == x \in Nat
Inv == x < 2 \/ Assert(FALSE, "too many")
====`, frontend.Options{Invariants: []string{"TypeOK", "Inv"}})
	r := check(t, sys, Options{GivenOnly: true})
	if r.Status != trace.Violated || r.Violations[0].Kind != trace.AssertFail || r.Violations[0].Step != 3 {
		t.Errorf("%v %s %v", r.Status, r.Message, r.Violations)
	}
}

func TestTypesAreInferred(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = x + 1 /\ UNCHANGED y
Inv == x >= y
====`, frontend.Options{Invariants: []string{"Inv"}})
	if r := check(t, sys, Options{}); r.Status != trace.Verified || len(r.Lemmas) < 2 {
		t.Errorf("got %v with %d lemmas, want Verified with what x and y range over", r.Status, len(r.Lemmas))
	}
}

func TestProofsNeedATypeInvariant(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = [i \in {1} |-> 0]
Next == x' = x + 1 /\ y' = [i \in {x + 7} |-> 0]
Inv == x >= 0
====`, frontend.Options{Invariants: []string{"Inv"}})
	r := Check(context.Background(), sys, Options{})
	var d *diag.Error
	if !errors.As(r.Err, &d) || d.Diagnostics[0].Code != "U120" {
		t.Errorf("got %v (%v), want U120", r.Status, r.Err)
	}
}

func TestUncheckedPropertyIsNoCleanVerdict(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
Inv == x \in Nat
Grows == []<>(x > 3)
====`, frontend.Options{Invariants: []string{"Inv"}, Properties: []string{"Grows"}})
	if r := check(t, sys, Options{}); r.Status != trace.Unknown {
		t.Errorf("got %v, want Unknown: the property was not looked at", r.Status)
	}
}

func TestEmptyDomainProvesNothing(t *testing.T) {
	sys := module(t, `---- MODULE M ----
VARIABLE x
Init == x = 0
Next == UNCHANGED x
Inv == x \in {}
====`, frontend.Options{Invariants: []string{"Inv"}})
	if r := check(t, sys, Options{}); r.Status != trace.Violated {
		t.Errorf("got %v (%s), want Violated: the initial state is in no empty set", r.Status, r.Message)
	}
}

// TestFalseAssumptionsProveNothing: under assumptions that do not hold, or
// that contradict one another, every formula would be proved.
func TestFalseAssumptionsProveNothing(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Integers
CONSTANTS N, K
ASSUME N \in Nat /\ N > 3
ASSUME K \in Int /\ K > 2
ASSUME K < 9
VARIABLE x
Init == x = 0
Next == x' = x + 1
Type == x \in Nat
Low == x < 3
====`
	low := []string{"Type", "Low"}
	cases := []struct {
		name      string
		constants []string
		any       []string
		want      trace.Status
		kind      trace.ViolationKind
	}{
		{"they hold", []string{"N = 4", "K = 3"}, nil, trace.Violated, trace.Invariant},
		{"one is false", []string{"N = 2", "K = 3"}, nil, trace.Violated, trace.Assumption},
		{"one is false beside an open constant", []string{"N = 2"}, []string{"K"}, trace.Violated, trace.Assumption},
		{"open constants", nil, []string{"N", "K"}, trace.Violated, trace.Invariant},
	}
	for _, c := range cases {
		sys := module(t, text, frontend.Options{Constants: c.constants, Any: c.any, Invariants: low})
		r := check(t, sys, Options{K: 4})
		if r.Status != c.want || r.Violations[0].Kind != c.kind {
			t.Errorf("%s: got %v (%s), want %v of kind %v", c.name, r.Status, r.Message, c.want, c.kind)
		}
	}
	sys := module(t, strings.Replace(text, "K < 9", "K < N /\\ N < K", 1), frontend.Options{Any: []string{"N", "K"}, Invariants: low})
	if r := check(t, sys, Options{}); r.Status != trace.Unknown {
		t.Errorf("contradictory assumptions: got %v, want Unknown", r.Status)
	}
}

// TestUnevaluableInvariantIsNoViolation: that the evaluator cannot list Nat
// says nothing about the invariant, which holds initially.
func TestUnevaluableInvariantIsNoViolation(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals
VARIABLE a
Init == a = {0}
Next == \E k \in Nat : a' = {k} \/ a' = a \ {k}
Inv == a \subseteq Nat
Some == \E j \in Nat : j * j \in a
====`, frontend.Options{Invariants: []string{"Inv", "Some"}})
	if r := Check(context.Background(), sys, Options{}); r.Status != trace.Failed {
		t.Errorf("got %v (%s), want the error of the evaluator", r.Status, r.Message)
	}
}

// TestPropertiesOfStatesAreProved: []P is an invariant under PROPERTY, too, and
// what a specification says of its states and steps holds of them.
func TestPropertiesOfStatesAreProved(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 5
Spec == Init /\ [][Next]_x /\ [](x < 4) /\ \A i \in {2} : [][x' # i]_x
Free == Init /\ [][Next]_x
Type == x \in Nat
Low == [](x < 2)
Lows == Low /\ \A i \in 3..4 : [](x < i)
Steps == [][x' > x]_x
====`
	for _, test := range []struct {
		spec, property string
		status         trace.Status
		proofs         int
	}{
		{"Spec", "Low", trace.Verified, 2},
		{"Spec", "Lows", trace.Verified, 3},
		{"Free", "Low", trace.Violated, 0},
		{"Spec", "Steps", trace.Unknown, 1},
	} {
		sys := module(t, text, frontend.Options{SpecName: test.spec, Invariants: []string{"Type"}, Properties: []string{test.property}, NoDeadlock: true})
		r := check(t, sys, Options{})
		if r.Status != test.status || len(r.Proofs) != test.proofs {
			t.Errorf("%s of %s: %v, %d proofs; want %v, %d", test.property, test.spec, r.Status, len(r.Proofs), test.status, test.proofs)
		}
		if r.Status != trace.Verified {
			continue
		}
		cert, err := Certificate{Module: "C", Extends: "M", Spec: "M.tla", Behaviour: sys.Behaviour, Claims: []string{"Type"}}.Write(sys, r)
		if err != nil {
			t.Fatal(err)
		}
		if want := "CertifiedNext ==\n    Next /\\ (\\A i \\in {2} : [x' # i]_x) /\\ (x < 4)'\n"; !strings.Contains(cert, want) {
			t.Errorf("the certificate does not show the action as the specification restricts it:\n%s", cert)
		}
	}
}

// protocol reads a bundled protocol with its config.
func protocol(t *testing.T, name string, o frontend.Options) *ir.System {
	t.Helper()
	o.Files = &source.Set{}
	o.Spec = filepath.Join("..", "specs", "protocols", name, name+".tla")
	cfg, err := frontend.ReadConfig(o.Files, filepath.Join("..", "specs", "protocols", name, name+".cfg"))
	if err != nil {
		t.Fatal(err)
	}
	o.Config = cfg
	return system(t, o)
}

// TestLemmasAreFound: nothing is given but the safety property.
func TestLemmasAreFound(t *testing.T) {
	for _, name := range []string{"LockServer", "DecentralizedLock", "TwoPhaseCommit", "QuorumElection", "ToyConsensusForall"} {
		sys := protocol(t, name, frontend.Options{})
		r := check(t, sys, Options{})
		if r.Status != trace.Verified || len(r.Lemmas) == 0 {
			t.Errorf("%s: %v with %d lemmas: %s %s", name, r.Status, len(r.Lemmas), r.Message, r.Reason)
		}
	}
}

// TestElectionNeedsNoHelp is slow: it samples hundreds of thousands of states.
func TestElectionNeedsNoHelp(t *testing.T) {
	if os.Getenv("LEMMA_LONG") == "" {
		t.Skip("set LEMMA_LONG=1 to run it")
	}
	for seed := range uint64(3) {
		sys := load(t, "RaftElection", frontend.Options{Any: []string{"MaxTerm"}, Invariants: []string{"AtMostOneLeader"}})
		if r := check(t, sys, Options{Seed: seed}); r.Status != trace.Verified {
			t.Errorf("seed %d: %v: %s %s", seed, r.Status, r.Message, r.Reason)
		}
	}
}

// TestHints: a hint serves the search like a lemma that it has found: it is proved
// along, or given up.
func TestHints(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Integers
VARIABLES x, y
Init == x = 1 /\ y = 0
Next == x' = x + 2 /\ y' = y
TypeOK == x \in Nat /\ y \in Nat
Inv == x # 100
Odd == x % 2 = 1
====`
	for _, test := range []struct {
		hints []string
		want  trace.Status
	}{
		{nil, trace.Unknown},
		{[]string{"Odd"}, trace.Verified},
		{[]string{"Odd /\\ y = 0"}, trace.Verified},
		{[]string{"x < 7", "Odd"}, trace.Verified}, // the first is false
		{[]string{"x < 90000"}, trace.Unknown},     // false beyond the sample
		{[]string{"x # 98"}, trace.Unknown},        // true, and no help
	} {
		sys := module(t, text, frontend.Options{Invariants: []string{"TypeOK", "Inv"}, Hints: test.hints})
		r := check(t, sys, Options{})
		if r.Status != test.want {
			t.Errorf("%v: %v %s, want %v", test.hints, r.Status, r.Message, test.want)
		}
		for _, l := range r.Lemmas {
			if !l.Open && strings.Contains(l.Text, "<") {
				t.Errorf("%v: %s is proved", test.hints, l.Text)
			}
		}
	}
}

// TestSearchIsReproducible: one seed, one set of lemmas.
func TestSearchIsReproducible(t *testing.T) {
	texts := func() (out []string) {
		for _, l := range check(t, protocol(t, "LockServer", frontend.Options{}), Options{Seed: 7}).Lemmas {
			out = append(out, l.Text)
		}
		return out
	}
	if a, b := texts(), texts(); !slices.Equal(a, b) {
		t.Errorf("one seed found %q and %q", a, b)
	}
}

// TestRefutedBySamples: what a small instance violates is no matter for lemmas.
func TestRefutedBySamples(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Naturals
CONSTANT Max
ASSUME Max \in Nat
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x < Max /\ x' = x + 1 /\ y' = IF x > 0 /\ Max > 2 THEN y + 1 ELSE y
Inv == y = 0
====`, frontend.Options{Any: []string{"Max"}, Invariants: []string{"Inv"}})
	r := check(t, sys, Options{})
	if r.Status != trace.Violated || r.Violations[0].Step != 3 {
		t.Errorf("got %v (%s), want a violation in state 3", r.Status, r.Message)
	}
}

// TestTwoChecksAtOnce: checks of one system do not write to it; see go test -race.
func TestTwoChecksAtOnce(t *testing.T) {
	sys := protocol(t, "TicketLock", frontend.Options{})
	var wg sync.WaitGroup
	results := make([]*trace.Result, 2)
	for i := range results {
		wg.Go(func() { results[i] = Check(context.Background(), sys, Options{Seed: 3}) })
	}
	wg.Wait()
	for i, r := range results {
		if r.Status != trace.Verified || len(r.Lemmas) != len(results[0].Lemmas) {
			t.Errorf("check %d: %v with %d lemmas (%s)", i, r.Status, len(r.Lemmas), r.Reason)
		}
	}
}

// A function given by a rule fails at an argument wherever its rule does, not
// only on the path where it was applied to the argument first.
func TestRulesThatFailAreSeenOnEveryPath(t *testing.T) {
	for _, inv := range []string{
		`IF n <= 3 THEN f[0] = 2 ELSE f[0] = f[0]`,
		`(n <= 3 /\ f[0] = 2) \/ (n > 3 /\ (f[0] = 2 \/ f[0] # 2))`,
	} {
		sys := module(t, `---- MODULE M ----
EXTENDS Integers, Sequences
VARIABLE n
Init == n = 0
Next == n < 9 /\ n' = n + 1
TypeOK == n \in 0..9
Inv == LET f == [i \in Nat |-> IF n > 3 THEN <<>>[1] ELSE 2] IN `+inv+`
====`, frontend.Options{Init: "Init", Next: "Next", Invariants: []string{"TypeOK", "Inv"}})
		if r := Check(t.Context(), sys, Options{GivenOnly: true}); r.Err == nil {
			t.Errorf("%s: %v, want an error: f[0] has no value where n is 4", inv, r.Status)
		}
	}
}

// TestPartOfAPropertyIsNotTheProperty: of a property that says more than an invariant,
// what is proved is called by its text.
func TestPartOfAPropertyIsNotTheProperty(t *testing.T) {
	sys := system(t, frontend.Options{Files: &source.Set{}, Spec: "M.tla", Init: "Init", Next: "Next", Properties: []string{"P", "Q"},
		Inline: map[string]string{"M.tla": `---- MODULE M ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = 1 - x
TypeOK == x \in {0, 1}
P == []TypeOK /\ [][x' > x]_x
Q == [](x < 2)
====`}})
	var proved []string
	for _, p := range check(t, sys, Options{K: 1, GivenOnly: true}).Proofs {
		proved = append(proved, p.Name)
	}
	if want := []string{"TypeOK", "Q"}; !slices.Equal(proved, want) {
		t.Errorf("%q is proved, want %q", proved, want)
	}
}
