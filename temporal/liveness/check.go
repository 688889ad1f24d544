package liveness

import "context"

// Check looks for a behaviour that p describes. It returns nil when there is
// none. Of several it takes the one whose stem has the fewest steps that change
// the state, so the answer is a function of the graph. It returns ErrTooLarge
// when the formula's tableau is, and the context's cause when the context ends
// first. Besides a list of what it works on, it keeps 4 bytes a node.
func Check(ctx context.Context, g *Graph, p *Problem, mem Memory) (*Lasso, error) {
	h := NewSharedCheck(ctx, g, p, mem, 1)
	h.Join()
	return h.Answer()
}
