package liveness

import (
	"slices"

	"github.com/lemma-mc/lemma/temporal"
)

// simplified is p with conjuncts of its formula put where they cost nothing:
//
//	[]<>c               for literals c becomes a recurrent condition,
//	<>[]~e \/ []<>t     for literals e and t becomes a Streett pair,
//	<>[]F /\ <>[]G      becomes <>[](F /\ G),
//	<>F \/ <>G          becomes <>(F \/ G), which begins by waiting: see wait.go.
//
// In the tableau each of them would be a promise, and n promises make up to
// 2^n states. Weak and strong fairness come here in these forms.
func (p *Problem) simplified() *Problem {
	out := *p
	out.Recurrent = slices.Clip(out.Recurrent)
	out.Pairs = slices.Clip(out.Pairs)
	var rest, stable temporal.And
	for _, f := range conjuncts(p.Formula, nil) {
		if c, ok := recurrent(f); ok {
			out.Recurrent = append(out.Recurrent, c)
			continue
		}
		if s, ok := streett(f); ok {
			out.Pairs = append(out.Pairs, s)
			continue
		}
		if g, ok := stably(f); ok {
			stable = append(stable, g)
			continue
		}
		rest = append(rest, joined(f))
	}
	if stable != nil {
		rest = append(rest, temporal.Eventually{F: temporal.Always{F: stable}})
	}
	out.Formula = rest
	return &out
}

// joined is f, a disjunction of <>F and <>G as <>(F \/ G).
func joined(f temporal.Formula) temporal.Formula {
	or, ok := f.(temporal.Or)
	if !ok {
		return f
	}
	var rest, later temporal.Or
	for _, g := range or {
		if e, ok := g.(temporal.Eventually); ok {
			later = append(later, e.F)
		} else {
			rest = append(rest, g)
		}
	}
	switch {
	case len(later) < 2:
		return f
	case rest == nil:
		return temporal.Eventually{F: later}
	}
	return append(rest, temporal.Eventually{F: later})
}

// conjuncts lists the conjuncts of f, also those of [](F /\ G).
func conjuncts(f temporal.Formula, out []temporal.Formula) []temporal.Formula {
	switch f := f.(type) {
	case temporal.And:
		for _, g := range f {
			out = conjuncts(g, out)
		}
		return out
	case temporal.Always:
		if _, ok := f.F.(temporal.And); ok {
			for _, g := range conjuncts(f.F, nil) {
				out = conjuncts(temporal.Always{F: g}, out)
			}
			return out
		}
	}
	return append(out, f)
}

// recurrent is the disjunction of literals c when f is []<>c.
func recurrent(f temporal.Formula) ([]temporal.Atom, bool) {
	g, ok := again(f)
	if !ok {
		return nil, false
	}
	return literals(g, nil)
}

// again is g when f is []<>g.
func again(f temporal.Formula) (temporal.Formula, bool) {
	a, ok := f.(temporal.Always)
	if !ok {
		return nil, false
	}
	e, ok := a.F.(temporal.Eventually)
	return e.F, ok
}

// stably is g when f is <>[]g.
func stably(f temporal.Formula) (temporal.Formula, bool) {
	e, ok := f.(temporal.Eventually)
	if !ok {
		return nil, false
	}
	a, ok := e.F.(temporal.Always)
	return a.F, ok
}

// streett is the pair that f is when it is <>[]~If \/ []<>Then.
func streett(f temporal.Formula) (Pair, bool) {
	or, ok := f.(temporal.Or)
	if !ok || len(or) != 2 {
		return Pair{}, false
	}
	never, ok := stably(or[0])
	then, okThen := again(or[1])
	if !ok || !okThen {
		return Pair{}, false
	}
	no, ok := never.(temporal.Atom)
	answer, okThen := then.(temporal.Atom)
	return Pair{If: temporal.Atom{ID: no.ID, Not: !no.Not}, Then: answer}, ok && okThen
}

// literals lists those of a disjunction that has nothing else.
func literals(f temporal.Formula, out []temporal.Atom) ([]temporal.Atom, bool) {
	switch f := f.(type) {
	case temporal.Atom:
		return append(out, f), true
	case temporal.Or:
		for _, g := range f {
			var ok bool
			if out, ok = literals(g, out); !ok {
				return nil, false
			}
		}
		return out, true
	}
	return nil, false
}
