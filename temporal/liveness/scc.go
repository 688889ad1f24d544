package liveness

import (
	"context"

	"github.com/lemma-mc/lemma/temporal"
)

// The marks of nodes. While a node is on the stack its mark is a time: the
// least at which a node was entered that it is known to lead to.
const (
	unseen uint32 = 0
	member uint32 = lastTime + 1 // of the component that is looked at
	fair   uint32 = lastTime + 2 // in a fair part
	done   uint32 = lastTime + 3
)

// A search finds the fair parts of a product: strongly connected sets of nodes
// in which every promise, recurrent condition and pair can be met for ever. It
// is Tarjan's algorithm with an explicit stack, on the product as it unfolds:
// graphs have millions of nodes and paths as long.
//
// A component is looked at when it is complete. From there on no node leads to
// one that is unseen or on the stack, so that it can be searched again, with
// some steps taken away, in the same marks and on the same stack.
type search struct {
	*product
	visits
	labelling
	time       uint32
	polls      int
	stack      list
	banned     []temporal.Atom
	acceptance acceptance
	still      bool // the component that is looked at can only stutter
	found      bool
	shared     *SharedCheck                      // that others are on, too; else nil
	onFair     func(span, []temporal.Atom) error // told of fair parts; may be nil
}

// visits are what a recursive algorithm would keep in calls.
type visits struct {
	calls  list    // of suspended visits, callSize numbers each
	base   int     // calls below it are of an outer search
	depth  int     // of searches in a component
	opened []Steps // of the last suspended visits: see stepsOf
}

// labelling is the part of a search whose fairness looks at atoms of steps.
type labelling struct {
	labels  bool  // some of those atoms have to be labelled
	waiting list  // nodes of components whose steps are not labelled yet
	ends    []int // of those components
}

// A call is a node; the move of the tableau and the graph step to go on with;
// the lowest bit of the move tells that the node is not the first entered of its
// component.
const (
	callNode = iota
	callMove
	callStep
	callSize
)

// pollEvery is the number of nodes between two looks at the context.
const pollEvery = 1 << 12

// openedSize is the number of suspended visits whose steps are kept open.
const openedSize = 1 << 10

func newSearch(x *product) *search {
	s := &search{product: x, acceptance: newAcceptance(x), visits: visits{opened: make([]Steps, openedSize)}}
	s.stack.mem, s.calls.mem, s.waiting.mem = x.mem, x.mem, x.mem
	if x.g.Label != nil {
		s.labels = x.fairnessReadsSteps()
	}
	return s
}

func (x *search) free() {
	x.product.free()
	x.stack.free()
	x.calls.free()
	x.waiting.free()
}

// fairParts marks the fair parts that some nodes lead to, and tells whether
// there is one.
func (x *search) fairParts(roots func(func(uint32) error) error) (bool, error) {
	x.found = false
	err := roots(func(v uint32) error {
		if err := x.poll(); err != nil { // there may be many, and little behind them
			return err
		}
		slot, s := x.split(v)
		if x.marks[slot][s] != unseen || x.isCompleted(x.obligations[slot], s) {
			return nil
		}
		return x.walk(v)
	})
	if err == nil {
		err = x.judgeWaiting()
	}
	return x.found, err
}

// walk visits all that is unseen from root on.
func (x *search) walk(root uint32) error {
	if err := x.enter(root); err != nil {
		return err
	}
	for x.calls.n > x.base {
		w, more, err := x.advance()
		switch {
		case err != nil:
		case more:
			err = x.enter(w)
		default:
			err = x.leave()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// poll looks every now and then whether there is still something to search for.
func (x *search) poll() error {
	if x.polls++; x.polls%pollEvery != 0 {
		return nil
	}
	if x.shared != nil && x.shared.ended() {
		return errEnded
	}
	if x.ctx.Err() != nil {
		return context.Cause(x.ctx)
	}
	return nil
}

func (x *search) enter(v uint32) error {
	if err := x.poll(); err != nil {
		return err
	}
	if err := x.stack.reserve(1); err != nil {
		return err
	}
	if err := x.calls.reserve(callSize); err != nil {
		return err
	}
	x.time++
	*x.mark(v) = x.time
	x.stack.push(v)
	x.calls.push(v)
	x.calls.push(0)
	x.calls.push(0)
	return nil
}

// advance goes on with the visit that was suspended last, until it comes to an
// unseen node or, more is false, to its end.
func (x *search) advance() (w uint32, more bool, err error) {
	call := x.calls.n - callSize
	slot, s := x.split(x.calls.at(call + callNode))
	m, i := int(x.calls.at(call+callMove)), int(x.calls.at(call+callStep))
	m, lowered := m>>1, uint32(m&1)
	low := &x.marks[slot][s]
	steps := x.stepsOf(s, call/callSize)
	moves := x.moves[x.obligations[slot]]
	for ; m < len(moves); m, i = m+1, 0 {
		move := &moves[m]
		if !steps.all(move.state, steps.N) {
			continue
		}
		to, err := x.slot(move.to)
		if err != nil {
			return 0, false, err
		}
		marks := x.marks[to]
		for ; i <= steps.N; i++ {
			j := i
			if x.turn > 0 {
				j = turned(x.turn, i, steps.N+1)
			}
			if !steps.all(move.step, j) || steps.anyMust(x.banned, j) {
				continue
			}
			t := steps.To(j)
			switch mark := marks[t]; {
			case mark == unseen && x.isCompleted(move.to, t):
				marks[t] = done
			case mark == unseen:
				x.calls.set(call+callMove, uint32(m)<<1|lowered)
				x.calls.set(call+callStep, uint32(i)+1)
				return x.node(to, t), true, nil
			case mark < *low:
				*low, lowered = mark, 1
			}
		}
	}
	x.calls.set(call+callMove, lowered)
	return 0, false, nil
}

// stepsOf are the steps out of a state whose visit is call number depth.
func (x *search) stepsOf(state uint32, depth int) *Steps {
	steps := &x.opened[depth%openedSize]
	if steps.state != state || steps.atoms == nil {
		*steps = x.g.Steps(state)
	}
	return steps
}

// leave ends a visit, and looks at the component that is complete with it.
func (x *search) leave() error {
	x.calls.n -= callSize
	call := x.calls.n
	v := x.calls.at(call + callNode)
	if x.calls.at(call+callMove)&1 != 0 {
		parent := call - callSize // there is one: it was entered before
		low, its := *x.mark(v), x.mark(x.calls.at(parent+callNode))
		if low < *its {
			*its = low
			x.calls.set(parent+callMove, x.calls.at(parent+callMove)|1)
		}
		return nil
	}
	from := x.stack.n - 1
	for x.stack.at(from) != v {
		from--
	}
	part := span{&x.stack, from, x.stack.n}
	err := x.component(part)
	if err == nil {
		x.markCompleted(part)
	}
	x.stack.n = from
	return err
}

func (x *search) setMarks(part span, m uint32) {
	for v := range part.all {
		*x.mark(v) = m
	}
}

// component looks at a component, or has it wait until its steps are labelled.
// Most are single nodes that can only stutter, and many cannot even do that.
func (x *search) component(part span) error {
	x.still = false
	if part.len() == 1 {
		slot, s := x.split(part.in.at(part.from))
		if !x.stays[x.obligations[slot]] {
			x.setMarks(part, done)
			return nil
		}
		x.open = *x.stepsOf(s, x.calls.n/callSize) // its visit has just ended
		x.still = !x.open.self
	}
	if x.still {
		return x.judge(part)
	}
	x.setMarks(part, member)
	if !x.labels || x.depth > 0 {
		return x.judge(part)
	}
	if ok, err := x.mayBeFair(part); err != nil || !ok {
		x.setMarks(part, done)
		return err
	}
	return x.await(part)
}

// within yields the steps between nodes of the component that is looked at.
func (x *search) within(v uint32, yield func(step) bool) error {
	return x.each(v, func(s step) bool {
		if *x.mark(s.w) == member && !s.steps.anyMust(x.banned, s.i) {
			return yield(s)
		}
		return true
	})
}

// stutters yields the steps from v to itself that stutter; its state's steps are
// open.
func (x *search) stutters(v uint32, yield func(step) bool) {
	slot, _ := x.split(v)
	q, steps := x.obligations[slot], &x.open
	for k := range x.moves[q] {
		m := &x.moves[q][k]
		if m.to == q && steps.all(m.state, steps.N) && steps.all(m.step, steps.N) && !steps.anyMust(x.banned, steps.N) {
			yield(step{steps, steps.N, v, m.kept})
		}
	}
}
