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
