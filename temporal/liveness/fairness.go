package liveness

import (
	"slices"

	"github.com/lemma-mc/lemma/temporal"
)

// judge marks the nodes of a component fair when every promise, recurrent
// condition and pair can be met in it for ever. A pair that is asked for but
// never answered in it forbids the steps that ask; what is left then falls
// apart and is tried anew (Emerson and Lei's algorithm for Streett conditions).
func (x *search) judge(part span) error {
	if err := x.gather(part); err != nil {
		return err
	}
	m := &x.acceptance
	if m.steps == 0 || !m.allKept(x.product) || slices.Contains(m.recurrent, false) {
		x.setMarks(part, done)
		return nil
	}
	banned := x.banned
	for j, pair := range x.p.Pairs {
		if m.asked[j] && !m.answered[j] {
			banned = append(slices.Clip(banned), pair.If)
		}
	}
	if len(banned) > len(x.banned) {
		return x.again(part, banned)
	}
	x.setMarks(part, fair)
	x.found = true
	if x.shared != nil {
		x.shared.found.Store(true)
	}
	if x.onFair != nil {
		return x.onFair(part, x.banned)
	}
	return nil
}

// gather finds what the steps within a component meet.
func (x *search) gather(part span) error {
	x.acceptance.reset()
	note := func(s step) bool {
		x.acceptance.add(x.product, s)
		return true
	}
	if x.still {
		x.stutters(part.in.at(part.from), note)
		return nil
	}
	for v := range part.all {
		if err := x.within(v, note); err != nil {
			return err
		}
	}
	return nil
}

// again searches a component without the steps that are banned.
func (x *search) again(part span, banned []temporal.Atom) error {
	time, base, before := x.time, x.base, x.banned
	x.time, x.base, x.banned = 0, x.calls.n, banned
	x.depth++
	defer func() {
		x.time, x.base, x.banned = time, base, before
		x.depth--
	}()
	x.setMarks(part, unseen)
	for v := range part.all {
		if *x.mark(v) != unseen {
			continue
		}
		if err := x.walk(v); err != nil {
			return err
		}
	}
	return nil
}
