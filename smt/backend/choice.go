package backend

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/smt/z3"
)

// A choice is a driver that asks a SAT solver where that can decide the query,
// and Z3 where it cannot. The SAT solver says so before it takes anything in,
// and a term that it refuses in an assertion of the lowest level, which stays,
// settles the matter for all later queries.
//
// Queries of bounded search on specs over strings, model values and counters
// are propositional, and there the SAT solver is faster by ten to a hundred
// times.
type choice struct {
	sat, z3 side
	settled bool   // Z3 has all later queries
	why     string // the last refusal
	last    *side  // who decided the last query
}

// A side is one of the drivers.
type side struct {
	smt.Driver
	kept    int // as in smt.Query, since this driver's last query
	decided int
}

func newChoice(store *smt.Store) *choice {
	c := &choice{sat: side{Driver: sat.NewDriver(store)}, z3: side{Driver: z3.NewDriver(store)}}
	c.last = &c.sat
	return c
}

// Name implements smt.Driver: of those that have decided something.
func (c *choice) Name() string {
	var names []string
	for _, s := range []*side{&c.sat, &c.z3} {
		if s.decided > 0 || s == c.last && c.sat.decided+c.z3.decided == 0 {
			names = append(names, s.Driver.Name())
		}
	}
	return strings.Join(names, " and ")
}

// Why tells how many queries went where, and what the SAT solver refused last.
func (c *choice) Why() string {
	switch {
	case c.why == "":
		return fmt.Sprintf("all queries are propositional: %s", c.sat.Driver.Name())
	case c.sat.decided == 0:
		return fmt.Sprintf("%s, because %s", c.z3.Driver.Name(), c.why)
	}
	return fmt.Sprintf("%d queries by %s, %d by %s, because %s",
		c.sat.decided, c.sat.Driver.Name(), c.z3.decided, c.z3.Driver.Name(), c.why)
}

// Capabilities implements smt.Driver.
func (c *choice) Capabilities() smt.Capabilities { return c.z3.Driver.Capabilities() }

// Decide implements smt.Driver.
func (c *choice) Decide(ctx context.Context, q smt.Query) (smt.Verdict, error) {
	c.sat.kept, c.z3.kept = min(c.sat.kept, q.Kept), min(c.z3.kept, q.Kept)
	if c.settled {
		return c.ask(ctx, &c.z3, q)
	}
	v, err := c.ask(ctx, &c.sat, q)
	var refused *sat.Refusal
	if !errors.As(err, &refused) {
		return v, err
	}
	c.why, c.settled = "there is "+refused.What, refused.Stays
	return c.ask(ctx, &c.z3, q)
}

func (c *choice) ask(ctx context.Context, s *side, q smt.Query) (smt.Verdict, error) {
	q.Kept = s.kept
	v, err := s.Driver.Decide(ctx, q)
	switch {
	case err == nil:
		s.kept, c.last = len(q.Levels), s
		s.decided++
	case !errors.Is(err, smt.ErrUnsupported):
		s.kept = 0
	}
	return v, err
}

// Values implements smt.Driver.
func (c *choice) Values(ts []smt.Term) ([]smt.Value, error) { return c.last.Values(ts) }

// Close implements smt.Driver.
func (c *choice) Close() error { return errors.Join(c.sat.Close(), c.z3.Close()) }
