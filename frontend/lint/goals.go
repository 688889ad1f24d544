package lint

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// constantInvariants: what speaks of no variable is the same in every state.
func (l *linter) constantInvariants() {
	for _, f := range l.sys.Invariants {
		if temporal.Level(f.Expr) == ir.ConstantLevel {
			l.warn(codeConstantInvariant, f.Span, "an ASSUME says what holds of constants",
				"the invariant %s speaks of no variable: it is the same in every state", f.Name)
		}
	}
}

// stateProperties: a state formula under PROPERTY is about the first state of a
// behaviour.
func (l *linter) stateProperties() {
	for _, f := range l.sys.Properties {
		if temporal.Level(f.Expr) <= ir.StateLevel {
			l.warn(codeStateProperty, f.Span, "for all states, make it an invariant, or write []P",
				"the property %s is about initial states only", f.Name)
		}
	}
}
