package liveness

import "slices"

// acceptance records which conditions a set of steps meets.
type acceptance struct {
	steps     int
	kept      uint64
	recurrent []bool
	answered  []bool
	asked     []bool // of pairs: a step is known to ask
}

func newAcceptance(x *product) acceptance {
	return acceptance{
		recurrent: make([]bool, len(x.p.Recurrent)),
		answered:  make([]bool, len(x.p.Pairs)),
		asked:     make([]bool, len(x.p.Pairs)),
	}
}

func (m *acceptance) reset() {
	m.steps, m.kept = 0, 0
	clear(m.recurrent)
	clear(m.answered)
	clear(m.asked)
}

// add notes a step.
func (m *acceptance) add(x *product, s step) {
	m.steps++
	m.kept |= s.kept
	for j, cond := range x.p.Recurrent {
		m.recurrent[j] = m.recurrent[j] || s.steps.any(cond, s.i)
	}
	for j, pair := range x.p.Pairs {
		m.answered[j] = m.answered[j] || s.steps.holds(pair.Then, s.i)
		m.asked[j] = m.asked[j] || s.steps.must(pair.If, s.i)
	}
}

// with is m with one more step.
func (m *acceptance) with(x *product, s step) *acceptance {
	out := &acceptance{m.steps, m.kept, slices.Clone(m.recurrent), slices.Clone(m.answered), slices.Clone(m.asked)}
	out.add(x, s)
	return out
}

// complete tells whether a loop of these steps is fair and keeps every promise:
// of the pairs, only those that were asked for must be answered.
func (m *acceptance) complete(x *product) bool {
	for j, asked := range m.asked {
		if asked && !m.answered[j] {
			return false
		}
	}
	return m.allKept(x) && !slices.Contains(m.recurrent, false)
}

// lacks tells whether a step meets a condition that a loop must meet and m does
// not.
func (m *acceptance) lacks(x *product, s step) bool {
	if s.kept&^m.kept != 0 {
		return true
	}
	for j, cond := range x.p.Recurrent {
		if !m.recurrent[j] && s.steps.any(cond, s.i) {
			return true
		}
	}
	for j, pair := range x.p.Pairs {
		if m.asked[j] && !m.answered[j] && s.steps.holds(pair.Then, s.i) {
			return true
		}
	}
	return false
}

func (m *acceptance) allKept(x *product) bool { return m.kept == x.t.all() }
