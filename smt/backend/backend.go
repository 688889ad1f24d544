// Package backend opens solvers by name.
package backend

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/smtlib"
	"github.com/lemma-mc/lemma/smt/z3"
)

// Default is the solver that needs nothing installed.
const Default = "z3"

// Open returns the solver called name over the terms of store: "z3" is linked
// in, "smtlib:COMMAND" runs COMMAND, split at blanks, as an SMT-LIB 2 solver.
func Open(store *smt.Store, name string) (smt.Solver, error) {
	if name == Default {
		return z3.New(store), nil
	}
	command, ok := strings.CutPrefix(name, "smtlib:")
	if !ok {
		return nil, fmt.Errorf("there is no solver %q: use z3, or smtlib:COMMAND, such as \"smtlib:z3 -in\"", name)
	}
	return smtlib.New(store, strings.Fields(command)...)
}
