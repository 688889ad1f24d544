package sample

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// few are instances of sys in which every constant has a value and all
// assumptions hold. They have the config's own sets, or three members of each
// that is larger, and several values for the constants that are left open.
func few(ctx context.Context, sys *ir.System) []small {
	ins := instances(ctx, sys, size{fewest, 2}, size{fewest, 3})
	if len(ins) > 0 && !slices.ContainsFunc(ins, empties) {
		return ins
	}
	if own := configured(ctx, sys); len(own) > 0 && (len(ins) == 0 || !slices.ContainsFunc(own, empties)) {
		return own // an assumption needs that many, or leaves nothing else of a set
	}
	return ins
}

// empties tells whether a set that the assumptions bound and leave open is empty in
// an instance: as where none of three servers may be faulty.
func empties(in small) bool {
	return slices.ContainsFunc(in.Sys.Constants, func(c *ir.Constant) bool {
		_, subset := prover.BoundOf(in.Sys, c)
		return subset && c.Given == nil && c.Value != nil && value.Compare(c.Value, value.EmptySet) == 0
	})
}

// all and fewest are numbers of members of a set that has n in the config.
func all(n int) int    { return n }
func fewest(n int) int { return min(n, searched) }

// many are such instances with more members of each set, up to those of the
// config.
func many(ctx context.Context, sys *ir.System) []small {
	more := func(n int) int { return min(n, searched) + 2 }
	return instances(ctx, sys, size{more, 1}, size{more, 2}, size{all, 1}, size{all, 2})
}

// next are such instances with one member more than few have.
func next(ctx context.Context, sys *ir.System) []small {
	more := func(n int) int { return fewest(n) + 1 }
	return instances(ctx, sys, size{more, 2})
}

// configured are instances with the sets of the config.
func configured(ctx context.Context, sys *ir.System) []small {
	return instances(ctx, sys, size{all, 2}, size{all, 3})
}

// A size says how large an instance is: how many members it has of a set that
// has n in the config, and what the open constants are at least. Numbers chosen
// from an infinite set are at most one more.
type size struct {
	members func(n int) int
	least   int
}

// A small instance is one that is sampled.
type small struct {
	*ir.Instance
	free       bool // without the config's constraints, of which there are some
	restricted bool // chooses from finite parts of infinite sets
}

// instances are those of the sizes that exist, each once.
func instances(ctx context.Context, sys *ir.System, sizes ...size) []small {
	var out []small
	seen := map[string]bool{}
	for _, z := range sizes {
		vals, ok := resized(sys, z.members)
		if !ok {
			continue
		}
		in := opened(ctx, sys, z.least, vals)
		if in == nil {
			continue
		}
		key := fmt.Sprint(text(in.Sys))
		restricted := restrict(in, z.least+1)
		if restricted {
			key += fmt.Sprint(z.least)
		}
		if !seen[key] {
			seen[key] = true
			if hasConstraints(in.Sys) {
				free := unconstrained(sys, in)
				restrict(free, z.least+1)
				out = append(out, small{free, true, restricted})
			}
			out = append(out, small{in, false, restricted})
		}
	}
	return out
}

// unconstrained is in, an instance of sys, without the config's constraints: a
// proof does not use them either, and states within them teach that they hold.
func unconstrained(sys *ir.System, in *ir.Instance) *ir.Instance {
	vals := map[*ir.Constant]value.Value{}
	for _, c := range sys.Constants {
		if v := in.Constant(c).Value; v != nil && (c.Any || c.Value != nil && value.Compare(v, c.Value) != 0) {
			vals[c] = v
		}
	}
	out := sys.With(vals)
	out.Sys.Constraints, out.Sys.ActionConstraints = nil, nil
	return out
}

func hasConstraints(sys *ir.System) bool { return len(sys.Constraints)+len(sys.ActionConstraints) > 0 }

// Reduced is sys with at most as many members of each set as a search begins
// with. What is left open stays open. It is nil where that is sys itself.
func Reduced(ctx context.Context, sys *ir.System) *ir.Instance {
	vals, ok := resized(sys, fewest)
	if !ok {
		return nil
	}
	same := true
	for c, v := range vals {
		same = same && value.Compare(c.Value, v) == 0
	}
	if same {
		return nil
	}
	if opened(ctx, sys, 2, vals) == nil {
		return nil
	}
	return sys.With(vals)
}

// searched is the number of members of a set that a search begins with.
const searched = 3

// text tells instances apart.
func text(sys *ir.System) (out []string) {
	for _, c := range sys.Constants {
		if c.Value != nil {
			out = append(out, c.Name+"="+c.Value.String())
		}
	}
	return out
}

// assumed tells whether the assumptions hold.
func assumed(ctx context.Context, sys *ir.System) bool {
	m := eval.New(sys, eval.Options{Context: ctx})
	for _, a := range sys.Assumes {
		if ok, err := m.Bool(a.Expr, nil, nil); err != nil || !ok {
			return false
		}
	}
	return true
}

// opened gives the open constants values too, with which the assumptions hold:
// integers from least on, if there are such. It is nil where none were found.
func opened(ctx context.Context, sys *ir.System, least int, vals map[*ir.Constant]value.Value) *ir.Instance {
	var open []*ir.Constant
	var choices [][]value.Value
	in := sys.With(vals)
	for _, c := range sys.Constants {
		if c.Any {
			open, choices = append(open, c), append(choices, candidates(in.Sys, in.Constant(c), least))
		}
	}
	all := maps.Clone(vals)
	for try := range maxOpened {
		rest := try
		for i, c := range open {
			n := len(choices[i])
			all[c] = choices[i][rest%n]
			rest /= n
		}
		if rest > 0 {
			return nil
		}
		if in := sys.With(all); assumed(ctx, in.Sys) {
			return in
		}
	}
	return nil
}

// maxOpened bounds the values that are tried for the open constants.
const maxOpened = 1000

// candidates are values that c may have: the members of the finite set that an
// assumption puts it in, the subsets of one that it says c is a subset of, the
// largest first, or small integers.
func candidates(sys *ir.System, c *ir.Constant, least int) []value.Value {
	if set, subset := prover.BoundOf(sys, c); set != nil {
		if vs := listed(sys, set); subset && vs != nil && len(vs) <= mostMembers {
			return slices.Concat(bySize(vs)...)
		} else if !subset && len(vs) > 0 {
			return vs
		}
	}
	var out []value.Value
	for i := least; i < least+10; i++ {
		out = append(out, value.Int(i))
	}
	for i := least - 1; i >= 0; i-- {
		out = append(out, value.Int(i))
	}
	return out
}

// mostMembers bounds the members of a set whose subsets are tried.
const mostMembers = 8

// listed are the members of a constant-level set; nil where it has no end, or no
// value as long as constants are open.
func listed(sys *ir.System, set ir.Expr) []value.Value {
	v, err := eval.New(sys, eval.Options{}).Constant(set)
	if err != nil {
		return nil
	}
	if finite, err := value.IsFinite(v); err != nil || !finite {
		return nil
	}
	vs, err := value.Elements(v)
	if err != nil {
		return nil
	}
	return vs
}

// bySize are the subsets of elems, those of as many members together, the largest
// first.
func bySize(elems []value.Value) (out [][]value.Value) {
	for n := len(elems); n >= 0; n-- {
		vs, _ := value.Elements(subsets(elems, n, n))
		out = append(out, vs)
	}
	return out
}

// resized gives each constant that is a set of model values as many members as
// asked for. Sets of sets of them that hold all majorities do so afterwards. It
// fails where another constant mentions a member that is gone.
func resized(sys *ir.System, members func(int) int) (map[*ir.Constant]value.Value, bool) {
	vals := map[*ir.Constant]value.Value{}
	gone := map[string]bool{}
	bases := map[string][]value.Value{} // new members, by the old set
	for _, c := range sys.Constants {
		old := modelSet(c.Value)
		if len(old) < 2 {
			continue
		}
		key := c.Value.String()
		if bases[key] == nil {
			n := members(len(old))
			elems := slices.Clone(old[:min(n, len(old))])
			for i := len(old); i < n; i++ {
				elems = append(elems, value.NewModel(fmt.Sprintf("%s%d", c.Name, i+1)))
			}
			for _, v := range old[min(n, len(old)):] {
				gone[v.String()] = true
			}
			bases[key] = elems
		}
		vals[c] = value.NewSet(slices.Clone(bases[key]))
	}
	for _, c := range sys.Constants {
		if c.Value == nil || vals[c] != nil {
			continue
		}
		if v, ok := majorities(c.Value, bases); ok {
			vals[c] = v
			continue
		}
		lost := false
		value.Walk(c.Value, func(v value.Value) { lost = lost || gone[v.String()] })
		if lost {
			return nil, false
		}
	}
	return vals, true
}

// modelSet lists the members of a set of model values.
func modelSet(v value.Value) []value.Value {
	s, ok := v.(*value.Set)
	if !ok {
		return nil
	}
	for _, x := range s.Elems {
		if _, ok := x.(value.Model); !ok {
			return nil
		}
	}
	return s.Elems
}

// majorities is what becomes of a set of sets that holds majorities of one of
// the bases: all of them, or the smallest ones.
func majorities(v value.Value, bases map[string][]value.Value) (value.Value, bool) {
	s, ok := v.(*value.Set)
	if !ok || len(s.Elems) == 0 {
		return nil, false
	}
	union := map[string]value.Value{}
	for _, q := range s.Elems {
		for _, x := range modelSet(q) {
			union[x.String()] = x
		}
	}
	for old, elems := range bases {
		var all []value.Value
		for _, x := range union {
			all = append(all, x)
		}
		if value.NewSet(all).String() != old {
			continue
		}
		least := len(all)/2 + 1
		switch {
		case value.Compare(s, subsets(all, least, len(all))) == 0:
			return subsets(elems, len(elems)/2+1, len(elems)), true
		case value.Compare(s, subsets(all, least, least)) == 0:
			return subsets(elems, len(elems)/2+1, len(elems)/2+1), true
		}
	}
	return nil, false
}

// subsets are those of elems with lo to hi members.
func subsets(elems []value.Value, lo, hi int) value.Value {
	var out []value.Value
	for mask := range 1 << len(elems) {
		var sub []value.Value
		for i, x := range elems {
			if mask>>i&1 != 0 {
				sub = append(sub, x)
			}
		}
		if len(sub) >= lo && len(sub) <= hi {
			out = append(out, value.NewSet(sub))
		}
	}
	return value.NewSet(out)
}
