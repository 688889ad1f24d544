package eval

import (
	"errors"
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// TestExplore goes through the residues of 7: as far as it is let, and with the
// steps in order.
func TestExplore(t *testing.T) {
	sys, vars := system("x")
	x0 := v(vars[0])
	plus := func(n int) ir.Expr { return eq(prime(x0), op(ir.Mod, add(x0, num(n)), num(7))) }
	sys.Init, sys.Next = eq(x0, num(0)), or(plus(2), plus(3))
	m := New(sys, Options{})
	of := func(s State) int { return int(s[0].(value.Int)) }
	var found, steps string
	x := &Exploration{
		Admit: func(_, s State, _ bool) (bool, error) { return of(s) != 4, nil },
		Found: func(s State, n, depth int) bool { found += fmt.Sprintf("%d:%d@%d ", n, of(s), depth); return true },
		Expand: func(s State, _, depth int) (bool, error) {
			return depth < 2, nil
		},
		Step: func(from, to int, s Successor) bool { steps += fmt.Sprintf("%d>%d ", from, to); return true },
	}
	if ended, err := m.Explore(x); !ended || err != nil || found != "0:0@0 1:2@1 2:3@1 3:5@2 4:6@2 " || steps != "0>1 0>2 1>-1 1>3 2>3 2>4 " {
		t.Errorf("%t, %v: found %s, steps %s", ended, err, found, steps)
	}
	x = &Exploration{Found: func(s State, n, _ int) bool { return n < 3 }}
	if ended, err := m.Explore(x); ended || err != nil {
		t.Errorf("stopped: %t, %v", ended, err)
	}
	n := 0
	x = &Exploration{From: []State{{value.Int(3)}, {value.Int(3)}, {value.Int(5)}}, Found: func(State, int, int) bool { n++; return true }}
	if ended, err := m.Explore(x); !ended || err != nil || n != 7 {
		t.Errorf("from 3 and 5: %t, %v, %d states", ended, err, n)
	}
	broken := errors.New("broken")
	x = &Exploration{Admit: func(from, _ State, _ bool) (bool, error) {
		if from != nil {
			return false, broken
		}
		return true, nil
	}}
	if _, err := m.Explore(x); err != broken {
		t.Errorf("an error is lost: %v", err)
	}
}
