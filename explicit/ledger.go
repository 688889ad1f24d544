package explicit

import (
	"maps"
	"slices"
	"sync"

	"github.com/lemma-mc/lemma/trace"
)

// A ledger adds up behaviours in the order of their numbers, whatever the order
// in which workers finish them, and stops at the one that completes the wanted
// violations. Behaviours after that one have no part in the result.
type ledger struct {
	mu       sync.Mutex
	waiting  map[int]*walk // finished before one with a smaller number
	next     int
	wanted   int // violations
	found    []*walkFinding
	finished bool
	total    trace.Simulated
	tallies  []tally
}

// A walk is one finished behaviour.
type walk struct {
	index     int
	steps     int
	generated int64
	tallies   []tally
	findings  []*walkFinding // each of another property
}

func (l *ledger) init(first, wanted, actions int) {
	l.waiting, l.next, l.wanted, l.tallies = map[int]*walk{}, first, wanted, make([]tally, actions)
}

// add enters a finished behaviour.
func (l *ledger) add(w *walk) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting[w.index] = w
	for !l.finished && l.waiting[l.next] != nil {
		l.count(l.waiting[l.next])
		delete(l.waiting, l.next)
		l.next++
	}
}

// count adds the next behaviour. A violation of what was violated before is not
// another one; an error of evaluation ends the count.
func (l *ledger) count(w *walk) {
	l.total.Behaviours++
	l.total.Steps += int64(w.steps)
	l.total.Generated += w.generated
	l.total.Longest = max(l.total.Longest, w.steps)
	for i, t := range w.tallies {
		l.tallies[i].generated += t.generated
	}
	for _, f := range w.findings {
		if l.finished || slices.ContainsFunc(l.found, f.same) {
			continue
		}
		l.found = append(l.found, f)
		l.finished = len(l.found) == l.wanted || f.kind == ""
	}
}

// needless tells whether behaviour i can have no part in the result.
func (l *ledger) needless(i int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.finished {
		return true
	}
	if l.wanted > 1 {
		return false
	}
	for _, w := range l.waiting {
		if len(w.findings) > 0 && w.index < i {
			return true
		}
	}
	return false
}

// close ends the count and returns what was found. When the run was cut short,
// the behaviours that were still waiting count too.
func (l *ledger) close() []*walkFinding {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, i := range slices.Sorted(maps.Keys(l.waiting)) {
		if !l.finished {
			l.count(l.waiting[i])
		}
	}
	return l.found
}
