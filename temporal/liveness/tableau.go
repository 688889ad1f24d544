package liveness

import (
	"context"
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/temporal"
)

// A tableau is a generalised Büchi automaton with acceptance on transitions.
// A state is the set of formulas still owed; reading a step, it picks one of
// its moves whose literals hold on that step. Each <>F of the closure is a
// promise: a run is accepted when it keeps every promise again and again.
//
// The construction is that of Gerth, Peled, Vardi and Wolper, "Simple
// on-the-fly automatic verification of linear temporal logic" (1995), for the
// operators [] and <>.
type tableau struct {
	closure  []temporal.Formula // numbered subformulas
	promises []int              // closure numbers of the <>F, in order
	states   []obligation
	number   map[string]int
}

// An obligation is one state: the formulas owed, sorted closure numbers.
type obligation struct {
	owed  []int
	moves []move
}

// A move demands literals of the step read, leads to a state, and keeps the
// promises in kept (a bit each).
type move struct {
	literals []temporal.Atom
	to       int
	kept     uint64
}

// ErrTooLarge says that a formula's tableau has too many promises or moves.
var ErrTooLarge = errors.New("the formula needs too large an automaton")

// A tableau has as many promises as a word has bits, and no more moves than
// can be gone through for each step of a graph.
const (
	maxPromises = 64
	maxMoves    = 1 << 16
)

// newTableau builds the automaton of f; state 0 is initial. It returns
// ErrTooLarge past a limit, and the context's cause when the context ends.
func newTableau(ctx context.Context, f temporal.Formula) (*tableau, error) {
	t := &tableau{number: map[string]int{}}
	var root []int
	for _, g := range conjuncts(f, nil) { // []F is owed by every state alike, And{[]F} by the first one alone
		root = append(root, t.add(g))
	}
	if len(t.promises) > maxPromises {
		return nil, ErrTooLarge
	}
	t.state(root)
	moves := 0
	for i := 0; i < len(t.states); i++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		var err error
		if t.states[i].moves, err = t.expand(t.states[i].owed); err != nil {
			return nil, err
		}
		if moves += len(t.states[i].moves); moves > maxMoves {
			return nil, ErrTooLarge
		}
	}
	return t, nil
}

// all has a bit for each promise.
func (t *tableau) all() uint64 { return uint64(1)<<len(t.promises) - 1 }

// add numbers f and its subformulas and returns f's number.
func (t *tableau) add(f temporal.Formula) int {
	for i, g := range t.closure {
		if equal(f, g) {
			return i
		}
	}
	switch f := f.(type) {
	case temporal.And:
		for _, g := range f {
			t.add(g)
		}
	case temporal.Or:
		for _, g := range f {
			t.add(g)
		}
	case temporal.Always:
		t.add(f.F)
	case temporal.Eventually:
		t.add(f.F)
	}
	t.closure = append(t.closure, f)
	n := len(t.closure) - 1
	if _, ok := f.(temporal.Eventually); ok {
		t.promises = append(t.promises, n)
	}
	return n
}

// equal compares formulas by structure.
func equal(f, g temporal.Formula) bool {
	switch f := f.(type) {
	case temporal.Atom:
		return g == temporal.Formula(f)
	case temporal.And:
		g, ok := g.(temporal.And)
		return ok && slices.EqualFunc(f, g, equal)
	case temporal.Or:
		g, ok := g.(temporal.Or)
		return ok && slices.EqualFunc(f, g, equal)
	case temporal.Always:
		g, ok := g.(temporal.Always)
		return ok && equal(f.F, g.F)
	case temporal.Eventually:
		g, ok := g.(temporal.Eventually)
		return ok && equal(f.F, g.F)
	}
	return false
}

// state returns the number of the state that owes the given formulas.
func (t *tableau) state(owed []int) int {
	slices.Sort(owed)
	owed = slices.Compact(owed)
	key := make([]byte, 0, 2*len(owed))
	for _, n := range owed {
		key = append(key, byte(n), byte(n>>8))
	}
	if i, ok := t.number[string(key)]; ok {
		return i
	}
	i := len(t.states)
	t.number[string(key)] = i
	t.states = append(t.states, obligation{owed: owed})
	return i
}

// A branch is a partly expanded set of formulas.
type branch struct {
	todo     []int
	done     map[int]bool
	literals []temporal.Atom
	next     []int
	broken   uint64 // promises put off to the next state
}

// expand returns the moves of a state that owes the given formulas, or
// ErrTooLarge.
func (t *tableau) expand(owed []int) ([]move, error) {
	var moves []move
	stack := []branch{{todo: slices.Clone(owed), done: map[int]bool{}}}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if len(b.todo) == 0 {
			moves = append(moves, move{b.literals, t.state(b.next), t.all() &^ b.broken})
			if len(moves) > maxMoves {
				return nil, ErrTooLarge
			}
			continue
		}
		stack = append(stack, t.split(b)...)
	}
	return moves, nil
}

// split takes one formula off a branch's list and returns the branches that
// follow from it; none when the branch contradicts itself.
func (t *tableau) split(b branch) []branch {
	n := b.todo[len(b.todo)-1]
	b.todo = b.todo[:len(b.todo)-1]
	if b.done[n] {
		return []branch{b}
	}
	b.done[n] = true
	switch f := t.closure[n].(type) {
	case temporal.Atom:
		if slices.Contains(b.literals, temporal.Atom{ID: f.ID, Not: !f.Not}) {
			return nil
		}
		b.literals = append(b.literals, f)
	case temporal.And:
		for _, g := range f {
			b.todo = append(b.todo, t.add(g))
		}
	case temporal.Or:
		out := make([]branch, len(f))
		for i, g := range f {
			out[i] = b.fork()
			out[i].todo = append(out[i].todo, t.add(g))
		}
		return out
	case temporal.Always:
		b.todo = append(b.todo, t.add(f.F))
		b.next = append(b.next, n)
	case temporal.Eventually:
		later := b.fork()
		later.next = append(later.next, n)
		later.broken |= 1 << slices.Index(t.promises, n)
		b.todo = append(b.todo, t.add(f.F))
		return []branch{later, b}
	}
	return []branch{b}
}

// fork copies a branch so that the copy can grow on its own.
func (b branch) fork() branch {
	done := make(map[int]bool, len(b.done))
	for n := range b.done {
		done[n] = true
	}
	b.todo = slices.Clone(b.todo)
	b.done = done
	b.literals = slices.Clone(b.literals)
	b.next = slices.Clone(b.next)
	return b
}
