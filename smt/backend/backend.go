// Package backend opens solvers by name.
package backend

import (
	"context"
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/smt/smtlib"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/source"
)

// Default chooses by the query.
const Default = "auto"

// Names are the solvers that are linked in, and the choice between them.
var Names = []string{Default, "z3", "cadical"}

// Open returns the solver called name over the terms of store:
//
//	auto             a SAT solver where that can decide the query, else z3
//	cadical          the SAT solver: propositional queries only
//	z3               linked in
//	smtlib:COMMAND   runs COMMAND, split at blanks, as an SMT-LIB 2 solver
//
// No name means Default. The solver is of no use after ctx has ended.
func Open(ctx context.Context, store *smt.Store, name string) (smt.Solver, error) {
	command, piped := strings.CutPrefix(name, "smtlib:")
	switch {
	case name == "" || name == Default:
		if !sat.Available {
			return z3.New(store), nil
		}
		return smt.NewSolver(newChoice(store)), nil
	case name == "cadical":
		return sat.New(store)
	case name == "z3":
		return z3.New(store), nil
	case piped:
		return smtlib.New(ctx, store, strings.Fields(command)...)
	}
	return nil, fmt.Errorf("there is no solver %q: use auto, z3, cadical, or smtlib:COMMAND, such as \"smtlib:z3 -in\"", name)
}

// Codes of what goes wrong at the start.
const (
	CodeSolver diag.Code = "S110" // the solver cannot be used
	CodeDump   diag.Code = "S111" // the queries, or a proof, cannot be written
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

// OpenProving is OpenDumping for an engine that is to write a proof of what is
// refuted, to the file path, with the formula beside it (sat.NewProving). Only
// the SAT solver writes proofs, so that name must leave the choice to it.
func OpenProving(store *smt.Store, name, path string) (smt.Solver, error) {
	if name != "" && name != Default && name != "cadical" {
		return nil, diag.New(diag.System, CodeDump, source.Span{}, "a proof (--drat) is written by the SAT solver alone: leave --solver out, or say cadical")
	}
	solver, err := sat.NewProving(store, path)
	if err != nil {
		return nil, diag.New(diag.System, CodeDump, source.Span{}, err.Error())
	}
	return solver, nil
}
