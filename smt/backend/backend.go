// Package backend opens solvers by name.
package backend

import (
	"context"
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/smtlib"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/source"
)

// Default is the solver that needs nothing installed.
const Default = "z3"

// Open returns the solver called name over the terms of store: "z3" is linked
// in, "smtlib:COMMAND" runs COMMAND, split at blanks, as an SMT-LIB 2 solver.
// No name means Default. The solver is of no use after ctx has ended.
func Open(ctx context.Context, store *smt.Store, name string) (smt.Solver, error) {
	if name == "" || name == Default {
		return z3.New(store), nil
	}
	command, ok := strings.CutPrefix(name, "smtlib:")
	if !ok {
		return nil, fmt.Errorf("there is no solver %q: use z3, or smtlib:COMMAND, such as \"smtlib:z3 -in\"", name)
	}
	return smtlib.New(ctx, store, strings.Fields(command)...)
}

// Codes of what goes wrong at the start.
const (
	CodeSolver diag.Code = "S110" // the solver cannot be used
	CodeDump   diag.Code = "S111" // the queries cannot be written
)

// OpenDumping is Open for an engine: it also writes each query to dumpDir,
// unless that is "". Its errors are diagnostics, or the cause of ctx.
func OpenDumping(ctx context.Context, store *smt.Store, name, dumpDir string) (smt.Solver, error) {
	solver, err := Open(ctx, store, name)
	if err != nil {
		return nil, diag.New(diag.System, CodeSolver, source.Span{}, err.Error())
	}
	if dumpDir == "" {
		return solver, nil
	}
	dumper, err := smt.NewDumper(store, solver, dumpDir)
	if err != nil {
		_ = solver.Close() // the first error tells more
		return nil, diag.New(diag.System, CodeDump, source.Span{}, err.Error())
	}
	return dumper, nil
}
