package backend_test

import (
	"os/exec"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
)

func TestDecide(t *testing.T) {
	solvers := []string{"", "z3", "cadical"}
	for program, name := range map[string]string{"z3": "smtlib:z3 -in", "cvc5": "smtlib:cvc5"} {
		if _, err := exec.LookPath(program); err == nil {
			solvers = append(solvers, name)
		}
	}
	for _, name := range solvers {
		for _, test := range []struct {
			script string
			want   smt.Answer
			fails  bool
		}{
			{"(set-logic ALL)(declare-fun x () Int)(assert (< x 0))(check-sat)", smt.Sat, false},
			{"(set-logic ALL)(declare-fun x () Int)(assert (< x 0))(assert (> x 0))(check-sat)", smt.Unsat, false},
			{"(set-logic ALL)(assert (p))(check-sat)", smt.Unknown, true},
		} {
			got, err := backend.Decide(t.Context(), name, test.script)
			if got != test.want || (err != nil) != test.fails {
				t.Errorf("%q, %s: %v, %v", name, test.script, got, err)
			}
		}
	}
}
