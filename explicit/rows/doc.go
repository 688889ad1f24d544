// Package rows makes states rows of 64-bit words, and formulas and actions code
// that works on them. It knows no search: who runs the code is its Host.
//
// # The idea
//
// How the values of each variable lie in the row, its layout, is guessed from
// states seen (Guesses): a bit, an integer of some width, a row of slots for a
// function on a fixed domain, entries for one whose domain varies, a set of bits
// over a dictionary of elements that grows as elements come up, or an id of a
// value in a table. Who writes a value that does not fit bails out. A guess is
// never wrong, only slow: Guesses.Widen makes room, and the search starts anew.
//
// A Compiler makes formulas Tests and actions Actions: closures that are specialised
// by the shapes of their operands and work on a Frame, one per worker. An Action
// makes its successors in TLC's order and multiplicity (Specifying Systems,
// 14.2.6) without allocating: it writes each into Frame.Next and calls its
// continuation. What the compiler does not know is left to the evaluator (package
// eval), for that expression; what goes wrong while code runs bails out, Frame.Run
// says so, and the evaluator is asked for that state, which also words the errors.
//
// # Numbers, and what is remembered
//
// Workers share numbers for values: ids (package intern) and bits (dict). The rules:
//
//   - Equal values have one number, and a number means one value for as long as
//     the layout lasts: tables grow by appending, nothing is renumbered.
//   - A number is handed to others only after its meaning can be read.
//   - Which number a value gets is chance, but for those that are frozen before
//     the search. So no order, no choice and no fingerprint is of a number that
//     is not frozen; of later ones they are of the values.
//
// Compiled code remembers what it has computed: for all workers by the content
// of the slots that a value depends on (memo_key.go), for one worker by the
// stamp of a state (perstate.go), for the run of a scope (bind.go), by ids
// (literal.go, member.go). The rule:
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
// the workers. audit.go finds that with one worker: TestMemory of package explicit
// computes all that comes from memory once more.
//
// # Where to start
//
//	layout_guesses.go, layout_guess.go, shape.go   from states seen to shapes
//	layout.go, saved.go              rows, packed and unpacked; what a checkpoint holds of them
//	varfunc.go                       functions of varying domain
//	dict.go, package intern          what workers share
//	fingerprint.go, view.go          what tells states apart
//	permutation.go                   fingerprints of images
//	formulas.go, frame.go            what others compile by, and run code on
//	code.go, compile.go, node.go     compiled code; one expression; which construct it is
//	action.go, ways.go               actions, and in how many ways they are true
//	statefunction.go                 state functions, as refinement mappings have them
//	perstate.go, memo_key.go         what is evaluated once for each state, or content
//	memo_table.go, audit.go          what a worker, or all of them, remember; the test of it
//	routine.go                       recursive operators and functions
//	fallback.go                      what is left to the evaluator
package rows
