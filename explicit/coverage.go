package explicit

import (
	"math"

	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
)

// coverage is what one worker counts of actions and steps. The steps of a state
// are noted first and counted when all are made, because compiled code that
// bails out makes them again.
type coverage struct {
	tallies []answer.Tally
	noted   []firing
	cut     int64 // steps of the state at hand that the constraints do not allow
	degrees degrees
	outside cutOff
}

// A firing is a step of an action, or several that make the same state.
type firing struct {
	action int
	weight int64
}

// cutOff sums up what the constraints leave out: steps, and states all of whose
// steps are.
type cutOff struct{ steps, states int64 }

// degrees sums up how many steps lead out of states.
type degrees struct{ states, steps, min, max int64 }

func newCoverage(actions int) coverage {
	return coverage{tallies: parallel.Padded[answer.Tally](actions), degrees: degrees{min: math.MaxInt64}}
}

func (c *coverage) fired(action int, weight int64) {
	c.noted = append(c.noted, firing{action, weight})
}

// forget drops the steps noted of a state.
func (c *coverage) forget() { c.noted, c.cut = c.noted[:0], 0 }

// countSteps counts the steps noted of a state with n steps.
func (c *coverage) countSteps(n int64) {
	for _, f := range c.noted {
		if f.action != ir.Unlisted {
			c.tallies[f.action].Generated += f.weight
		}
	}
	c.degrees.add(degrees{1, n, n, n})
	c.outside.steps += c.cut
	if n > 0 && c.cut == n {
		c.outside.states++
	}
}

func (d *degrees) add(o degrees) {
	d.states += o.states
	d.steps += o.steps
	d.min, d.max = min(d.min, o.min), max(d.max, o.max)
}
