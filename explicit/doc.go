// Package explicit searches the reachable states of a system one by one,
// breadth-first, as TLC does, with TLC's counts.
//
// # The idea
//
// A state is a row of 64-bit words. How the values of each variable lie in the
// row, its layout, is guessed from some thousand states that the plain
// evaluator (package eval) makes first: a bit, an integer of some width, a row of
// slots for a function on a fixed domain, entries for one whose domain varies, a
// set of bits over a dictionary of elements that grows as elements come up, or an
// id of a value in a table. A state that does not fit widens the layout, and the
// search starts anew; a guess is never wrong, only slow.
//
// Init, Next and all formulas are compiled once for the layout, to closures
// that are specialised by the shapes of their operands. A compiled action makes
// its successors in TLC's order and multiplicity (Specifying Systems, 14.2.6)
// without allocating: it writes into a scratch row and hands that to the store.
// What the compiler does not know, or what goes wrong while compiled code runs,
// is left to the plain evaluator, for that expression or for that state, which
// also words the errors.
//
// The store (package store) is an open-addressing table of fingerprints, of 64 bits
// or on request of 128, that the workers share without locks. Levels are searched to
// their end and the least violation wins, so that verdicts, counts and traces do
// not depend on the workers.
//
// # Numbers, and what is remembered
//
// Workers share numbers for values: ids (internTable) and bits (dict). The rules:
//
//   - Equal values have one number, and a number means one value for as long as
//     the search lasts: tables grow by appending, nothing is renumbered.
//   - A number is handed to others only after its meaning can be read.
//   - Which number a value gets is chance, but for those that are frozen before
//     the search. So no order, no choice and no fingerprint is of a number that
//     is not frozen; of later ones they are of the values.
//
// Compiled code remembers what it has computed: for all workers by the content
// of the slots that a value depends on (remember.go), for one worker by the
// stamp of a state (perstate.go), for the run of a scope (bind.go), by ids
// (literal.go, membercache.go). The rule:
//
//   - A key holds all that the value depends on: variables, with their primes
//     where these are read, and every name that is bound outside of the
//     expression and free in it (ir.FreeNames). What no key can hold, such as
//     time, registers, draws and files, makes an expression impure, and it is
//     not remembered.
//   - A value is shared only when it is spelled out: what is left to be worked
//     out in it belongs to the evaluator of one worker.
//
// A key that lacks something makes a value depend on who asked first, and so on
// the workers. audit.go finds that with one worker: TestMemory computes all that
// comes from memory once more.
//
// A counterexample is walked again by the plain evaluator before it is shown.
//
// # Where to start
//
//	check.go, search.go, runner.go   a check, a search, a worker
//	partition.go                     how workers share a level
//	misfit.go                        states that the layout cannot hold
//	sample.go, guess.go, layout.go   from states seen to a layout
//	compile.go, action.go            expressions and actions as closures
//	varfunc.go                       functions of varying domain
//	perstate.go, remember.go         what is evaluated once for each state, or content
//	recall.go, audit.go              what a worker, or all of them, remember; the test of it
//	intern.go, dict.go               what workers share
//	routine.go                       recursive operators and functions
//	store/, fingerprint.go           states found, and what tells them apart
//	facet.go, permutation.go         fingerprints of views and of images
//	symmetry.go, asymmetry.go        states that count as one, and what tells them apart
//	images.go                        invariants that do
//	report.go, grace.go              findings to results and traces; when time runs out
//	steps.go                         the steps between states
//	live*.go                         temporal properties on the explored graph
//	early.go, badprefix.go           the same on the part explored so far
//	monitor.go                       automata of bad prefixes
//	simulate.go                      random behaviours
package explicit
