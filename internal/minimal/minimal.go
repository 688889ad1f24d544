// Package minimal says which of the counterexamples of one length is the easiest to
// follow: one in which the actors take turns as rarely as possible, and of these
// one in which as little changes as possible.
//
// The actor of a step is the first value that its action is given: an argument of
// the definition that names it, or what \E gives to a name within it; n1 takes
// Send(n1, 2) as well as Receive(n1). An action that is given no value is an actor
// itself. There is a context switch where two neighbouring steps have different
// actors. Changes are counted by variables, over all steps.
//
// A step may be made by several actions. Then the one counts, and is shown, that
// makes the fewest switches.
package minimal

import (
	"context"
	"errors"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A Cost is what is to be small of a behaviour, the first count before the second.
type Cost struct{ Switches, Changes int }

func (c Cost) less(o Cost) bool {
	return c.Switches < o.Switches || c.Switches == o.Switches && c.Changes < o.Changes
}

// Actor is who takes a step.
func Actor(l eval.Label) string {
	for _, a := range l.Args {
		if a != nil {
			return a.String()
		}
	}
	for _, b := range l.Bound {
		return b.Value.String()
	}
	return "action " + l.Name
}

// Changes is how many variables have another value in t.
func Changes(s, t eval.State) (n int) {
	for i := range s {
		if value.Compare(s[i], t[i]) != 0 {
			n++
		}
	}
	return n
}

// ErrTooMany tells that there are too many states on the way.
var ErrTooMany = errors.New("too many states lie on the way")

// A Search looks for a cheapest behaviour, state by state.
type Search struct {
	Machine *eval.Machine
	Sys     *ir.System
	// Ends tells whether a behaviour may end in last, which comes after prev (nil
	// for an initial state).
	Ends func(prev, last eval.State) (bool, error)
	Most int // states to look at

	among func(level int, s eval.State) bool
	seen  map[string]bool
}

// A way leads to a state: the cheapest for one actor of its last step.
type way struct {
	state eval.State
	label eval.Label
	actor string // "" for an initial state
	cost  Cost
	from  *way
}

// A node is a state of a level with the ways to it, by actor in the order in which
// they were found.
type node struct {
	state eval.State
	ways  []*way
}

// Find is a cheapest behaviour of so many steps that ends as s.Ends says, with its
// cost; nil where there is none. Shorter behaviours must not end so.
func (s *Search) Find(ctx context.Context, steps int) (*trace.Behaviour, Cost, error) {
	s.seen = map[string]bool{}
	level, err := s.initial()
	for n := 1; n <= steps && err == nil; n++ {
		if ctx.Err() != nil {
			return nil, Cost{}, context.Cause(ctx)
		}
		level, err = s.next(level, n, n == steps)
	}
	if err != nil {
		return nil, Cost{}, err
	}
	best, err := s.cheapest(level)
	if best == nil || err != nil {
		return nil, Cost{}, err
	}
	return s.behaviour(best), best.cost, nil
}

// mostLabels is how many successors of a state are looked at for labels.
const mostLabels = 1 << 14

// Label gives the steps of b, which is a behaviour of sys and no lasso, the actions
// that make the fewest switches, and returns its cost.
func Label(ctx context.Context, m *eval.Machine, sys *ir.System, b *trace.Behaviour) (Cost, error) {
	s := Search{Machine: m, Sys: sys, Most: mostLabels, Ends: func(_, _ eval.State) (bool, error) { return true, nil }}
	s.among = func(level int, t eval.State) bool { return t.Equal(b.Steps[level].State) }
	best, cost, err := s.Find(ctx, len(b.Steps)-1)
	if best != nil {
		copy(b.Steps, best.Steps)
	}
	return cost, err
}

func (s *Search) initial() (level []*node, err error) {
	err = s.Machine.Init(func(t eval.State) bool {
		if key := keyOf(t); !s.seen[key] && s.wanted(0, t) {
			s.seen[key] = true
			level = append(level, &node{t, []*way{{state: t}}})
		}
		return len(level) <= s.Most
	})
	if err == nil && len(level) > s.Most {
		err = ErrTooMany
	}
	return level, err
}

func (s *Search) wanted(level int, t eval.State) bool { return s.among == nil || s.among(level, t) }

// next are the states after those of a level, which is level n. But for the last
// level, states that were met before are on no shortest way.
func (s *Search) next(level []*node, n int, last bool) (out []*node, err error) {
	at := map[string]*node{}
	for _, from := range level {
		successors, err := s.successors(from.state)
		if err != nil {
			return nil, err
		}
		for _, u := range successors {
			key := keyOf(u.State)
			if !last && s.among == nil && s.seen[key] || !s.wanted(n, u.State) {
				continue
			}
			if ok, err := s.allowed(from.state, u.State, last); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
			if at[key] == nil {
				at[key] = &node{state: u.State}
				out = append(out, at[key])
			}
			for _, w := range from.ways {
				at[key].add(w.then(u))
			}
		}
		if len(s.seen)+len(out) > s.Most {
			return nil, ErrTooMany
		}
	}
	for key := range at {
		s.seen[key] = true
	}
	return out, nil
}

// successors are those of a state that the constraints let behaviours go on from.
func (s *Search) successors(t eval.State) (out []eval.Successor, err error) {
	for _, c := range s.Sys.Constraints {
		if ok, err := s.Machine.Bool(c.Expr, t, nil); err != nil || !ok {
			return nil, err
		}
	}
	err = s.Machine.Successors(t, func(u eval.Successor) bool {
		out = append(out, u)
		return len(out) <= s.Most
	})
	if err == nil && len(out) > s.Most {
		err = ErrTooMany
	}
	return out, err
}

// allowed tells whether the step from t to u may be taken, as the last one where
// last is set.
func (s *Search) allowed(t, u eval.State, last bool) (bool, error) {
	for _, c := range s.Sys.ActionConstraints {
		if ok, err := s.Machine.Bool(c.Expr, t, u); err != nil || !ok {
			return false, err
		}
	}
	if !last {
		return true, nil
	}
	return s.Ends(t, u)
}

// then is the way on to a successor.
func (w *way) then(u eval.Successor) *way {
	next := &way{u.State, u.Action, Actor(u.Action), w.cost, w}
	if w.actor != "" && w.actor != next.actor {
		next.cost.Switches++
	}
	next.cost.Changes += Changes(w.state, u.State)
	return next
}

// add keeps w, if no way of its actor is as cheap.
func (n *node) add(w *way) {
	for i, old := range n.ways {
		if old.actor == w.actor {
			if w.cost.less(old.cost) {
				n.ways[i] = w
			}
			return
		}
	}
	n.ways = append(n.ways, w)
}

// cheapest is the cheapest way to a state of the last level in which a behaviour
// may end.
func (s *Search) cheapest(level []*node) (best *way, err error) {
	for _, n := range level {
		for _, w := range n.ways {
			if best != nil && !w.cost.less(best.cost) {
				continue
			}
			if w.from == nil { // of the others it is known
				if ok, err := s.Ends(nil, w.state); err != nil || !ok {
					if err != nil {
						return nil, err
					}
					continue
				}
			}
			best = w
		}
	}
	return best, nil
}

func (s *Search) behaviour(end *way) *trace.Behaviour {
	var steps []trace.Step
	for w := end; w != nil; w = w.from {
		step := trace.Step{Action: "InitialState", State: w.state}
		if w.from != nil {
			step.Action, step.Span = w.label.String(), w.label.Span
		}
		steps = append(steps, step)
	}
	b := &trace.Behaviour{Vars: s.Sys.VariableNames()}
	for i := range steps {
		b.Steps = append(b.Steps, steps[len(steps)-1-i])
	}
	return b
}

func keyOf(s eval.State) string { return value.NewTuple(s).String() }
