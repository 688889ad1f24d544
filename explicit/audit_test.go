package explicit

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/specgen"
	"github.com/lemma-mc/lemma/ir"
)

// Specs in which much is remembered: recursion over records, functions that
// take operators, definitions inside of definitions, values of many forms.
var memorable = map[string]string{
	"shares": `CONSTANT P
		VARIABLES w, m
		Half(r) == IF r.num % 2 = 0 /\ r.den > 1 THEN [num |-> r.num \div 2, den |-> r.den \div 2] ELSE r
		Plus(r, t) == Half([num |-> r.num * t.den + t.num * r.den, den |-> r.den * t.den])
		Zero == [num |-> 0, den |-> 1]
		Over(F(_), Op(_, _), base, S) == LET RECURSIVE Rest(_)
		                                     Rest(T) == IF T = {} THEN base ELSE LET x == CHOOSE x \in T : TRUE IN Op(F(x), Rest(T \ {x}))
		                                 IN  Rest(S)
		RECURSIVE Sum(_, _)
		Sum(f, S) == IF S = {} THEN Zero
		             ELSE LET p == CHOOSE p \in S : TRUE IN Plus(Over(LAMBDA i : f[p][i], Plus, Zero, DOMAIN f[p]), Sum(f, S \ {p}))
		Init == w = [p \in P |-> [num |-> 1, den |-> 1]] /\ m = [p \in P |-> <<>>]
		Send(p) == \E r \in P : /\ w[p].den < 4 /\ Len(m[r]) < 2
		                        /\ w' = [w EXCEPT ![p] = Half([num |-> @.num, den |-> 2 * @.den])]
		                        /\ m' = [m EXCEPT ![r] = Append(@, w'[p])]
		Take(p) == \E i \in 1..Len(m[p]) : /\ w' = [w EXCEPT ![p] = Plus(@, m[p][i])] /\ w'[p].num < 5
		                                   /\ m' = [m EXCEPT ![p] = [j \in 1..Len(@) - 1 |-> IF j < i THEN @[j] ELSE @[j + 1]]]
		Next == \E p \in P : Send(p) \/ Take(p)
		Same == Sum(m, P) = Sum(m, P)
		Small == Sum(m, P).num < 4 * Sum(m, P).den
		Alike == \A p \in P : Sum(m, {p}) = Over(LAMBDA i : m[p][i], Plus, Zero, 1..Len(m[p]))`,
	"trees": `CONSTANT P
		VARIABLES t, log
		RECURSIVE Depth(_), Leaves(_), Swap(_)
		Depth(x) == IF x.kids = <<>> THEN 1 ELSE 1 + LET ds == [i \in DOMAIN x.kids |-> Depth(x.kids[i])] IN CHOOSE d \in {ds[i] : i \in DOMAIN ds} : \A i \in DOMAIN ds : ds[i] <= d
		Leaves(x) == IF x.kids = <<>> THEN {x.of} ELSE UNION {Leaves(x.kids[i]) : i \in DOMAIN x.kids}
		Swap(x) == [x EXCEPT !.kids = [i \in DOMAIN @ |-> Swap(@[Len(@) + 1 - i])]]
		Leaf(p) == [of |-> p, kids |-> <<>>]
		Init == t \in {Leaf(p) : p \in P} /\ log = {}
		Next == \/ \E p \in P : Depth(t) < 3 /\ t' = [of |-> p, kids |-> <<t, Leaf(p)>>] /\ log' = log \cup {[by |-> p, at |-> Leaves(t)]}
		        \/ t' = Swap(t) /\ log' = {r \in log : Depth(t) < 3 \/ r.by \in Leaves(t)}
		Same == Swap(Swap(t)) = t /\ Leaves(Swap(t)) = Leaves(t)
		Small == Depth(t) <= 3
		Alike == \A r \in log : LET a == Leaves(t) IN r.at \subseteq a \/ \E p \in P : p \in r.at \ a`,
	"orders": `CONSTANT P
		VARIABLES q, r
		Perms(T) == LET RECURSIVE All(_)
		                All(U) == IF U = {} THEN {<<>>} ELSE UNION {{Append(s, x) : s \in All(U \ {x})} : x \in U}
		            IN  All(T)
		Twice(Op(_), x) == LET RECURSIVE Go(_, _)
		                       Go(n, y) == IF n = 0 THEN y ELSE Op(Go(n - 1, y))
		                   IN  Go(2, x)
		fold[s \in Seq(P \cup {1})] == IF s = <<>> THEN {} ELSE {s} \cup fold[Tail(s)]
		Init == q = <<>> /\ r = [p \in P |-> {}]
		Next == \/ \E p \in P : Len(q) < 3 /\ q' = Append(q, p) /\ r' = [r EXCEPT ![p] = {[len |-> Len(q), end |-> q]}]
		        \/ q # <<>> /\ q' = Tail(q) /\ r' = [r EXCEPT ![Head(q)] = {e \in @ : e.len < Len(q)}]
		Same == Perms(P) = {s \in Twice(LAMBDA S : S, Perms(P)) : Len(s) = Cardinality(P)}
		Small == Twice(LAMBDA s : Append(s, 1), q) \in fold[Twice(LAMBDA s : Append(s, 1), q)]
		Alike == \A p \in P : \A e \in r[p] : e.end \in Twice(LAMBDA S : S \cup {e.end}, {}) /\ Cardinality(fold[e.end]) <= e.len`,
}

const memorableConfig = plainConfig + "CONSTANT P = {p1, p2}\nINVARIANTS Same Small Alike\n"

// TestMemory holds all that compiled code remembers to what it computes, and what
// each worker finds out about each state to what the evaluator does.
func TestMemory(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(memorable)) {
		t.Run(name, func(t *testing.T) {
			holdWorkers(t, load(t, memorable[name], memorableConfig))
			holdWorkers(t, load(t, memorable[name]+"\nAlikes == Permutations(P)", memorableConfig+"SYMMETRY Alikes\n"))
		})
	}
	n := uint64(60)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 20_000
	}
	for seed := range n {
		sys, err := specgen.New(seed).Load()
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) { holdWorkers(t, sys) })
	}
}

// holdWorkers audits searches of sys by 1, 2 and 4 workers, and compares them.
func holdWorkers(t *testing.T, sys *ir.System) {
	var want string
	for _, workers := range []int{1, 2, 4} {
		k := newCheck(t.Context(), sys, Options{Workers: workers, MaxErrors: 1, audit: true, onLevel: shareAll})
		k.Machine = k.newMachine(nil)
		k.properties = plan.Of(sys)
		s, out := k.explore()
		if s == nil {
			t.Fatal(k.Res.Message)
		}
		got := fmt.Sprint(out.counts)
		for _, f := range s.least(out.findings) {
			got += fmt.Sprintf(" %s %d %s", f.kind, f.index, f.name)
		}
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d workers: %s, want %s", workers, got, want)
		}
		compareInvariants(t, s)
		s.close()
	}
}

// shareAll makes the next level one for all workers, however small.
func shareAll(s *search) { s.pace = time.Hour }

// compareInvariants has each worker evaluate the invariants in every state found.
func compareInvariants(t *testing.T, s *search) {
	m := eval.New(s.sys, eval.Options{})
	for r := range min(s.store.Next(), 2000) {
		if !s.store.Holds(r) {
			continue
		}
		for i, w := range s.workers {
			s.Unpack(s.store.Row(r), w.fr.Cur)
			st := s.Decode(w.fr.Cur)
			for j, f := range s.properties.Invariants {
				want, err := m.Bool(f.Expr, st, nil)
				var got bool
				w.fr.SetCur()
				if ok := w.fr.Run(func(fr *rows.Frame) { got = s.prog.invariants[j](fr) }); ok != (err == nil) && err != nil || ok && got != want {
					t.Fatalf("worker %d: %s is %t in the state %s, want %t, %v", i, f.Name, got, textOf(st), want, err)
				}
			}
		}
	}
}
