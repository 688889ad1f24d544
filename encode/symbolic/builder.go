package symbolic

import (
	"context"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
)

// A Builder makes symbolic values of the terms of one store. It is used by one
// goroutine.
type Builder struct {
	Store *smt.Store

	// Quantifiers allows quantified terms, for sets without a list of
	// members. Without it such a quantifier is reported as unsupported.
	Quantifiers bool

	// LongestChosen is how many elements a member of Seq(S) has at most that is
	// chosen where there are no Quantifiers; see Shortened. Where it is 0, such a
	// choice is reported as unsupported.
	LongestChosen int

	// Possible tells whether t may be true in the states that an engine looks
	// at. Where it is nil, everything may. What it rules out once must stay so:
	// the terms made since rely on it.
	Possible func(t smt.Term) bool

	At source.Span // of the node under evaluation

	intervals
	exclusive
	names
	indexed
	quantified
	texts
	nesting

	shortened map[source.Span]bool // see Shortened
	failures  *[]Failure
	effort
}

// New returns a builder that makes its terms in store. When ctx ends, so
// does what the builder is doing.
func New(ctx context.Context, store *smt.Store) *Builder {
	return &Builder{
		Store:      store,
		intervals:  newIntervals(),
		exclusive:  exclusive{group: map[smt.Term]int{}},
		names:      names{named: map[smt.Term]smt.Term{}},
		indexed:    newIndexed(),
		quantified: newQuantified(),
		texts:      texts{},
		shortened:  map[source.Span]bool{},
		failures:   new([]Failure),
		effort:     newEffort(ctx),
	}
}
