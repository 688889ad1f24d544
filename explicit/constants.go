package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// What the assumptions store by TLCSet, and what a constant definition draws
// at random, is the same in every state and for every worker. So both are
// fixed before the search, on a machine that all others inherit from.

// fixConstants makes the present machine, which has checked the assumptions, the
// origin of all machines to come.
func (k *check) fixConstants() {
	for _, d := range k.Sys.Defs {
		if isFixed(d) && eval.Effects(d.Body).Any(ir.Draws) {
			// One that cannot be evaluated is an error only where it is used.
			_ = k.Machine.Fix(d)
		}
	}
	k.fixed = k.Machine
	k.Machine = k.newMachine(nil)
}

// isFixed tells whether d has one value for a whole search.
func isFixed(d *ir.Def) bool {
	return len(d.Params) == 0 && d.Level == ir.ConstantLevel && d.Body != nil
}

// drawFor has the evaluator draw the same for the steps out of st, or for
// the initial states when st is nil, however often they are made and by whom: so a
// counterexample can be walked again. In such specs it makes all states, as it
// may come to a draw in another order than compiled code.
func (w *worker) drawFor(st eval.State) {
	if !w.s.prog.draws {
		return
	}
	stream := uint64(0)
	if st != nil {
		stream = value.Hash(value.NewTuple(st))
	}
	w.machine.Reseed(w.s.opts.Seed, stream)
}
