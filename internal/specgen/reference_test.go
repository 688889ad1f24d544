package specgen

import (
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// An ending is how a breadth-first search by the plain evaluator ends: with all
// states searched, or with what is wrong on the first level that has anything.
type ending struct {
	counts trace.Counts
	found  []finding
	levels int  // searched to the end
	cut    bool // too many states, or deeper than asked
}

// A finding is a violation; kind is "" for an error of evaluation.
type finding struct {
	kind trace.ViolationKind
	name string
	step int
}

// reference searches the states of a system the slow and plain way.
type reference struct {
	sys     *ir.System
	machine *eval.Machine
	depth   int
	seen    map[uint64][]eval.State
	next    []eval.State
	ending
}

// search checks the states of sys level by level, up to depth levels and about
// limit states. On the last level it also looks for deadlock, and for errors in
// what comes next, but not at the states that do.
func search(sys *ir.System, depth, limit int) *ending {
	r := &reference{sys: sys, machine: eval.New(sys, eval.Options{}), depth: depth, seen: map[uint64][]eval.State{}}
	r.counts.Depth = 1
	if err := r.machine.Init(func(s eval.State) bool { r.generated(nil, s); return true }); err != nil {
		r.failed(1)
	}
	for level := 1; len(r.next) > 0 && len(r.found) == 0; level++ {
		r.levels, r.counts.Depth = level, level
		if level > depth || r.counts.Distinct > int64(limit) || r.counts.Generated > int64(20*limit) {
			r.cut = true
			break
		}
		r.expand(level)
	}
	return &r.ending
}

// expand makes the successors of all states of a level.
func (r *reference) expand(level int) {
	states := r.next
	r.next = nil
	for _, s := range states {
		stuck := true
		err := r.machine.Successors(s, func(t eval.Successor) bool {
			stuck = false
			r.generated(s, t.State)
			return true
		})
		switch {
		case err != nil:
			r.failed(level + 1)
		case stuck && r.sys.CheckDeadlock:
			r.found = append(r.found, finding{trace.Deadlock, "", level})
		}
	}
}

func (r *reference) failed(step int) { r.found = append(r.found, finding{"", "", step}) }

// generated counts a state, and checks the step that led to it, if any, and the
// invariants in one that is new.
func (r *reference) generated(from, s eval.State) {
	r.counts.Generated++
	if from != nil && r.levels < r.depth {
		r.stepped(from, s)
	}
	h := uint64(0)
	for _, v := range s {
		h = h*31 + value.Hash(v)
	}
	if slices.ContainsFunc(r.seen[h], func(t eval.State) bool { return sameState(s, t) }) {
		return
	}
	r.seen[h] = append(r.seen[h], s)
	r.next = append(r.next, s)
	r.counts.Distinct++
	if r.levels == r.depth {
		return
	}
	for _, inv := range r.sys.Invariants {
		switch ok, err := r.machine.Bool(inv.Expr, s, nil); {
		case err != nil:
			r.failed(r.levels + 1)
		case !ok:
			r.found = append(r.found, finding{trace.Invariant, inv.Name, r.levels + 1})
		}
	}
}

// stepped checks the properties [][A]_v on a step.
func (r *reference) stepped(from, to eval.State) {
	for _, f := range r.sys.Properties {
		always := f.Expr.(*ir.Call).Def.Body.(*ir.App)
		switch ok, err := r.machine.Bool(always.Args[0], from, to); {
		case err != nil:
			r.failed(r.levels + 1)
		case !ok:
			r.found = append(r.found, finding{trace.ActionProp, f.Name, r.levels + 1})
		}
	}
}

func sameState(s, t eval.State) bool {
	return slices.EqualFunc(s, t, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
}

// allows tells whether an engine's result is one of the reference's endings.
func (e *ending) allows(r *trace.Result) bool {
	switch r.Status {
	case trace.Violated:
		v := r.Violations[0]
		return slices.Contains(e.found, finding{v.Kind, v.Name, v.Step})
	case trace.Failed:
		var user *diag.Error
		return errors.As(r.Err, &user) && slices.ContainsFunc(e.found, func(f finding) bool { return f.kind == "" })
	case trace.Verified, trace.Clean:
		return len(e.found) == 0
	}
	return false
}
