// Package eval is the one evaluator of TLA+ expressions: a plain walk over ir,
// with canonical values. It defines the meaning that the other engines must
// agree with: constants are folded by it, counterexamples are replayed through
// it, and the compiled explicit engine is tested against it.
//
// Two readings of an expression live here. As a formula (expr.go and the files
// around it) it has a value in a state pair: a state, perhaps with a next one. As an
// action (action.go) it is a recipe that makes states: x' = e assigns when x'
// has no value yet and tests when it has, disjunctions and \E branch, and
// everything else is a test. The second reading is TLC's (Specifying Systems,
// 14.2.6), down to the number of states generated.
//
// Definitions are called by need, as in TLC: an argument or a LET definition
// that nobody looks at is never evaluated, so it may be undefined. See env.go.
//
// # When
//
// An expression is evaluated from left to right, as far as it takes to decide it:
//
//   - \/, /\, =>, IF, CASE, \A, \E and CHOOSE stop where they are decided. What their
//     other parts come to is never asked.
//   - An argument of a definition and a definition of a LET are evaluated when they
//     are first asked for. An operator that is computed natively asks for all of its
//     arguments.
//   - [x \in S |-> e] and f[x \in S] == e that are applied, f[a], are evaluated for
//     that argument; the function may be passed on to the application by names,
//     parameters, LET, IF, CASE, EXCEPT and other applications. Wherever else a
//     function is wanted, DOMAIN included, it is evaluated for its whole domain. Where
//     that cannot be listed, as with Nat, it is evaluated for what is asked.
//   - [f EXCEPT ![a] = e] evaluates f[a] and e, where a is in the domain.
//   - Everything else is evaluated with all its parts: tuples, records and their
//     fields, {a, b}, {e : x \in S}, and {x \in S : P} for an S that is listed. Where S
//     is not, as SUBSET S, P is asked for the members that are asked.
//   - A definition of constant level without parameters is evaluated once, whole; where
//     that fails, again at each use, for what is asked.
//
// Engines that compile or encode may do otherwise only where nothing can fail.
//
// Start at machine.go for what can be asked, at expr.go for how it is answered.
package eval

import (
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// A State gives each variable, by its ID, a value; nil where it has none yet.
type State []value.Value

// Equal tells whether s and t, which are complete, are the same state.
func (s State) Equal(t State) bool {
	return slices.EqualFunc(s, t, func(x, y value.Value) bool { return value.Compare(x, y) == 0 })
}
