package bmc

import (
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/smt"
)

// A meter says, as notes of the result, what each depth costs.
type meter struct {
	*search
	start         time.Time
	terms, handed int // so far
}

// line is about depth k.
func (m *meter) line(k int) string {
	terms, clauses := m.store.Len(), m.statistics().Clauses
	line := fmt.Sprintf("Depth %d: %d terms, %d clauses; %d kB of terms in all.",
		k, terms-m.terms, clauses-m.handed, m.store.Bytes()>>10)
	m.terms, m.handed = terms, clauses
	return line
}

// statistics are those of all solvers together.
func (m *meter) statistics() smt.Statistics {
	stats := m.solver.Statistics()
	if m.local != nil {
		stats.Time += m.local.spent
		stats.Checks += m.local.tries
		stats.Clauses += m.local.clauses
	}
	return stats
}

// total is a line about the whole search.
func (m *meter) total() string {
	all, stats := time.Since(m.start), m.statistics()
	line := fmt.Sprintf("%d terms, %d clauses, %d queries; %v to encode and %v to solve, which is %.0f%% of the time.",
		m.store.Len(), stats.Clauses, stats.Checks, (all - stats.Time).Round(time.Millisecond), stats.Time.Round(time.Millisecond),
		100*stats.Time.Seconds()/all.Seconds())
	if stats.Why != "" {
		line += " The solver: " + stats.Why + "."
	}
	return line
}
