package explicit

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// explored is what the oracle finds: all states, by their text, and counts.
type explored struct {
	states map[string]bool
	counts trace.Counts
}

// explorePlain is the oracle: breadth-first search by the evaluator.
func explorePlain(t *testing.T, sys *ir.System) *explored {
	t.Helper()
	m := eval.New(sys, eval.Options{})
	x := &explored{states: map[string]bool{}}
	inside := func(st eval.State) bool {
		for _, f := range sys.Constraints {
			if ok, err := m.Bool(f.Expr, st, nil); err != nil || !ok {
				return false
			}
		}
		return true
	}
	var next []eval.State
	note := func(st eval.State) bool {
		x.counts.Generated++
		if s := textOf(st); inside(st) && !x.states[s] {
			x.states[s] = true
			next = append(next, st)
		}
		return true
	}
	if err := m.Init(note); err != nil {
		t.Fatal(err)
	}
	for len(next) > 0 {
		x.counts.Depth++
		level := next
		next = nil
		for _, st := range level {
			if err := m.Successors(st, func(s eval.Successor) bool { return note(s.State) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	x.counts.Distinct = int64(len(x.states))
	x.counts.Generated += m.Passed()
	return x
}

// systems exercise one way of compiling each.
var systems = map[string]string{
	"counter": `VARIABLE x
		Init == x \in 0..2
		Next == x' = (x + 3) % 7 \/ x' \in {x, 1 - x}`,
	"functions": `VARIABLES f, g
		Init == f = [i \in 1..3 |-> 0] /\ g = [i \in {"a", "b"} |-> FALSE]
		Next == \E i \in 1..3, k \in {"a", "b"} :
			/\ f[i] < 2
			/\ f' = [f EXCEPT ![i] = @ + 1]
			/\ g' = [g EXCEPT ![k] = ~g[k]]`,
	"records": `VARIABLE r
		Init == r \in [a : 0..1, b : BOOLEAN, c : [1..2 -> {"x", "y"}]]
		Next == \/ r.b /\ r' = [r EXCEPT !.a = 1 - @, !.c[r.a + 1] = "x"]
		        \/ r' = [r EXCEPT !.b = ~@, !.c = [i \in 1..2 |-> IF @[i] = "x" THEN "y" ELSE "x"]]`,
	"sequences": `VARIABLES q, n
		Init == q = <<>> /\ n = 0
		Next == \/ Len(q) < 3 /\ q' = Append(q, n) /\ n' = (n + 1) % 3
		        \/ q # <<>> /\ n' = Head(q) /\ q' = Tail(q)
		        \/ Len(q) = 3 /\ q' = SubSeq(q, 2, 2) \o <<0>> /\ UNCHANGED n
		        \/ Len(q) < 3 /\ q' = SelectSeq(q \o <<n>>, LAMBDA e : e # Len(q)) /\ n' = Len(SelectSeq(q, LAMBDA e : \E f \in {0, 2} : e = f))`,
	"messages": `VARIABLES msgs, done
		Init == msgs = {} /\ done = [p \in {"p", "q"} |-> {}]
		Send(m) == msgs' = msgs \cup {m}
		Next == \/ \E p \in {"p", "q"}, n \in 0..1 : Send([type |-> "req", from |-> p, n |-> n]) /\ UNCHANGED done
		        \/ \E m \in msgs : /\ m.type = "req"
		                           /\ m.n \notin done[m.from]
		                           /\ done' = [done EXCEPT ![m.from] = @ \cup {m.n}]
		                           /\ Send([type |-> "ack", to |-> m.from])
		        \/ \E m \in msgs : m.type = "ack" /\ msgs' = msgs \ {m} /\ UNCHANGED done`,
	"sets": `VARIABLES s, u
		Init == s = {} /\ u \in SUBSET {1, 2}
		Next == \/ \E x \in (0..3) \ s : s' = s \cup {x} /\ u' = {y \in u : y > x} \cup {Cardinality(s)}
		        \/ s # {} /\ LET m == CHOOSE x \in s : \A y \in s : x <= y
		                     IN s' = s \ {m} /\ u' = {m + y : y \in u \cap 0..4}`,
	"sets of sets": `VARIABLES sent, got, wide
		Many == {<<i, "b">> : i \in 1..70}
		Init == sent = {} /\ got = [p \in 1..2 |-> {}] /\ wide = {}
		Next == \/ \E p \in {2, 1} : sent' = sent \cup {<<p, "a">>} /\ UNCHANGED <<got, wide>>
		        \/ \E p \in 1..2, new \in SUBSET sent : got' = [got EXCEPT ![p] = @ \cup new] /\ UNCHANGED <<sent, wide>>
		        \/ wide' = got[1] \cup (IF wide = {} THEN Many ELSE {}) /\ UNCHANGED <<sent, got>>
		        \/ got' = [got EXCEPT ![2] = wide \cap sent] /\ sent' = got[2] \ wide /\ UNCHANGED wide
		        \/ sent' = wide \ Many /\ UNCHANGED <<got, wide>>`,
	"filters": `VARIABLES r, s
		Pairs == [a : 0..3, b : 0..3]
		Small == {p \in Pairs : p.a + p.b < 4}
		Init == /\ r \in Small
		        /\ s \in {t \in SUBSET (1..3) : 2 \in t => r.a > 1}
		        /\ r \in {q \in Pairs : q.a # 1}
		Next == r' \in {q \in Pairs : q.a = r.b} /\ UNCHANGED s`,
	"members of large filters": `VARIABLES p, n
		Vertices == [nodes : SUBSET (1..5), succ : 0..5, dead : BOOLEAN]
		Parts == {P \in SUBSET Vertices : \A v, w \in P : v # w => v.nodes \cap w.nodes = {}}
		Init == p = {} /\ n = 1
		Next == LET Small == {P \in Parts : \A v \in P : v.succ < 2} IN
		        \E v \in [nodes : {{1, 2}, {2}, {3}}, succ : {n}, dead : {FALSE}] :
		            LET q == p \cup {v} IN /\ q \in Parts /\ p' = q
		                                   /\ n' = IF q \in Small THEN n ELSE IF p' \notin Parts THEN 7 ELSE 3 - n`,
	"ways": `VARIABLE x
		Init == x = {1} /\ (TRUE \/ TRUE)
		Next == /\ \E a \in x, b \in x : a <= b
		        /\ (\A a \in x : a > 0 \/ a < 5) /\ (2 \in x => \E c \in x : TRUE)
		        /\ \E y \in 1..3 : x' = x \cup {y}`,
	"mixed": `CONSTANT None
		VARIABLES v, w
		Init == v = None /\ w = <<>>
		Next == \/ v = None /\ v' \in {1, 2} /\ w' = [a |-> v]
		        \/ v # None /\ v' = None /\ w' = <<v, v>>`,
	"partial": `VARIABLE f
		Init == f = [x \in {} |-> 0]
		Next == \/ \E k \in {"a", "b", "c"} : k \notin DOMAIN f /\ f' = f @@ (k :> Cardinality(DOMAIN f))
		        \/ \E k \in DOMAIN f : f' = [j \in DOMAIN f \ {k} |-> f[j]]`,
	"many at first": `VARIABLES x, y
		Init == \/ x \in 0..6000 /\ x % 7 # 3 /\ y \in {0, 1} /\ (x + y) % 5 # 4
		        \/ x = -1 /\ y \in 2..4
		        \/ y = 5 /\ \E z \in 0..5000 : x = z * 3
		Next == x' = x /\ y' = 1 - y`,
	"many filtered": `VARIABLES f, y
		Init == f \in {g \in [1..4 -> 0..9] : g[1] = 9 - g[2]} /\ y \in BOOLEAN /\ (y \/ f[3] > 4)
		Next == f' = [f EXCEPT ![4] = f[3]] /\ y' = ~y`,
	"matrices": `VARIABLES m, n
		Around(i, j) == {<<i + a, j + b>> : <<a, b>> \in {-1, 0, 1} \X {0, 1}} \ {<<i, j>>}
		RECURSIVE Sum(_, _)
		Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + Sum(f, S \ {x})
		wide[<<i, j>> \in (0..3) \X (0..3)] == IF <<i, j>> \in DOMAIN m THEN m[i, j] ELSE 0
		Init == m = [i \in 1..2, j \in 1..2 |-> 0] /\ n = [<<i, s>> \in {1, 2} \X {"a", "b"} |-> i]
		Next == \/ \E i, j \in 1..2 : m[i, j] < 2 /\ m' = [m EXCEPT ![i, j] = @ + 1] /\ UNCHANGED n
		        \/ m' = [i \in 1..2, j \in 1..2 |-> IF Sum(wide, Around(i, j)) > 4 THEN 0 ELSE m[j, i]] /\ UNCHANGED n
		        \/ n' = [<<i, s>> \in {1, 2} \X {"a", "b"} |-> (n[i, "a"] + IF s = "a" THEN m[i, i] ELSE 1) % 3] /\ UNCHANGED m`,
	"bags": `VARIABLES net, done
		Empty == [x \in {} |-> 0]
		With(b, m) == IF m \in DOMAIN b THEN [b EXCEPT ![m] = @ + 1] ELSE b @@ (m :> 1)
		Without(b, m) == IF b[m] = 1 THEN [x \in DOMAIN b \ {m} |-> b[x]] ELSE [b EXCEPT ![m] = @ - 1]
		Plus(b, c) == [x \in DOMAIN b \cup DOMAIN c |-> (IF x \in DOMAIN b THEN b[x] ELSE 0) + (IF x \in DOMAIN c THEN c[x] ELSE 0)]
		Init == net = [n \in 1..2 |-> Empty] /\ done = {}
		Next == \/ \E n \in 1..2, t \in {"a", "b"}, v \in {<<>>, <<1>>} :
		             /\ IF [kind |-> t, of |-> v] \in DOMAIN net[n] THEN net[n][[kind |-> t, of |-> v]] < 2 ELSE TRUE
		             /\ Cardinality(DOMAIN net[n]) < 3
		             /\ net' = [net EXCEPT ![n] = With(@, [kind |-> t, of |-> v])] /\ UNCHANGED done
		        \/ \E n \in 1..2 : \E m \in DOMAIN net[n] :
		             net' = [net EXCEPT ![n] = Without(@, m), ![3 - n] = IF m.kind = "a" /\ @ = Empty THEN With(@, [m EXCEPT !.kind = "b"]) ELSE @]
		             /\ done' = {m.kind : x \in {y \in DOMAIN net[n] : net[n][y] > 1}} \cup {ToString(net[n] = net[3 - n])}
		        \/ net[1] # Empty /\ Cardinality(DOMAIN Plus(net[1], net[2])) < 3 /\ net' = <<Plus(net[1], net[1]), Empty>> /\ (\A m \in DOMAIN net[1] : net[1][m] = 1) /\ UNCHANGED done`,
	"tables": `CONSTANT None
		VARIABLES t, u
		Init == t = <<>> /\ u = [x \in {"c1"} |-> None]
		Next == \/ \E k \in 1..4 : t' = (k :> [at |-> Cardinality(DOMAIN t) % 2]) @@ t /\ UNCHANGED u
		        \/ t # <<>> /\ t' = [k \in {j \in DOMAIN t : j # Cardinality(DOMAIN t)} |-> t[k]] /\ UNCHANGED u
		        \/ \E c \in {"c1", "c2", "c3"} : u' = (u @@ (c :> TRUE)) /\ t' = [k \in DOMAIN t |-> [at |-> 1 - t[k].at]]
		        \/ u' = [c \in {"c1", "c3"} |-> IF c \in DOMAIN u /\ u[c] # None THEN FALSE ELSE None] /\ UNCHANGED t`,
	"ways of recursion": `VARIABLES x, y
		RECURSIVE Ways(_), Tree(_, _), Even(_), Odd(_)
		Ways(n) == n > 0 /\ (\/ n = 1 \/ n % 2 = 0 \/ Ways(n - 1))
		Tree(n, S) == \E e \in S : e = n \/ Tree(n - 1, S \ {e})
		Even(n) == n = 0 \/ Odd(n - 1)
		Odd(n) == n > 0 /\ Even(n - 1)
		Init == x = 0 /\ y = 0 /\ Ways(3)
		Next == /\ x' = (x + 1) % 4
		        /\ Ways(x + 1)
		        /\ x = 3 \/ Tree(x, {0, 1, 2})
		        /\ Even(x) \/ Odd(x)
		        /\ y' = x`,
	"recursive action": `VARIABLES x, y
		RECURSIVE Go(_)
		Go(n) == n > 0 /\ (x' = n \/ Go(n - 1))
		Init == x = 0 /\ y = 0
		Next == Go(3) /\ y' = x`,
	"recursion": `VARIABLE x
		RECURSIVE Sum(_)
		Sum(S) == IF S = {} THEN 0 ELSE LET e == CHOOSE e \in S : TRUE IN e + Sum(S \ {e})
		fact[n \in 0..5] == IF n = 0 THEN 1 ELSE n * fact[n - 1]
		Init == x = {1}
		Next == \E y \in 1..4 : x' = (x \cup {y}) \ {Sum(x), fact[y]}`,
	"operators": `VARIABLES x, y
		Apply(F(_), e) == F(e)
		Twice(F(_), e) == Apply(F, Apply(F, e))
		Max(a, b) == IF a > b THEN a ELSE b
		Init == x = 0 /\ y = <<0, 0>>
		Next == /\ x' = Twice(LAMBDA e : ((e + x) % 5) + 1, Max(x, Max(y[1], y[2])))
		        /\ CASE x < 3 -> y' = <<x, y[1]>> [] x = 3 -> y' = [y EXCEPT ![2] = @ + 1] [] OTHER -> y' = <<0, 0>>`,
	"steps": `VARIABLES x, y
		A == x < 3 /\ x' = x + 1 /\ UNCHANGED y
		B == y < x /\ y' = y + 1 /\ UNCHANGED x
		Init == x = 0 /\ y = 0
		Next == [A \/ B]_<<x, y>> \/ (A \cdot B)`,
	"after steps": `VARIABLES x, y
		A == x < 3 /\ x' = x + 1 /\ UNCHANGED y
		B == y < 3 /\ (y' = y + 1 \/ y' = 3) /\ UNCHANGED x
		Init == x = 0 /\ y = 0
		Next == \/ (A \cdot B) /\ (x' > 1 \/ y' > 0 \/ x' = x')
		        \/ (B \cdot (A \cdot B)) /\ \E i \in 1..3 : i > x`,
	"growing": `VARIABLE x
		Init == x = 0
		Next == x < 3000 /\ x' \in {x + 1, x + 700}`,
	"big": `VARIABLE x
		Init == x = 1
		Next == x < 2^70 /\ x' = x * 4096`,
}

// TestCompiledAgreesWithPlain compares the set of states and the counts.
func TestCompiledAgreesWithPlain(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(systems)) {
		t.Run(name, func(t *testing.T) {
			sys := load(t, systems[name], plainConfig)
			want := explorePlain(t, sys)
			for _, workers := range []int{1, 3} {
				k := newCheck(t.Context(), sys, Options{Workers: workers})
				k.properties = &plan.Plan{KeepGraph: true, Live: &plan.Liveness{Atoms: liveness.NewAtoms(nil)}}
				k.Machine = k.newMachine(nil)
				s, out := k.explore()
				got := out.counts
				if got != want.counts {
					t.Errorf("%d workers: counts %+v, want %+v", workers, got, want.counts)
				}
				compareStates(t, s, want.states)
			}
		})
	}
}

func compareStates(t *testing.T, s *search, want map[string]bool) {
	t.Helper()
	found := 0
	row := make([]int64, s.Slots)
	for r := range s.store.Next() {
		if !s.store.Holds(r) {
			continue // handed out, and not needed
		}
		found++
		s.Unpack(s.store.Row(r), row)
		if text := textOf(s.Decode(row)); !want[text] {
			t.Errorf("state %s is not reachable", text)
		}
	}
	if found != len(want) {
		t.Errorf("%d states, want %d", found, len(want))
	}
}

// TestSameForAnyWorkers checks that verdict, counts and counterexample do not
// depend on the number of workers.
func TestSameForAnyWorkers(t *testing.T) {
	sys := load(t, `VARIABLES f, n
		Init == f = [i \in 1..5 |-> 0] /\ n = 0
		Next == \E i \in 1..5 : f[i] < 3 /\ f' = [f EXCEPT ![i] = @ + 1] /\ n' = (n + i) % 4
		Inv == ~(f[1] + f[2] + f[3] + f[4] + f[5] >= 8 /\ n = 3)`, plainConfig+"INVARIANT Inv\n")
	var first string
	for workers := 1; workers <= 4; workers++ {
		for range 3 {
			res := Check(t.Context(), sys, Options{Workers: workers})
			if res.Status != trace.Violated || len(res.Violations) != 1 {
				t.Fatalf("status %d: %s", res.Status, res.Message)
			}
			text := fmt.Sprint(*res.Counts)
			for _, st := range res.Violations[0].Behaviour.Steps {
				text += "\n" + st.Action + ": " + textOf(st.State)
			}
			if first == "" {
				first = text
			}
			if text != first {
				t.Fatalf("%d workers:\n%s\nbefore:\n%s", workers, text, first)
			}
		}
	}
}

// TestVerdicts checks the ends that a search can come to.
func TestVerdicts(t *testing.T) {
	const two = `VARIABLE x
		Init == x = 0
		Next == x < 3 /\ x' = x + 1
		Small == x < 2
		Div == 1 \div (2 - x) >= 0
		Up == [][x' > x]_x
		Down == [][x' < x]_x
		Zero == x = 0
		One == x = 1
		Stop == Assert(x # 2, "two")
		Odd == x % 2 = 1
		Sym == x`
	for _, tt := range []struct {
		cfg    string
		status trace.Status
		kind   trace.ViolationKind
		step   int
	}{
		{"", trace.Violated, trace.Deadlock, 4},
		{"CHECK_DEADLOCK FALSE", trace.Verified, "", 0},
		{"INVARIANT Small", trace.Violated, trace.Invariant, 3},
		{"INVARIANT Stop", trace.Violated, trace.AssertFail, 3},
		{"INVARIANT Div", trace.Failed, "", 0},
		{"PROPERTY Up\nCHECK_DEADLOCK FALSE", trace.Verified, "", 0},
		{"PROPERTY Down", trace.Violated, trace.ActionProp, 2},
		{"PROPERTY Zero\nCHECK_DEADLOCK FALSE", trace.Verified, "", 0},
		{"PROPERTY One", trace.Violated, trace.ActionProp, 1},
		{"CONSTRAINT Small\nCHECK_DEADLOCK FALSE", trace.Verified, "", 0},
		{"CONSTRAINT Small\nINVARIANT Small", trace.Violated, trace.Invariant, 3},
		{"VIEW Odd\nCHECK_DEADLOCK FALSE", trace.Verified, "", 0},
	} {
		t.Run(tt.cfg, func(t *testing.T) {
			res := Check(t.Context(), load(t, two, "INIT Init\nNEXT Next\n"+tt.cfg+"\n"), Options{})
			if res.Status != tt.status {
				t.Fatalf("status %d (%s), want %d", res.Status, res.Message, tt.status)
			}
			if tt.kind == "" {
				return
			}
			if v := res.Violations[0]; v.Kind != tt.kind || v.Step != tt.step {
				t.Errorf("%s in state %d, want %s in %d", v.Kind, v.Step, tt.kind, tt.step)
			}
		})
	}
}

// TestStepThatChangesNothing: it satisfies [A]_x, and no <<A>>_x, though A has
// no value then, by compiled code and by the evaluator alike.
func TestStepThatChangesNothing(t *testing.T) {
	sys := load(t, `VARIABLE x
		Init == x = 0
		Next == UNCHANGED x
		A == (CHOOSE y \in {} : TRUE) = x'
		Box == [][A]_x
		Angle == [][~<<A>>_x]_<<x, x + 1>>`, plainConfig+"PROPERTIES Box Angle\n")
	if r := Check(t.Context(), sys, Options{}); r.Status != trace.Verified {
		t.Errorf("%v %s", r.Status, r.Message)
	}
	m, st := eval.New(sys, eval.Options{}), eval.State{value.Int(0)}
	for _, p := range []string{"Box", "Angle"} {
		step := sys.Defs[p].Body.(*ir.App).Args[0]
		if ok, err := m.Bool(step, st, st); err != nil || !ok {
			t.Errorf("%s is %t, %v", p, ok, err)
		}
	}
}

// TestSymmetry counts the classes of states under all permutations: in each
// system they are the multisets of 4 values below 3.
func TestSymmetry(t *testing.T) {
	for name, body := range map[string]string{
		"functions and sets": `VARIABLES f, s
			Init == f = [p \in P |-> 0] /\ s = {}
			Next == \E p \in P : f[p] < 2 /\ f' = [f EXCEPT ![p] = @ + 1] /\ s' = IF p \in s THEN s \ {p} ELSE s \cup {p}`,
		"bags": `VARIABLE b
			Init == b = [x \in {} |-> 0]
			Next == \E p \in P : b' = IF <<p>> \in DOMAIN b THEN [b EXCEPT ![<<p>>] = 2] ELSE b @@ (<<p>> :> 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			sys := load(t, "CONSTANT P\n"+body+"\nPerms == Permutations(P)", plainConfig+"CONSTANT P = {p1, p2, p3, p4}\nSYMMETRY Perms\n")
			res := Check(t.Context(), sys, Options{})
			if res.Status != trace.Verified || res.Counts.Distinct != 15 {
				t.Errorf("status %d (%s), %+v; want 15 distinct states", res.Status, res.Message, res.Counts)
			}
		})
	}
}
