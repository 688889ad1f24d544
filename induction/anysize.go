package induction

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A constant that is left arbitrary, and of which the spec says nothing but that
// it is a set, may have any number of elements. Lemmas are looked for where it
// has few of them, the config's or three: states can be sampled there, and a
// counterexample to induction is a state. What is proved there is then proved
// once more with a sort in the place of the set. Where that fails, the lemmas may
// be true of small sets only, and the sets get more elements; the search begins
// with the lemmas that there are.

// sizes are how many elements more than at first a set has, in turn. An even
// number of servers has larger majorities than the odd one before it, and seldom
// shows what that does not. Those that the assumptions rule out are passed over.
var sizes = []int{0, 2, 1, 3, 4, -1, -2}

// enough is how many of the sizes are tried.
const enough = 2

// checkAnySize is Check for sys, in which the constants of sets may have any
// number of elements.
func checkAnySize(ctx context.Context, sys *ir.System, sets []*ir.Constant, opts Options) *trace.Result {
	start := time.Now()
	r := noResult(sys)
	if err := spokenOf(sys, sets); err != nil {
		finish(ctx, r, err)
		return r
	}
	r.Message = fmt.Sprintf("Nothing is proved: no small %s was found with which the ASSUMEs hold.", constantNames(sets))
	r.Reason = "the ASSUMEs allow no small sets"
	tried := 0
	var effort trace.Effort
	var lemmas []*ir.Formula // of the size before
	for _, more := range sizes {
		vals := membersOf(sets, more)
		in := sys.With(vals)
		fixed := &attempt{
			sys: in.Sys, opts: opts, found: in.Formulas(lemmas), result: noResult(sys),
			otherSizes: otherSizes{about: counted(sets, vals), sets: in.Constants(sets), again: tried > 0},
		}
		err := fixed.run(ctx)
		if ruledOut := (*prover.AssumptionError)(nil); errors.As(err, &ruledOut) {
			continue
		}
		fixed.end(ctx, err)
		effort.Add(*fixed.result.Effort)
		tried++
		if fixed.result.Status != trace.Verified {
			if tried == 1 || fixed.result.Status == trace.Violated {
				r = fixed.result
				if !fixed.elsewhere {
					r.Notes = append(r.Notes, fmt.Sprintf("This is about %s.", listed(sets, vals)))
				}
			}
			break
		}
		any, err := fixed.generalise(ctx, in, sets)
		effort.Add(*any.result.Effort)
		if any.result.Status == trace.Verified {
			r = any.result
			break
		}
		r = fixed.result
		any.onlyFixed(ctx, r, err, listed(sets, vals))
		if err != nil || ctx.Err() != nil || tried == enough {
			break
		}
		sys, sets, lemmas = in.Sys, in.Constants(sets), fixed.found
	}
	r.Effort, r.Duration = &effort, time.Since(start)
	return r
}

// generalise proves what a has proved of an instance, in, for sets of
// any size.
func (a *attempt) generalise(ctx context.Context, in *ir.Instance, sets []*ir.Constant) (*attempt, error) {
	gen := in.Sys.With(nil)
	for _, c := range sets {
		k := gen.Constant(in.Constant(c))
		k.Any, k.Value, k.Given = true, nil, nil
	}
	b := &attempt{sys: gen.Sys, opts: a.opts, otherSizes: otherSizes{about: "any " + constantNames(sets)}, result: noResult(a.sys)}
	b.opts.K, b.whole = 1, true
	was := slices.Concat(goals(a.sys), a.found)
	b.found = gen.Formulas(a.found)
	all := slices.Concat(goals(b.sys), b.found)
	b.hints = map[*ir.Formula][]*ir.Formula{}
	for i, g := range was {
		for j, f := range was {
			if f != g && a.prover.Supports(f, g, a.proved) {
				b.hints[all[i]] = append(b.hints[all[i]], all[j])
			}
		}
	}
	b.warnings()
	done, err := b.prove(ctx, all, 1, 1)
	if err == errPart {
		b.result.Reason = err.Error()
		return b, nil
	}
	if done || err != nil {
		return b, err
	}
	b.dropLemmas()
	b.verdict()
	b.result.CTIs = nil
	if b.result.Status == trace.Verified {
		b.result.Notes = append(b.result.Notes, whichSets(sets))
	}
	return b, nil
}

// whichSets says which sets a proof about sets of any size is about. Each has a sort
// of its own, so that two of them have no member in common.
func whichSets(sets []*ir.Constant) string {
	if len(sets) == 1 {
		return fmt.Sprintf("%s: any finite set, not empty, of values that the spec does not name.", sets[0].Name)
	}
	return fmt.Sprintf("%s: any finite sets, not empty, no two with a member in common, of values that the spec does not name.", constantNames(sets))
}

// onlyFixed says in r, which proves an instance, that more was asked for and what
// stands in the way.
func (a *attempt) onlyFixed(ctx context.Context, r *trace.Result, err error, instance string) {
	r.Status = trace.Unknown
	why := a.result.Reason
	switch {
	case ctx.Err() != nil:
		r.Status, why = trace.LimitReached, fmt.Sprint(context.Cause(ctx))
	case err != nil:
		why = err.Error()
	}
	r.Reason = why
	r.Message = fmt.Sprintf("Proved for %s, but not for sets of any size.", instance)
	for _, g := range a.open {
		if o := a.why[g]; o != nil {
			r.Notes = append(r.Notes, fmt.Sprintf("For sets of any size, %s: %s.", g.Name, o.Reason))
		}
	}
}

// membersOf gives each set the elements that the config gives it and so many
// more, or three and so many more where there are none; at least one.
func membersOf(sets []*ir.Constant, more int) map[*ir.Constant]value.Value {
	vals := map[*ir.Constant]value.Value{}
	for _, c := range sets {
		var elems []value.Value
		if c.Given != nil {
			elems, _ = value.Elements(c.Given)
		}
		n := len(elems)
		if n == 0 {
			n = 3
		}
		n = max(1, n+more)
		elems = elems[:min(n, len(elems))]
		for i := 1; len(elems) < n; i++ {
			if m := value.NewModel(fmt.Sprintf("%s%d", c.Name, i)); !slices.ContainsFunc(elems, func(v value.Value) bool { return value.Compare(v, m) == 0 }) {
				elems = append(elems, m)
			}
		}
		vals[c] = value.NewSet(elems)
	}
	return vals
}

// listed says which values the sets have.
func listed(sets []*ir.Constant, vals map[*ir.Constant]value.Value) string {
	var out []string
	for _, c := range sets {
		out = append(out, fmt.Sprintf("%s = %s", c.Name, vals[c]))
	}
	return strings.Join(out, ", ")
}

// counted says how many members the sets have.
func counted(sets []*ir.Constant, vals map[*ir.Constant]value.Value) string {
	var out []string
	for _, c := range sets {
		elems, _ := value.Elements(vals[c])
		out = append(out, fmt.Sprintf("%s of %d", c.Name, len(elems)))
	}
	return strings.Join(out, ", ")
}

func constantNames(cs []*ir.Constant) string {
	var out []string
	for _, c := range cs {
		out = append(out, c.Name)
	}
	return strings.Join(out, ", ")
}

// setsOfAnySize are the constants that may be sets of any size.
func setsOfAnySize(sys *ir.System) []*ir.Constant {
	var out []*ir.Constant
	for _, c := range sys.Constants {
		if prover.SetOfAnySize(sys, c) {
			out = append(out, c)
		}
	}
	return out
}

// spokenOf fails where the value of a constant has an element of one of the sets
// in it: what is proved of sets of any elements is not about such a set.
func spokenOf(sys *ir.System, sets []*ir.Constant) error {
	for _, c := range sets {
		if c.Given == nil {
			continue
		}
		elems, err := value.Elements(c.Given)
		if err != nil {
			return err
		}
		for _, k := range sys.Constants {
			if k == c || k.Value == nil {
				continue
			}
			for _, x := range elems {
				if mentions(k.Value, x) {
					return &diag.Error{Diagnostics: []*diag.Diagnostic{{
						Code: "U123", Class: diag.Unsupported, Span: c.Span, // a set of any size one of whose elements has a name
						Message: fmt.Sprintf("%s cannot be any set: %s, in the value of %s, is an element of it", c.Name, x, k.Name),
						Hint:    fmt.Sprintf("give %s a value that %s does not have, or leave it arbitrary, too", k.Name, c.Name),
					}}}
				}
			}
		}
	}
	return nil
}

// mentions tells whether x is v, or in it.
func mentions(v, x value.Value) bool {
	if value.Compare(v, x) == 0 {
		return true
	}
	parts := func(vs []value.Value) bool {
		return slices.ContainsFunc(vs, func(y value.Value) bool { return mentions(y, x) })
	}
	switch v := v.(type) {
	case *value.Set:
		return parts(v.Elems)
	case *value.Tuple:
		return parts(v.Elems)
	case *value.Record:
		return parts(v.Vals)
	case *value.Func:
		return parts(v.Dom.Elems) || parts(v.Vals)
	}
	return false
}
