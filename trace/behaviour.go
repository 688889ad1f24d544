// Package trace holds behaviours and verdicts as data: what engines fill in, and
// what package show and the service read. It knows nothing of how a result is
// drawn, and one set of sentences says what it means.
package trace

import (
	"fmt"

	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Step is one state of a behaviour with the action that led to it. The first
// step's Action is "InitialState".
type Step struct {
	Action string      // "FollowLoop(Node1)"; "Stuttering" for a stuttering step
	Span   source.Span // of the action's definition, or none
	State  []value.Value
	Line   string // of a log that the step explains: "node1.ndjson:17"
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

// Shown are the names and values that step i (from 0) shows: the variables, or
// the fields of its ALIAS record.
func (b *Behaviour) Shown(i int) ([]string, []value.Value) {
	if b.Alias == nil || i >= len(b.Alias) {
		return b.Vars, b.Steps[i].State
	}
	if r, ok := b.Alias[i].(*value.Record); ok {
		return r.Names, r.Vals
	}
	return []string{"Alias"}, []value.Value{b.Alias[i]}
}

// Ending says how an infinite behaviour goes on.
func (b *Behaviour) Ending() string {
	switch {
	case b == nil:
		return "goes on for ever"
	case b.Stuttering:
		return "stutters for ever in its last state"
	case b.LoopStart > 0:
		return fmt.Sprintf("returns to step %d and repeats for ever", b.LoopStart)
	}
	return fmt.Sprintf("ends after step %d", len(b.Steps))
}
