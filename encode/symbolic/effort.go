package symbolic

import (
	"cmp"
	"context"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
)

// A formula outgrows all bounds where there is no good way for a construct: a
// quantifier over sets of sets, permutations of a set that depends on the state.
// What constructs cost is added up, so that the one can be named. The cost is
// counted in what is done, not in time, so that it is the same on every machine.

// An effort is what is done, and how much may be.
type effort struct {
	// Budget is the effort that one formula or step may take, beyond which it is
	// reported as unsupported (CodeTooLarge); 0 means no limit.
	Budget int

	ctx   context.Context
	steps uint
	asked map[smt.Term]bool // answers of Possible
	open  []ongoing
	costs map[source.Span]int
	begun int // the effort before what is at hand
}

func newEffort(ctx context.Context) effort {
	return effort{ctx: ctx, asked: map[smt.Term]bool{}, costs: map[source.Span]int{}}
}

// What things cost, in nodes evaluated. A term is also work for the solver, and
// takes memory as long as the search goes on.
const (
	termCost  = 10
	queryCost = 50 // of Builder.Possible
)

// spent is the cost of all so far.
func (e *Builder) spent() int {
	return int(e.steps) + termCost*e.Store.Len() + queryCost*len(e.asked)
}

// An ongoing construct is one that is at hand.
type ongoing struct {
	at    source.Span
	since int // what was spent when it began
}

// noteworthy is the least cost that is added up.
const noteworthy = 1 << 12

// Begin and End stand around the work on the construct at a place.
func (e *Builder) Begin(at source.Span) { e.open = append(e.open, ongoing{at, e.spent()}) }

// End ends what Begin began.
func (e *Builder) End() {
	last := len(e.open) - 1
	o := e.open[last]
	e.open = e.open[:last]
	cost := e.spent() - o.since
	if cost < noteworthy {
		return
	}
	within := slices.ContainsFunc(e.open, func(outer ongoing) bool { return outer.at == o.at })
	if !within { // a recursion counts as a whole
		e.costs[o.at] += cost
	}
}

// Costliest is the smallest construct that took more than half of the effort so
// far; false where there is none.
func (e *Builder) Costliest() (at source.Span, ok bool) {
	least := 0
	for span, cost := range e.costs {
		if 2*cost <= e.spent() {
			continue
		}
		if !ok || cost < least || cost == least && cmp.Compare(span.Start, at.Start) > 0 {
			at, least, ok = span, cost, true
		}
	}
	return at, ok
}

// Attempt is Try for one formula or step as a whole, which must not take more than
// the budget; its error may also be that, or the cause of the end of the context.
func (e *Builder) Attempt(f func()) (err error) {
	e.begun = e.spent()
	defer func() {
		switch r := recover().(type) {
		case nil:
		case ended:
			err = r.cause
		default:
			panic(r)
		}
	}()
	return Try(f)
}

// ended carries the end of the context, or of the budget, out of a deep evaluation.
type ended struct{ cause error }

// Poll ends the work at hand, with the cause, where the context has ended, and where
// the budget is exceeded. It looks at them every few hundred times.
func (e *Builder) Poll() {
	const every = 1 << 8
	if e.steps++; e.steps%every != 0 {
		return
	}
	if e.ctx.Err() != nil {
		panic(ended{context.Cause(e.ctx)})
	}
	if e.Budget > 0 && e.spent()-e.begun > e.Budget {
		panic(ended{e.tooLarge()})
	}
}

// tooLarge names the innermost construct that took more than half of the budget.
func (e *Builder) tooLarge() error {
	at := e.At
	for _, o := range slices.Backward(e.open) {
		if at = o.at; 2*(e.spent()-o.since) > e.Budget {
			break
		}
	}
	return diag.New(diag.Unsupported, CodeTooLarge, at, "the formula of this expression outgrows what the symbolic engine takes on")
}
