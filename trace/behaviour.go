// Package trace holds behaviours and verdicts, and everything that shows them:
// table, JSON, ITF, TLA+, HTML, Markdown, dot.
//
// Engines fill a Result and know nothing of how it is shown.
package trace

import (
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Step is one state of a behaviour with the action that led to it. The first
// step's Action is "InitialState".
type Step struct {
	Action string      // "FollowLoop(Node1)"; "Stuttering" for a stuttering step
	Span   source.Span // of the action's definition, or none
	State  []value.Value
}

// A Behaviour is a finite behaviour, or a lasso.
type Behaviour struct {
	Vars  []string // names, in the order of each State
	Steps []Step
	// LoopStart is the step, counted from 1, to which the last step returns;
	// 0 when the behaviour is not a lasso.
	LoopStart int
	// Stuttering tells that the behaviour ends by stuttering for ever in its
	// last state.
	Stuttering bool
	// Alias, when not nil, holds for each step what the config's ALIAS shows
	// instead of the variables: a record per step.
	Alias []value.Value
}
