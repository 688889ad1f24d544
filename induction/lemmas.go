package induction

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/induction/search"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// search looks for lemmas that make goals inductive, and for sets that the
// variables range over where no goal says so. done tells that a proof cannot
// begin.
func (a *attempt) search(ctx context.Context, goals []*ir.Formula) (done bool, err error) {
	a.searched = true
	missing := prover.Untyped(a.sys, goals)
	found, err := search.Find(ctx, a.sys, goals, search.Options{
		Solver: a.opts.Solver, Seed: a.opts.Seed, Known: a.found, Larger: a.again,
		Progress: func(p search.Progress) {
			a.report(Progress{K: 1, Open: len(goals), Queries: p.Queries, Lemmas: p.Lemmas, Newest: p.Newest, States: p.States})
		},
	})
	if found != nil {
		a.stood = found.Standing
		a.result.Effort.Add(found.Effort)
	}
	if ctx.Err() != nil {
		return true, context.Cause(ctx)
	}
	if err != nil || found.Untyped != nil {
		if len(missing) == 0 {
			return false, a.noSearch(err)
		}
		list := diag.Of(err)
		switch {
		case err == nil:
			missing = []*ir.Variable{found.Untyped}
		case list == nil: // nothing to sample
			_ = a.noSearch(err)
		case list[0].Class != diag.Unsupported:
			return true, err
		}
		no := prover.NoDomain(missing)
		no.Diagnostics = append(no.Diagnostics, list...) // why none was inferred
		return true, no
	}
	if found.False != nil {
		return a.refute(ctx, found.False, found.Instance)
	}
	a.found = found.Lemmas
	return false, nil
}

// refute shows how a reachable state of an instance violates goal. Where the
// instance has other sets than the config's it says nothing about the config:
// then no lemma will be found, and the attempt goes on without.
func (a *attempt) refute(ctx context.Context, goal *ir.Formula, in *ir.Instance) (done bool, err error) {
	var values []string
	own, others := true, false
	for _, c := range a.sys.Constants {
		v := in.Constant(c).Value
		switch {
		case c.Any:
			values = append(values, fmt.Sprintf("%s = %s", c.Name, v))
		case c.Value != nil && value.Compare(c.Value, v) != 0:
			values = append(values, fmt.Sprintf("%s = %s", c.Name, v))
			others = true
			own = own && slices.Contains(a.sets, c)
		}
	}
	about := ""
	if len(values) > 0 {
		about = " for " + strings.Join(values, ", ")
	}
	if !own {
		a.result.Notes = append(a.result.Notes, fmt.Sprintf("No lemmas were looked for: %s is violated%s, which is not this instance.", goal.Name, about))
		return false, nil
	}
	sys := *in.Sys
	sys.Invariants, sys.Properties, sys.Temporal, sys.CheckDeadlock = in.Formulas([]*ir.Formula{goal}), nil, nil, false
	sys.Alias = nil
	short, stop := context.WithTimeout(ctx, patience)
	defer stop()
	r := explicit.Check(short, &sys, explicit.Options{})
	if r.Status != trace.Violated || len(r.Violations) == 0 {
		if r.Status == trace.LimitReached {
			a.result.Notes = append(a.result.Notes, fmt.Sprintf("No lemmas were looked for: a reachable state violates %s, but there was no time to find the shortest way to one. Explicit search will.", goal.Name))
		}
		return false, r.Err
	}
	a.result.Status, a.result.Violations, a.result.Message = trace.Violated, r.Violations, r.Message
	a.elsewhere = others
	answer.ShowAlias(ctx, in.Sys, a.result)
	if len(values) > 0 {
		a.result.Notes = append(a.result.Notes, fmt.Sprintf("The states shown are%s.", about))
	}
	return true, nil
}

// patience is how long the shortest way to a violation is looked for: the state
// that was sampled may be far away, and there may be no end of states.
const patience = time.Minute

// noSearch notes why lemmas were not looked for: the invariants may still be
// provable with a larger k.
func (a *attempt) noSearch(err error) error {
	if err != nil {
		a.result.Notes = append(a.result.Notes, "No lemmas were looked for: "+err.Error())
	}
	return nil
}

// dropLemmas forgets the lemmas that were not proved: they are the search's, and
// nobody asked for them.
func (a *attempt) dropLemmas() {
	isOpen := func(f *ir.Formula) bool { return slices.Contains(a.open, f) }
	a.found, a.open = slices.DeleteFunc(slices.Clone(a.found), isOpen),
		slices.DeleteFunc(slices.Clone(a.open), func(f *ir.Formula) bool { return slices.Contains(a.found, f) })
}

// lemmas are the found ones that were proved, for the result.
func (a *attempt) lemmas() []*trace.Lemma {
	var out []*trace.Lemma
	for _, f := range a.found {
		if !slices.Contains(a.proved, f) {
			continue
		}
		l := &trace.Lemma{Name: f.Name, Text: ir.String(f.Expr), Says: sentence(f.Expr), Needs: a.needs(f)}
		for _, g := range a.proved {
			for _, u := range a.prover.Uses(g, a.proved) {
				if u.Formula == f {
					l.Supports, l.Actions = add(l.Supports, g.Name), add(l.Actions, u.Action)
				}
			}
		}
		out = append(out, l)
	}
	return out
}

func add(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// needs are what the induction step of g rests on.
func (a *attempt) needs(g *ir.Formula) []trace.Need {
	var out []trace.Need
	for _, f := range a.prover.Types() {
		if f != g {
			out = append(out, trace.Need{Formula: f.Name})
		}
	}
	for _, u := range a.prover.Uses(g, a.proved) {
		out = append(out, trace.Need{Formula: u.Formula.Name, Action: u.Action})
	}
	return out
}
