package job

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A Standing is what is known of a share.
type Standing struct {
	Result *trace.Result // nil: it is not done yet
	Worker string        // who does it
}

// Join is the answer of the job that was divided by p, when what is known of its
// shares, in their order, settles it: no other result could change it. It is nil
// before; beyond is then the number of states that the searches which are still
// going on have to generate without a violation to have no part in the answer, or
// 0 where they have to end.
func (t *Task) Join(ctx context.Context, p *Plan, of []Standing) (r *trace.Result, beyond int64) {
	defer func() {
		if v := recover(); v != nil {
			r = t.failed(asBug(v, "joining the parts of "+t.spec))
		}
		if r != nil {
			t.complete(r)
		}
	}()
	if t.Err != nil {
		return t.failed(t.Err), 0
	}
	if r, beyond = t.settled(ctx, p, of); r != nil {
		t.vacuous(ctx, r)
	}
	return r, beyond
}

// settled is Join without what the job adds to each result.
func (t *Task) settled(ctx context.Context, p *Plan, of []Standing) (r *trace.Result, beyond int64) {
	j := &joiner{Task: t, ctx: ctx, of: of}
	if r = j.join(p); r == nil {
		return nil, j.beyond
	}
	for i, s := range p.Shares() {
		r.Parts = append(r.Parts, partOf(s, of[i]))
	}
	return r, 0
}

// partOf tells people what became of a share.
func partOf(s *Share, st Standing) trace.Part {
	out := trace.Part{Name: s.Name, Worker: st.Worker}
	if r := st.Result; r != nil {
		out.Status, out.Duration = r.Status.String(), r.Duration
		switch r.Status {
		case trace.Violated, trace.Failed:
			out.Message = r.Headline()
		case trace.LimitReached, trace.Unknown:
			out.Message = r.Reason
		}
	}
	return out
}

// A joiner walks a plan and takes the results of its shares one after the other.
type joiner struct {
	*Task
	ctx    context.Context
	of     []Standing
	beyond int64
}

// join is the result of p; nil when it is not settled.
func (j *joiner) join(p *Plan) *trace.Result {
	if p.Share != nil {
		r := j.of[0].Result
		j.of = j.of[1:]
		return copied(r)
	}
	rs := make([]*trace.Result, len(p.Parts))
	for i, part := range p.Parts {
		rs[i] = j.join(part)
	}
	switch p.Way {
	case ByEngines:
		return j.byEngines(rs[0], rs[1])
	case BySolver:
		return j.supplementing(j.ctx, is(rs[0]), is(rs[1]))
	case ByGoals:
		return j.byGoals(p, rs)
	case ByOrder:
		return j.byOrder(p, rs)
	case ByAny:
		return j.byAny(rs)
	}
	panic("job: no such way to join: " + string(p.Way))
}

// copied is r, so that what is added to it is not added to r. A part may be looked
// at again, when more is known.
func copied(r *trace.Result) *trace.Result {
	if r == nil {
		return nil
	}
	out := *r
	out.Notes, out.Warnings, out.Coverage = slices.Clone(r.Notes), slices.Clone(r.Warnings), slices.Clone(r.Coverage)
	return &out
}

func is(r *trace.Result) search { return func(context.Context) *trace.Result { return r } }

// byEngines is auto's answer, or what the solvers are sure of before explicit
// search has ended.
func (j *joiner) byEngines(explicit, symbolic *trace.Result) *trace.Result {
	if explicit == nil && symbolic != nil && (symbolic.Status == trace.Violated || symbolic.Status == trace.Verified) {
		symbolic.Notes = append(symbolic.Notes, "Explicit search had not ended by then.")
		return symbolic
	}
	return j.preferring(j.ctx, is(explicit), is(symbolic))
}

// byGoals is the answer of a search of all states of which each part checks
// something else. A search that checks all of it goes the same way, and ends where
// the first of the parts does; what it cannot check it leaves out.
func (j *joiner) byGoals(p *Plan, rs []*trace.Result) *trace.Result {
	first := -1 // of those that are sure of something bad
	for i, r := range rs {
		if r != nil && (r.Status == trace.Violated || r.Status == trace.Failed && !leaves(r)) && (first < 0 || j.order(p, i, r, first, rs[first]) < 0) {
			first = i
		}
	}
	if first >= 0 {
		return j.worst(rs, first)
	}
	all := merged(rs, 0)
	if all == nil {
		return nil
	}
	for _, r := range rs {
		if r.Status != trace.Verified && (all.Status == trace.Verified || generated(r) < generated(all)) {
			all.Status, all.Reason, all.Message, all.Counts, all.Bound, all.Unshown = r.Status, r.Reason, r.Message, r.Counts, r.Bound, r.Unshown
		}
	}
	all.Err = nil
	if all.Status == trace.Failed {
		all.Err = unchecked(rs)
		all.Message = all.Err.Error()
	}
	return all
}

// leaves tells whether r has no verdict as there is something it could not check.
func leaves(r *trace.Result) bool {
	return r.Status == trace.Failed && len(plan.Warnings(r.Err)) > 0
}

// unchecked is the error of a search that leaves out all that parts left out.
func unchecked(rs []*trace.Result) error {
	var all diag.List
	for _, r := range rs {
		if leaves(r) {
			for _, d := range diag.Of(r.Err) {
				all.Add(d)
			}
		}
	}
	return all.Err()
}

// worst is the result of the part first, which is sure of something bad, unless
// another one may meet something before that.
func (j *joiner) worst(rs []*trace.Result, first int) *trace.Result {
	end := generated(rs[first])
	behind := 0
	for _, r := range rs {
		switch {
		case r == nil:
			j.beyond = max(end, 1)
			return nil
		case r.Status == trace.LimitReached && generated(r) <= end:
			behind++
		}
	}
	out := rs[first]
	if j.rank(out)[0] > explicit.Rank("") { // a search of all would have come to its end, too
		out = merged(rs, first)
		for _, r := range rs {
			if leaves(r) {
				out.Warnings = append(out.Warnings, plan.Warnings(r.Err)...)
			}
		}
		out.Warnings = slices.DeleteFunc(out.Warnings, func(w *diag.Diagnostic) bool { return w.Code == explicit.CodeCutOff }) // of what holds
	}
	if behind > 0 {
		out.Notes = append(out.Notes, "Another search ended at a limit before it came as far: there may be a shorter counterexample, of something else.")
	}
	return out
}

// generated is how many states a search had generated when it ended; less than 0
// where it did not begin.
func generated(r *trace.Result) int64 {
	if r.Counts == nil {
		return -1
	}
	return r.Counts.Generated
}

// explored is how many states a search had generated the successors of.
func explored(r *trace.Result) int64 {
	if r.Counts == nil {
		return -1
	}
	return r.Counts.Distinct - r.Counts.Left
}

// order compares where two parts would end a search that checks all.
func (j *joiner) order(p *Plan, i int, r *trace.Result, k int, s *trace.Result) int {
	return cmp.Or(cmp.Compare(generated(r), generated(s)), cmp.Compare(explored(r), explored(s)), slices.Compare(j.rank(r), j.rank(s)), cmp.Compare(i, k))
}

// rank orders what is found at one moment of an explicit search: what is found
// of states, by its kind, then errors, then what is temporal.
func (j *joiner) rank(r *trace.Result) []int {
	if r.Status != trace.Violated || len(r.Violations) == 0 {
		return []int{explicit.Rank("")}
	}
	v := r.Violations[0]
	goals := slices.Concat(j.System.Invariants, j.System.Properties)
	at := slices.IndexFunc(goals, func(f *ir.Formula) bool { return f.Name == v.Name })
	if at >= 0 && len(temporal.Sort(goals[at:at+1]).Liveness) > 0 {
		prefix := 1
		if v.Kind != trace.Liveness { // a prefix that no behaviour can mend
			prefix = 0
		}
		return []int{explicit.Rank("") + 1, prefix, at}
	}
	return []int{explicit.Rank(v.Kind), at}
}

// merged is the result at, with what all of them warn of and note; nil when one is
// missing.
func merged(rs []*trace.Result, at int) *trace.Result {
	if slices.Contains(rs, nil) {
		return nil
	}
	out := rs[at]
	var notes []string
	var warnings []*diag.Diagnostic
	for _, r := range rs {
		notes = union(notes, r.Notes, func(a, b string) bool { return a == b })
		warnings = union(warnings, r.Warnings, func(a, b *diag.Diagnostic) bool {
			return a.Code == b.Code && a.Span == b.Span && a.Message == b.Message
		})
	}
	out.Notes, out.Warnings = notes, warnings
	return out
}

// union is a and what b has besides; what one of them has twice stays twice.
func union[T any](a, b []T, same func(T, T) bool) []T {
	left := slices.Clone(a)
	for _, x := range b {
		if at := slices.IndexFunc(left, func(y T) bool { return same(x, y) }); at >= 0 {
			left = slices.Delete(left, at, at+1)
		} else {
			a = append(a, x)
		}
	}
	return a
}

// byOrder is the answer of parts that come one after the other: that of the first
// one which is not clean. Past one that a limit ended, others may still have found
// something.
func (j *joiner) byOrder(p *Plan, rs []*trace.Result) *trace.Result {
	at := slices.IndexFunc(rs, func(r *trace.Result) bool { return r == nil || !passes(r) })
	switch {
	case at < 0:
		at = len(rs) - 1
	case rs[at] == nil:
		return nil
	case rs[at].Status == trace.LimitReached || rs[at].Status == trace.Unknown:
		return j.pastLimit(p, rs, at)
	}
	return j.upTo(p, rs[:at+1])
}

// passes tells whether the part after that of r may have the answer.
func passes(r *trace.Result) bool {
	return r.Status == trace.Clean || r.Status == trace.Verified || r.Status == trace.Unknown && (leftOut(r) || warned(r, bmc.CodeDeadlockLeft))
}

// pastLimit is the answer where a limit ended the part at.
func (j *joiner) pastLimit(p *Plan, rs []*trace.Result, at int) *trace.Result {
	if slices.Contains(rs, nil) {
		return nil
	}
	for _, r := range rs[at+1:] {
		if r.Status == trace.Violated {
			r.Notes = append(r.Notes, fmt.Sprintf("There may be another counterexample before it: a limit ended the part %q.", shareOf(p.Parts[at]).Name))
			return r
		}
	}
	return j.upTo(p, rs[:at+1])
}

func shareOf(p *Plan) *Share { return p.Shares()[0] }

// upTo is the result of the last one of rs, all of which come before the others,
// and which are clean but for the last one.
func (j *joiner) upTo(p *Plan, rs []*trace.Result) *trace.Result {
	last := len(rs) - 1
	out := merged(rs, last)
	share := shareOf(p.Parts[last])
	if share.Engine == "simulate" {
		return j.addUp(rs, out)
	}
	if out.Status == trace.LimitReached || out.Status == trace.Unknown {
		out.Bound = max(out.Bound, share.From-1)
	}
	for _, r := range rs[:last] {
		if r.Status == trace.Unknown && out.Status == trace.Clean {
			out.Status, out.Reason = r.Status, r.Reason
			out.Message += " " + r.Reason + "."
		}
	}
	return out
}

// addUp is out with the counts of all simulations.
func (j *joiner) addUp(rs []*trace.Result, out *trace.Result) *trace.Result {
	total := trace.Simulated{}
	for _, r := range rs {
		if s := r.Simulated; s != nil {
			total.Behaviours += s.Behaviours
			total.Steps += s.Steps
			total.Generated += s.Generated
			total.Longest = max(total.Longest, s.Longest)
		}
		for i := range r.Coverage {
			if r != out && i < len(out.Coverage) {
				out.Coverage[i].Generated += r.Coverage[i].Generated
			}
		}
	}
	if total.Behaviours > 0 {
		out.Simulated = &total
	}
	if out.Status == trace.Clean {
		out.Message = simulate.NothingFound(total, orElse(j.Job.Depth, DefaultSimulateDepth), j.Job.Seed)
	}
	return out
}

// byAny is the answer of parts that ask the same: the first one that is sure.
func (j *joiner) byAny(rs []*trace.Result) *trace.Result {
	sure := func(r *trace.Result) bool {
		return r != nil && (r.Status == trace.Verified || r.Status == trace.Violated)
	}
	if at := slices.IndexFunc(rs, sure); at >= 0 {
		return rs[at]
	}
	if slices.Contains(rs, nil) {
		return nil
	}
	if rs[0].Simulated != nil {
		return j.addUp(rs, merged(rs, 0))
	}
	best := slices.MaxFunc(rs, func(a, b *trace.Result) int { return cmp.Compare(len(a.Proofs), len(b.Proofs)) })
	return best
}
