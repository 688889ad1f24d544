package explicit

import (
	"context"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// States calls visit for reachable states of sys, each once, breadth-first, up
// to limit of them; of states that a symmetry takes for one it visits one. The
// order is always the same. It calls begin first, and once more whenever the
// search starts over because a state did not fit: what was visited before does
// not count then. It tells whether that were all states. What the config wants
// checked is not looked at, its constraints are.
func States(ctx context.Context, sys *ir.System, limit int, begin func(), visit func(eval.State)) (all bool, err error) {
	plain := *sys
	plain.Invariants, plain.Properties, plain.Temporal, plain.View, plain.CheckDeadlock = nil, nil, nil, nil, false
	plain.PostConditions = nil
	left := 0
	o := Options{Workers: 1, FindSymmetry: true}
	o.onStart = func() {
		left = limit
		begin()
	}
	o.onState = func(s *search, st func() eval.State) {
		if left--; left < 0 {
			s.end(enough)
			return
		}
		visit(st())
	}
	r := Check(ctx, &plain, o)
	return r.Status == trace.Verified, r.Err
}

// enough is why a search ends that States has called.
const enough = "there are enough states"
