package smt

import (
	"errors"
	"fmt"
	"math/bits"
	"testing"
)

// fromTable returns a leaf function that looks constants up.
func fromTable(values map[Term]Value) func(Term) (Value, error) {
	return func(t Term) (Value, error) {
		v, ok := values[t]
		if !ok {
			return Value{}, fmt.Errorf("no value for term %d", t)
		}
		return v, nil
	}
}

// The counters agree with counting, for every assignment.
func TestCounting(t *testing.T) {
	for n := range 7 {
		s := NewStore()
		var ts []Term
		for range n {
			ts = append(ts, s.Fresh("p", BoolSort))
		}
		for mask := range 1 << n {
			values := map[Term]Value{}
			for i, p := range ts {
				values[p] = BoolValue(mask>>i&1 == 1)
			}
			count := bits.OnesCount(uint(mask))
			e := NewEvaluator(s, fromTable(values))
			for k := -1; k <= n+1; k++ {
				want(t, e, s.AtLeast(k, ts...), BoolValue(count >= k))
				want(t, e, s.AtMost(k, ts...), BoolValue(count <= k))
			}
			want(t, e, s.CountTrue(ts...), IntValue(int64(count)))
		}
	}
}

func want(t *testing.T, e *Evaluator, x Term, v Value) {
	t.Helper()
	if got, err := e.Eval(x); err != nil || !got.Equal(v) {
		t.Errorf("%s is %v, %v; want %v", e.store.String(x), got, err, v)
	}
}

func TestCountingTwice(t *testing.T) {
	s := NewStore()
	p := s.Const("p", BoolSort)
	if got := s.AtLeast(2, p, p); got != p {
		t.Errorf("a term listed twice counts as %s", s.String(got))
	}
}

func TestEvaluatorFails(t *testing.T) {
	s := NewStore()
	x := s.Const("x", IntSort)
	f := s.DeclareFun("f", []Sort{IntSort}, IntSort)
	fx, f3 := s.App(f, x), s.App(f, s.Int(3))
	v := s.Fresh("v", IntSort)

	e := NewEvaluator(s, fromTable(map[Term]Value{x: IntValue(3), fx: IntValue(1), f3: IntValue(2)}))
	if _, err := e.Eval(s.Add(fx, f3)); err == nil {
		t.Error("a function with two values for one argument is accepted")
	}
	if _, err := e.Eval(s.Forall([]Term{v}, s.Lt(v, x))); !errors.Is(err, ErrUnsupported) {
		t.Errorf("quantifier: %v", err)
	}
	e = NewEvaluator(s, fromTable(map[Term]Value{x: BoolValue(true)}))
	if _, err := e.Eval(x); err == nil {
		t.Error("a value of the wrong sort is accepted")
	}
}
