package liveness

// A Graph is a finite state graph with the truth of every atom on every step.
// States have numbers; which ones has no influence on what is found, only
// Compare and the order of the steps in a record have.
type Graph struct {
	Init    []uint32
	Compare func(a, b uint32) int // orders the initial states
	States  int                   // all numbers of states are below it
	Atoms   *Atoms
	// Record is the record of a state, nil only of a number that no state has.
	// Besides the steps in it, every state has the stuttering step to itself.
	Record func(state uint32) []byte
	// Label sees to it that the records of some states, of all when none are
	// given, have the atoms of kind Step on all steps; until then they need have
	// them on the stuttering step only. Most states are on no cycle, and nobody
	// asks for theirs. Checks that run side by side may call it at once. Nil when
	// all records are complete.
	Label func(states []uint32) error
}

// Steps are the steps out of a state.
func (g *Graph) Steps(state uint32) Steps { return g.Atoms.Open(state, g.Record(state)) }

// A Problem asks for an infinite behaviour of a graph, from an initial state,
// that satisfies Formula, takes a step with each of the Recurrent conditions
// infinitely often, and is strongly fair to each of the Pairs.
//
// A Recurrent condition is a disjunction of literals: weak fairness of A is
// []<>(~ENABLED <<A>>_v \/ <<A>>_v).
//
// An atom whose truth is not known may be taken either way, so that finding no
// behaviour is sound; one that is found must be confirmed.
type Problem struct {
	Formula   Formula
	Recurrent [][]Atom
	Pairs     []Pair
}

// Fairness is what p demands besides Formula, as a formula.
func (p *Problem) Fairness() Formula {
	var f And
	for _, c := range p.Recurrent {
		var or Or
		for _, a := range c {
			or = append(or, a)
		}
		f = append(f, Always{Eventually{or}})
	}
	for _, s := range p.Pairs {
		f = append(f, Or{Eventually{Always{Negate(s.If)}}, Always{Eventually{s.Then}}})
	}
	return f
}

// A Pair is strong fairness: infinitely many steps with If demand infinitely
// many steps with Then.
type Pair struct{ If, Then Atom }

// A Lasso is a behaviour as steps of the graph: Stem leads from an initial
// state to the first state of Loop, which returns to where it began. Loop is
// not empty.
type Lasso struct{ Stem, Loop []Taken }

// A Taken is a step that a behaviour takes: the state that it leaves and its
// number among the steps out of that.
type Taken struct {
	From uint32
	Step int
}
