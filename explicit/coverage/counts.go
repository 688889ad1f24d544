// Package coverage counts, for one worker of a search, the steps of actions, the
// steps out of states, and what the constraints leave out.
package coverage

import (
	"math"

	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
)

// Counts is what one worker counts of actions and steps. The steps of a state
// are noted first and counted when all are made, because compiled code that
// bails out makes them again.
type Counts struct {
	Tallies []answer.Tally
	noted   []firing
	Cut     int64 // steps of the state at hand that the constraints do not allow
	Degrees Degrees
	Outside CutOff
}

// A firing is a step of an action, or several that make the same state.
type firing struct {
	action int
	weight int64
}

// A CutOff sums up what the constraints leave out: steps, and states all of whose
// steps are.
type CutOff struct{ Steps, States int64 }

// Degrees sum up how many steps lead out of states.
type Degrees struct{ States, Steps, Min, Max int64 }

// New returns counts of nothing yet, for so many actions.
func New(actions int) Counts {
	return Counts{Tallies: parallel.Padded[answer.Tally](actions), Degrees: Degrees{Min: math.MaxInt64}}
}

// Fired notes steps of an action out of the state at hand.
func (c *Counts) Fired(action int, weight int64) {
	c.noted = append(c.noted, firing{action, weight})
}

// Forget drops the steps noted of a state.
func (c *Counts) Forget() { c.noted, c.Cut = c.noted[:0], 0 }

// CountSteps counts the steps noted of a state with n steps.
func (c *Counts) CountSteps(n int64) {
	for _, f := range c.noted {
		if f.action != ir.Unlisted {
			c.Tallies[f.action].Generated += f.weight
		}
	}
	c.Degrees.Add(Degrees{1, n, n, n})
	c.Outside.Steps += c.Cut
	if n > 0 && c.Cut == n {
		c.Outside.States++
	}
}

// Add adds what another counted.
func (d *Degrees) Add(o Degrees) {
	d.States += o.States
	d.Steps += o.Steps
	d.Min, d.Max = min(d.Min, o.Min), max(d.Max, o.Max)
}
