package liveness

// A tableau often begins by waiting: for <>F, until F is to hold from here on.
// Every behaviour may wait for as long as it likes and none may for ever, so the
// nodes that wait need no search: none is in a fair part, and every state that
// behaviours come to has one. What is left begins where the waiting ends, at any
// step.

// waits tells whether the tableau begins by waiting: its first state has a move
// to itself that any step allows, no other state leads back to it, and its moves
// to itself do not keep all promises.
func (a *automaton) waits() bool {
	free, kept := false, uint64(0)
	for q, moves := range a.moves {
		for _, m := range moves {
			switch {
			case m.to != 0:
			case q != 0:
				return false
			default:
				kept |= m.kept
				free = free || len(m.state)+len(m.step) == 0
			}
		}
	}
	return free && kept != a.t.all()
}

// afterWaiting yields the nodes to which some step leads that ends the waiting,
// some of them several times.
func (x *product) afterWaiting(yield func(uint32) error) error {
	for i := range x.g.States {
		state := uint32(turned(x.turn, i, x.g.States))
		if x.g.Record(state) == nil {
			continue // there is no such state
		}
		steps := x.g.Steps(state)
		for k := range x.moves[0] {
			m := &x.moves[0][k]
			if m.to == 0 || !steps.all(m.state, steps.N) {
				continue
			}
			to, err := x.slot(m.to)
			if err != nil {
				return err
			}
			for i := 0; i <= steps.N; i++ {
				if !steps.all(m.step, i) {
					continue
				}
				if err := yield(x.node(to, steps.To(i))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
