// Package sat decides terms by propositional search: it turns them into
// clauses for the SAT solver CaDiCaL, which is linked in.
//
// What it can decide are terms over Bool constants, and over integers whose
// range is known: literals, constants that are bounded by an assertion or named
// for a term with a range, and sums, products and conditionals of those.
// Everything else (unbounded integers, uninterpreted sorts and functions,
// quantifiers) makes Check fail with smt.ErrUnsupported, before anything was
// handed over; package backend then asks another solver.
//
// # How to use it
//
//	s, err := sat.New(store)        // fails where CaDiCaL was left out
//	s.Assert(t)                     // stays; Push and Pop are by literals
//	a, err := s.Check(ctx, p, q)    // one incremental session for all checks
//	s.Core()                        // which of p, q the last Unsat used
//	smt.ValueOf(s, x)               // the model of the last Sat
//
// A check costs what is new about it: clauses are made once for each term, and
// what the solver has learned stays. Many checks under different assumptions
// are what it is made for (bounded search, lemma search with cores). An
// assumption may be any term; it becomes one literal.
//
// # Clauses
//
// Each compound term has one variable, and clauses that define it, after
// Tseitin. As in Plaisted and Greenbaum's translation, a term that is only
// used positively has only the half that says what follows from it, and the
// other half is made when the negation is first used. Shared terms are one
// variable, because terms are hash-consed.
//
// An assertion of the lowest level that names a term, c = t for a constant c
// that nothing has used yet, makes no clauses: c is another name for t from
// then on. So whatever no assertion or assumption depends on costs nothing.
//
// The rules by which clauses are made are numbered (rule.go); each clause goes
// out under its rule, and TestFaults breaks them one by one.
//
// CaDiCaL simplifies what it has while it searches. It may eliminate variables that
// are defined by others, not those of constants, and none where most are such
// (session.go).
//
// # Integers
//
// An integer term is a row of literals in two's complement, as wide as its
// range needs, so that no operation overflows (bits.go, number.go). Ranges are
// computed from the parts of a term (ranges.go).
//
// # Proofs
//
// NewProving writes what is refuted as a formula and a DRAT proof, which other
// programs check (proof.go).
//
// # Levels
//
// An assertion on a level above the lowest holds under a literal of that level,
// which is assumed in each check and denied when the level is left.
//
// Start at driver.go, then clauses.go. CaDiCaL is by Armin Biere and others
// (MIT licence); cadical.go is the link to it. The build tag nocadical leaves
// it out, as does a build without cgo.
package sat
