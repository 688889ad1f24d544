package eval

import "github.com/lemma-mc/lemma/value"

// An Exploration is a search of states, breadth-first, by the definition of the
// next-state action: plain, for what needs few states, and to hold faster
// searches to. Functions that are nil are not called.
type Exploration struct {
	// From are the states to begin with; nil for the initial ones.
	From []State
	// Admit tells whether a state counts, and with it the step that leads to it
	// from another one, nil for none; nil admits all. Known says that the state
	// was admitted before.
	Admit func(from, s State, known bool) (bool, error)
	// Found is called for each state that is admitted for the first time, with
	// its number, from 0, and the number of steps to it. False ends the search.
	Found func(s State, n, depth int) bool
	// Expand tells whether to go on behind a state; nil does.
	Expand func(s State, n, depth int) (bool, error)
	// Step is called for each step, from and to the states of these numbers; to is
	// -1 where it was not admitted. False ends the search.
	Step func(from, to int, t Successor) bool
}

// Explore searches as x says. It tells whether it came to its end.
func (m *Machine) Explore(x *Exploration) (ended bool, err error) {
	e := &exploring{Exploration: x, m: m}
	if err := e.begin(); err != nil {
		return false, err
	}
	for i := 0; i < len(e.states) && !e.stopped; i++ {
		if err := e.expand(i); err != nil {
			return false, err
		}
	}
	return !e.stopped, nil
}

// An exploring is one call of Explore.
type exploring struct {
	*Exploration
	m       *Machine
	numbers value.Map[int] // of states, as tuples
	states  []State
	depths  []int
	stopped bool
	err     error
}

func (e *exploring) begin() error {
	if e.From == nil {
		err := e.m.Init(func(s State) bool { e.meet(nil, s, 0); return !e.stopped && e.err == nil })
		if err != nil {
			return err
		}
		return e.err
	}
	for _, s := range e.From {
		if e.meet(nil, s, 0); e.stopped || e.err != nil {
			break
		}
	}
	return e.err
}

func (e *exploring) expand(i int) error {
	s, depth := e.states[i], e.depths[i]
	if e.Expand != nil {
		if on, err := e.Expand(s, i, depth); err != nil || !on {
			return err
		}
	}
	err := e.m.Successors(s, func(t Successor) bool {
		to := e.meet(s, t.State, depth+1)
		if e.err == nil && !e.stopped && e.Step != nil && !e.Step(i, to, t) {
			e.stopped = true
		}
		return e.err == nil && !e.stopped
	})
	if err != nil {
		return err
	}
	return e.err
}

// meet returns the number of s, which is new or not, and -1 where it is not
// admitted.
func (e *exploring) meet(from, s State, depth int) int {
	key := value.NewTuple(s)
	n, known := e.numbers.Get(key)
	if e.Admit != nil {
		var ok bool
		if ok, e.err = e.Admit(from, s, known); e.err != nil || !ok {
			return -1
		}
	}
	if known {
		return n
	}
	n = len(e.states)
	e.numbers.Put(key, n)
	e.states, e.depths = append(e.states, s), append(e.depths, depth)
	if e.Found != nil && !e.Found(s, n, depth) {
		e.stopped = true
	}
	return n
}
