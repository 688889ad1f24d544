package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestRecursionWithoutEnd leaves a recursion that never ends to the plain
// evaluator, which says so; and one that only looks so, as an argument that
// nobody asks for.
func TestRecursionWithoutEnd(t *testing.T) {
	sys := load(t, `VARIABLE x
		RECURSIVE Up(_), Lazy(_, _)
		Up(n) == Up(n + 1)
		Lazy(n, unused) == IF n = 0 THEN 0 ELSE Lazy(n - 1, Up(n))
		Init == x = 0
		Next == x < 3 /\ x' = x + 1 + Lazy(x, 0)
		Inv == x < 3 \/ Up(x) = 0`, plainConfig+"INVARIANT Inv\n")
	res := Check(t.Context(), sys, Options{Workers: 1})
	if res.Status != trace.Failed || res.Counts == nil || res.Counts.Distinct != 4 {
		t.Errorf("status %v, counts %v; want an error in the fourth state", res.Status, res.Counts)
	}
}

// TestArgumentsThatMove: an argument that an operator primes, or asks to be
// enabled, is not passed on as the value that it has now.
func TestArgumentsThatMove(t *testing.T) {
	const body = `VARIABLES x, y
		RECURSIVE Later(_, _), May(_, _), Bound(_, _)
		Later(n, a) == IF n = 0 THEN a' ELSE Later(n - 1, a)
		May(n, A) == IF n = 0 THEN ENABLED A ELSE May(n - 1, A)
		Bound(n, a) == IF n = 0 THEN [a = 0]_x ELSE Bound(n - 1, a)
		Can(A) == ENABLED A
		Cans(A, i) == {j \in 0..i : Can(A)}
		Init == x = 0 /\ y = 0
		Next == x < 3 /\ x' = x + 1 /\ y' = Later(2, x)
		Same == x = y
		Stops == May(2, Next)
		Goes == May(1, Next) <=> x < 3
		CanStop == Can(Next) \/ x < 3
		Cases == Cans(Next, x) = IF x < 3 THEN 0..x ELSE {}
		Copies == [][Later(1, x) = x']_x
		First == [][Bound(1, y)]_y`
	for _, test := range []struct {
		goal   string
		status trace.Status
	}{
		{"INVARIANT Same", trace.Verified},
		{"INVARIANT Stops", trace.Violated},
		{"INVARIANT Goes", trace.Verified},
		{"INVARIANT CanStop", trace.Violated},
		{"INVARIANT Cases", trace.Verified},
		{"PROPERTY Copies", trace.Verified},
		{"PROPERTY First", trace.Violated},
	} {
		r := Check(t.Context(), load(t, body, plainConfig+test.goal+"\n"), Options{Workers: 1})
		if r.Status != test.status {
			t.Errorf("%s: %v %v; want %v", test.goal, r.Status, r.Err, test.status)
		}
	}
}

// TestArgumentsOfOperators: an argument that is first asked for within a recursion
// may apply the same operator, with other operators for its parameters.
func TestArgumentsOfOperators(t *testing.T) {
	sys := load(t, `VARIABLE x
		RECURSIVE Fold(_, _, _)
		Fold(Op(_, _), S, acc) == IF S = {} THEN acc ELSE LET e == CHOOSE e \in S : TRUE IN Fold(Op, S \ {e}, Op(e, acc))
		Worth(f) == LET of(i) == f[i] * x IN Fold(LAMBDA i, acc : of(i) + acc, {1, 2}, 0)
		Pairs == [{1, 2} -> 0..1]
		Best == LET best == CHOOSE f \in Pairs : \A g \in Pairs \ {f} : Worth(f) >= Worth(g) IN {f \in Pairs : Worth(f) = Worth(best)}
		Init == x = 0
		Next == x < 3 /\ x' = x + 1
		Inv == Best = IF x = 0 THEN Pairs ELSE {<<1, 1>>}`, plainConfig+"INVARIANT Inv\n")
	if res := Check(t.Context(), sys, Options{Workers: 1}); res.Status != trace.Verified {
		t.Errorf("%v: %v", res.Status, res.Err)
	}
}
