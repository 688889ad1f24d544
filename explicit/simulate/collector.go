package simulate

import (
	"maps"
	"slices"
	"sync"

	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/trace"
)

// A collector adds up behaviours in the order of their numbers, whatever the order
// in which workers finish them, and stops at the one that completes the wanted
// violations. Behaviours after that one have no part in the result.
type collector struct {
	mu       sync.Mutex
	waiting  map[int]*behaviour // finished before one with a smaller number
	next     int
	wanted   int // violations
	found    []*finding
	finished bool
	total    trace.Simulated
	tallies  []answer.Tally
}

// A behaviour is what came of one.
type behaviour struct {
	index     int
	steps     int
	generated int64
	tallies   []answer.Tally
	findings  []*finding // each of another property
}

func (c *collector) init(first, wanted, actions int) {
	c.waiting, c.next, c.wanted, c.tallies = map[int]*behaviour{}, first, wanted, make([]answer.Tally, actions)
}

// add enters a finished behaviour.
func (c *collector) add(w *behaviour) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting[w.index] = w
	for !c.finished && c.waiting[c.next] != nil {
		c.count(c.waiting[c.next])
		delete(c.waiting, c.next)
		c.next++
	}
}

// count adds the next behaviour. A violation of what was violated before is not
// another one; an error of evaluation ends the count.
func (c *collector) count(w *behaviour) {
	c.total.Behaviours++
	c.total.Steps += int64(w.steps)
	c.total.Generated += w.generated
	c.total.Longest = max(c.total.Longest, w.steps)
	for i, t := range w.tallies {
		c.tallies[i].Generated += t.Generated
	}
	for _, f := range w.findings {
		if c.finished || slices.ContainsFunc(c.found, f.same) {
			continue
		}
		c.found = append(c.found, f)
		c.finished = len(c.found) == c.wanted || f.kind == ""
	}
}

// needless tells whether behaviour i can have no part in the result.
func (c *collector) needless(i int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.finished {
		return true
	}
	if c.wanted > 1 {
		return false
	}
	for _, w := range c.waiting {
		if len(w.findings) > 0 && w.index < i {
			return true
		}
	}
	return false
}

// close ends the count and returns what was found. When the run was cut short,
// the behaviours that were still waiting count too.
func (c *collector) close() []*finding {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, i := range slices.Sorted(maps.Keys(c.waiting)) {
		if !c.finished {
			c.count(c.waiting[i])
		}
	}
	return c.found
}
