// Package explicit searches the reachable states of a system one by one,
// breadth-first, as TLC does, with TLC's counts.
//
// # The idea
//
// A state is a row of 64-bit words, and Init, Next and all formulas are compiled to
// code that works on rows (package rows). What the compiler does not know, and the
// states with which compiled code cannot go on, are left to the evaluator (package
// eval). The layout of the rows is guessed from some thousand states that the
// evaluator makes first. A state that does not fit widens the layout, and the
// search starts anew.
//
// The store (package store) is an open-addressing table of fingerprints, of 64 bits
// or on request of 128, that the workers share without locks. Levels are searched to
// their end and the least violation wins, so that verdicts, counts and traces do
// not depend on the workers.
//
// A counterexample is walked again by the evaluator before it is shown.
//
// # Where to start
//
//	check.go, explore.go             a check; searches with wider and wider layouts
//	search.go, workers.go            what workers share; what a worker has, and when it works
//	levels.go, expand.go             level by level, state by state
//	admit.go, constraint.go          successors, made in batches: are they kept?
//	invariant.go, actionprop.go, deadlock.go   what a search looks for
//	program.go, vacuity.go           what is compiled; conditions that are to hold somewhere
//	initial.go, partition.go         how workers share initial states, and a level
//	overflow.go, findings.go         states that the layout cannot hold, what is violated
//	symmetry.go, images.go           states that count as one; invariants that tell them apart
//	replay.go, report.go             counterexamples walked again; findings to results
//	steps.go                         the steps between states
//	live*.go                         temporal properties on the explored graph
//	early.go, badprefix.go           the same on the part explored so far
//	checkpoint*.go                   searches that are written to a file, and taken up again
//
// Packages of their own are what a check begins with, plan, estimate and sample; the
// rows and the store; what a worker counts, coverage; and the file of a checkpoint.
package explicit
