// Package smt holds logical terms and the contract of the solvers that decide
// them. It knows nothing of TLA+.
//
// # Terms
//
// A [Store] owns terms: numbered nodes of a graph, hash-consed, so that two
// structurally equal terms are the same [Term] and a slice indexed by Term
// serves as a map. A term belongs to its store and to no solver; several
// solvers may be given the terms of one store. A store is used by one
// goroutine at a time.
//
// Constructors simplify as they build. Every rewrite is local (it looks at
// the operands and at most at their operands) and named in a comment by R and
// a number; TestRewrites asks a solver, for each, whether before and after
// can differ.
//
// The graph has few kinds of nodes, so that what means the same tends to be
// the same:
//
//   - Or is the negation of a conjunction of negations, Implies is an Or, and
//     Exists a negated Forall. A conjunction is flat and sorted, its operands
//     pairwise different and none the negation of another.
//   - Integers are mathematical. A sum is one node holding an optional
//     constant first and then products of a constant and a term, sorted, each
//     term once; subtraction and negation are sums. Every order is a Le or a
//     negated Le, and a bound by a constant always reads term <= constant.
//   - Eq on Bool is Iff; negations are pulled out of it.
//
// [Not], division and conditionals have one node kind each. Terms of a wrong
// sort are a mistake of the caller and panic.
//
// # Solvers
//
// A [Solver] is a stack of assertions driven by one goroutine. The stack, and
// the states in which calls are allowed, are the same for all of them
// ([NewSolver]); a [Driver] decides the queries. Package z3 is linked in, package smtlib drives any SMT-LIB 2 solver through a pipe, and
// package backend opens either by name. [Dumper] writes what a solver is asked
// as SMT-LIB files, and [Checked] holds a solver to its contract in tests.
//
// Start with term.go, then bool.go and linear.go; solver.go is the contract, and
// front.go what a new solver has to bring.
package smt
