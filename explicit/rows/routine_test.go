package rows

import (
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Recursion of every form, over a few hundred states.
const recursiveModule = `VARIABLES n, q, s
	RECURSIVE Sum(_), SumSeq(_), Reach(_, _), Even(_), Odd(_), Fold(_, _, _), Rev(_), Ack(_, _), Count(_, _), Flat(_)
	Sum(S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN x + Sum(S \ {x})
	SumSeq(t) == IF t = <<>> THEN 0 ELSE Head(t) + SumSeq(Tail(t))
	Reach(x, seen) == IF x \in seen THEN seen ELSE Reach((x * 2 + n) % 5, seen \cup {x})
	Even(k) == IF k = 0 THEN TRUE ELSE Odd(k - 1)
	Odd(k) == IF k = 0 THEN FALSE ELSE Even(k - 1)
	Fold(Op(_, _), t, acc) == IF t = <<>> THEN acc ELSE Fold(Op, Tail(t), Op(acc, Head(t)))
	Rev(t) == IF t = <<>> THEN <<>> ELSE Append(Rev(Tail(t)), Head(t))
	Ack(a, b) == IF a = 0 THEN b + 1 ELSE IF b = 0 THEN Ack(a - 1, 1) ELSE Ack(a - 1, Ack(a, b - 1))
	Count(S, P(_)) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN (IF P(x) THEN 1 ELSE 0) + Count(S \ {x}, P)
	Flat(S) == IF S = {} THEN {} ELSE LET x == CHOOSE x \in S : TRUE IN {x + y : y \in Flat(S \ {x})} \cup {x}
	fib[k \in Nat] == IF k < 2 THEN k ELSE fib[k - 1] + fib[k - 2]
	down[k \in 0..9] == IF k = 0 THEN n ELSE down[k - 1] + 1
	Paths(T) == LET perms[U \in SUBSET T] == IF U = {} THEN {<<>>} ELSE UNION {{Append(p, x) : p \in perms[U \ {x}]} : x \in U}
	            IN  perms[T]
	Nested(k) == LET RECURSIVE Up(_)
	                 Up(i) == IF i > k THEN 0 ELSE i + n + Up(i + 1)
	             IN  Up(1)
	Least(S) == CHOOSE x \in S : \A y \in S : x <= y
	Over(F(_), Op(_, _), base, S) == LET RECURSIVE Rest(_)
	                                     Rest(T) == IF T = {} THEN base ELSE LET x == Least(T) IN Op(F(x), Rest(T \ {x}))
	                                 IN  Rest(S)
	Half(r) == IF r.num % 2 = 0 /\ r.den > 1 THEN [num |-> r.num \div 2, den |-> r.den \div 2] ELSE r
	Plus(r, t) == Half([num |-> r.num * t.den + t.num * r.den, den |-> r.den * t.den])
	RECURSIVE Shares(_, _)
	Shares(f, S) == IF S = {} THEN [num |-> 0, den |-> 1]
	                ELSE LET p == Least(S)
	                     IN  Plus(Over(LAMBDA i : [num |-> f[p][i], den |-> 4], Plus, [num |-> 1, den |-> 2], DOMAIN f[p]), Shares(f, S \ {p}))
	Init == n = 0 /\ q = <<>> /\ s = {}
	Next == \/ n < 7 /\ n' = n + 1 /\ UNCHANGED <<q, s>>
	        \/ Len(q) < 3 /\ (\E x \in 1..2 : q' = Append(q, x)) /\ UNCHANGED <<n, s>>
	        \/ s' = Reach(n, {}) /\ UNCHANGED <<n, q>>
	Sums == <<Sum(s), SumSeq(q), Sum({n, n + 1}), Sum({Sum(s), Sum({n})})>>
	Sets == <<Reach(n, {}), Reach(1, s), Flat(s)>>
	Mutual == <<Even(n), Odd(n), Even(SumSeq(q))>>
	Folds == <<Fold(LAMBDA a, b : a + b * n, q, 0), Fold(LAMBDA a, b : <<b>> \o a, q, <<>>)>>
	Reversed == <<Rev(q), Rev(Rev(q)), Rev(Append(q, n))>>
	Deep == <<Ack(2, n % 3), Ack(1, Len(q))>>
	Counts == <<Count(s, LAMBDA x : x > n), \A x \in s : Count(s, LAMBDA y : y > x) < 5>>
	Functions == <<fib[n], fib[n + 12], down[n], {down[k] : k \in 0..n}>>
	Orders == <<Cardinality(Paths(s)), Paths(1..(n % 4))>>
	Within == <<Shares(<<q, <<>>, <<n, n>>>>, {1, 3}), Shares(<<q, q>>, {1, 2}), Shares(<<<<n>>, q>>, 1..2)>>
	RECURSIVE Over2(_, _, _)
	Over2(Op(_, _), S, acc) == IF S = {} THEN acc ELSE LET x == Least(S) IN Over2(Op, S \ {x}, Op(x, acc))
	Total(g) == LET of(i) == g[i] * n IN Over2(LAMBDA i, acc : of(i) + acc, {1, 2}, 0)
	Pairs == [{1, 2} -> 0..1]
	Best == LET value(g) == Total(g)
	            best == CHOOSE g \in Pairs : \A h \in Pairs \ {g} : value(g) >= value(h)
	        IN  <<value(best), {g \in Pairs : value(g) = value(best)}, LET worst == CHOOSE g \in Pairs : Total(g) = Sum({Total(best)}) IN Sum({Total(worst), n})>>
	Foldings == <<Fold(LAMBDA a, b : a + Fold(LAMBDA c, d : c + d * n, q, b), q, 0), Over2(LAMBDA x, acc : acc + Over2(LAMBDA y, more : more + y, s, x), s, 0)>>
	Inner == <<Nested(n), Nested(SumSeq(q)), {Nested(k) : k \in 0..n}>>`

// TestRoutines runs recursive operators and functions without the plain
// evaluator at hand, and compares with it.
func TestRoutines(t *testing.T) {
	sys := load(t, recursiveModule, plainConfig)
	states := reachable(t, sys, 600)
	g := NewGuesses(sys)
	for _, st := range states {
		g.Observe(st)
	}
	l := g.Layout(Hashing{})
	m := eval.New(sys, eval.Options{})
	for _, name := range []string{
		"Sums", "Sets", "Mutual", "Folds", "Reversed", "Deep", "Counts", "Functions", "Orders", "Inner", "Within", "Best", "Foldings",
	} {
		t.Run(name, func(t *testing.T) {
			goOn := func() error { return nil }
			c, body := NewCompiler(l, sys, ir.DisjunctsOf(sys.Next), &Host{Machine: m, Ended: goOn}, true), sys.Defs[name].Body
			run := c.val(c.compile(body, env{}, nil))
			fr := c.NewFrame(&Host{Ended: goOn})
			for _, st := range states {
				l.encodeState(st, fr.Cur)
				fr.SetCur()
				want, err := m.Value(body, st, nil)
				if err != nil {
					t.Fatal(err)
				}
				for range 2 { // the second time some of it is remembered
					if got := run(fr); value.Compare(got, want) != 0 {
						t.Fatalf("in the state %s it is %s, want %s", textOf(st), got, want)
					}
				}
			}
		})
	}
}

// reachable returns up to n states of a system, by the evaluator.
func reachable(t *testing.T, sys *ir.System, n int) []eval.State {
	t.Helper()
	var states []eval.State
	_, err := eval.New(sys, eval.Options{}).Explore(&eval.Exploration{Found: func(st eval.State, _, _ int) bool {
		states = append(states, st)
		return len(states) < n
	}})
	if err != nil {
		t.Fatal(err)
	}
	return states
}
