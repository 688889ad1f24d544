package explicit

import (
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/ir"
)

// A level is shared among the workers when it takes longer than waking them. A
// small one is not where the spec shows the order.
const (
	smallLevel = 256 // states
	worthwhile = 150 * time.Microsecond
	shares     = 32 // of a worker, at least: who is done early takes another
)

// worthSharing tells whether a level of n states is for all workers.
func (s *search) worthSharing(n int) bool {
	if len(s.workers) == 1 || n <= smallLevel && s.inOrder {
		return false
	}
	return n > smallLevel || time.Duration(n)*s.pace > worthwhile
}

// showsOrder tells whether the spec prints, uses files or asks how far the search
// has come, so that somebody may see in which order states are looked at.
func showsOrder(sys *ir.System) bool {
	const seen = ir.Prints | ir.ReadsFiles | ir.WritesFiles | ir.ReadsSearch | ir.ReadsLevel | ir.ReadsTrace | ir.ReadsRegisters
	return eval.Effects(sys.Exprs()...).Any(seen)
}

// divided cuts blocks of the frontier into some of at most size states.
func divided(blocks []block, size int) []block {
	if size >= store.LargeBlock {
		return blocks
	}
	step := ref(max(1, size))
	var out []block
	for _, b := range blocks {
		for b.Used-b.From > step {
			out = append(out, block{From: b.From, Used: b.From + step, To: b.From + step})
			b.From += step
		}
		out = append(out, b)
	}
	return out
}
