// Package eval is the one evaluator of TLA+ expressions: a plain walk over ir,
// with canonical values. It defines the meaning that the other engines must
// agree with: constants are folded by it, counterexamples are replayed through
// it, and the compiled explicit engine is tested against it.
package eval

import "github.com/lemma-mc/lemma/value"

// A State gives each variable, by its ID, a value; nil where it has none yet.
type State []value.Value
