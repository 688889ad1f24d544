package prover

import (
	"context"
	"time"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/congruence"
)

// A Prover holds what is asked about one system. It is used by one goroutine.
type Prover struct {
	ctx       context.Context
	sys       *ir.System
	store     *smt.Store
	enc       *encode.Encoder
	solver    smt.Solver
	holder    smt.Solver // of the last model
	evaluator *Evaluator
	anyState
	anySet
	memory
	Manner

	// Hints are formulas that each is likely to need: they are tried first.
	Hints map[*ir.Formula][]*ir.Formula

	// Refuted is told of each condition that was shown: of the steps of which action,
	// "" for none, from which premises, and the terms that have no model. May be nil.
	Refuted func(action string, premises []*ir.Formula, terms []smt.Term)
	asking

	Queries int // asked so far
}

// A Manner is how conditions are asked, and within which bounds; with the zero Manner
// each is asked until it is decided.
type Manner struct {
	// Conflicts bounds the work on one model with small integers: what takes more
	// is not decided. 0 means that there is no bound.
	Conflicts int

	// Patience is how long one condition about sets of any size may take; 0 is the
	// usual time.
	Patience time.Duration

	// Brief leaves conditions about large sets undecided that do not hold of sets of
	// any size.
	Brief bool

	// Large tells that conditions are about many members of sets in the state. Then
	// quantifiers within quantifiers are instantiated together, those that a model with
	// small integers violates also at its numbers, which are few, while there are many
	// terms that may be equal to them, and such models have little that is true.
	Large bool

	// Small tells that what has no model with small integers counts as shown: it mostly
	// is, and larger ones take a solver much longer. Nothing is proved so; see Exact.
	Small bool

	// Far tells that there are more small integers: that none is less than -1, say, is
	// then not taken for granted.
	Far bool
}

// anySet is what is asked about sets of any size.
type anySet struct {
	// larger asks about such sets in the place of large ones; nil where that is no use.
	larger *general
	rounds int // models after which a condition is given up; 0: it is decided

	// abstract tells that a constant is a set of any size: then a model is no
	// state that the evaluator knows, and shows nothing.
	abstract  bool
	instances int // bounds those of one query about such sets; 0: abstractInstances
}

// anyState is an arbitrary state, and the steps from it.
type anyState struct {
	arbit  encode.State
	within smt.Term // it is in the variables' domains
	typed  []domain // of each variable
	cells  map[smt.Term]string
	steps  *steps
}

// memory is what queries found out that later ones need.
type memory struct {
	truths  map[truthKey]smt.Term
	lasting map[*encode.Sym]bool // states that queries come back to
	needed  map[obligation][][]*ir.Formula
}

// asking is what is asked at present.
type asking struct {
	action     string     // of the condition that is asked for
	told       []smt.Term // to the solver, in the last query
	background []smt.Term // constraints that hold in every query
}

// steps are the ways to take a step from the arbitrary state.
type steps struct {
	ways  []*encode.Branch
	fails smt.Term // some way cannot be evaluated
}

// An obligation is that one way to take a step preserves a formula.
type obligation struct {
	goal *ir.Formula
	way  int // stuckWay for: that every way can be evaluated
}

const stuckWay = -1

// Exact asks as a proof does from here on: it ends that models are small, and many, and
// forgets what was shown by that.
func (p *Prover) Exact() {
	p.Small, p.Large, p.Conflicts = false, false, 0
	p.needed = map[obligation][][]*ir.Formula{}
}

// New makes the constants that are left open, under the assumptions, and
// an arbitrary state. The error is an *AssumptionError where the assumptions
// leave nothing to prove.
func New(ctx context.Context, sys *ir.System, store *smt.Store, solver smt.Solver, goals []*ir.Formula) (*Prover, error) {
	typed, err := domains(sys, goals)
	if err != nil {
		return nil, err
	}
	p := &Prover{
		ctx: ctx, sys: sys, store: store, enc: encode.New(ctx, store, sys), solver: congruence.New(store, solver),
		evaluator: newEvaluator(ctx, sys),
		anyState:  anyState{typed: typed, cells: map[smt.Term]string{}},
		memory:    memory{truths: map[truthKey]smt.Term{}, lasting: map[*encode.Sym]bool{}, needed: map[obligation][][]*ir.Formula{}},
	}
	p.holder = p.solver
	p.enc.Quantifiers = true
	p.enc.Constants = map[*ir.Constant]encode.Sym{}
	if err := p.openConstants(); err != nil {
		return nil, err
	}
	if err := p.assume(ctx); err != nil {
		return nil, err
	}
	return p, p.arbitrary()
}

// Sequences tells whether a variable has sequences of any length in it. Several
// steps with those are hard for a solver.
func (p *Prover) Sequences() bool { return p.enc.HasSequences() }

// last notes that queries come back to s.
func (p *Prover) last(s encode.State) {
	if len(s) > 0 {
		p.lasting[&s[0]] = true
	}
}

// Base asks whether goal holds in the last of the states that unrolling
// reaches; see unrolling. A finding is a real violation, or where it is stuck a
// reachable state with a step that cannot be evaluated.
func (p *Prover) Base(ctx context.Context, u *Unrolling, goal *ir.Formula) (*Obstacle, error) {
	o, err := p.lastHolds(ctx, u, nil, goal)
	if o != nil || err != nil {
		return o, err
	}
	o, err = stuck(p.lastEvaluates(ctx, u, nil, goal))
	if o != nil {
		o.Reason = "a reachable state has a step that cannot be evaluated"
	}
	return o, err
}

// Step asks whether goal holds after every step out of k successive states
// that satisfy the hypotheses.
func (p *Prover) Step(ctx context.Context, hyps []*ir.Formula, goal *ir.Formula, k int) (*Obstacle, error) {
	if k == 1 {
		return p.Preserves(ctx, hyps, goal, nil)
	}
	if o := p.ranged(hyps); o != nil {
		return o, nil
	}
	u, err := p.fromArbitrary(k)
	if err != nil {
		return nil, err
	}
	var known []premise
	for i := range u.before() {
		known = append(known, premises(hyps, i)...)
	}
	o, err := p.lastHolds(ctx, u, known, goal)
	if o != nil || err != nil {
		return o, err
	}
	return stuck(p.lastEvaluates(ctx, u, known, goal))
}

// lastHolds asks whether goal holds in the last state of u.
func (p *Prover) lastHolds(ctx context.Context, u *Unrolling, known []premise, goal *ir.Formula) (*Obstacle, error) {
	if u.ended {
		return nil, nil
	}
	good, err := p.holds(goal, u.last())
	if err != nil {
		return nil, err
	}
	_, o, err := p.decide(ctx, condition{terms: append(u.arrives(p.store), p.store.Not(good)), states: u.states, premises: known}, is(goal))
	return o, err
}

// lastEvaluates asks whether the last step of u can be evaluated.
func (p *Prover) lastEvaluates(ctx context.Context, u *Unrolling, known []premise, goal *ir.Formula) (*Obstacle, error) {
	if u.fails == smt.False {
		return nil, nil
	}
	_, o, err := p.decide(ctx, condition{terms: u.breaks(), states: u.before(), premises: known}, is(goal))
	return o, err
}

func is(goal *ir.Formula) func(*ir.Formula) bool {
	return func(f *ir.Formula) bool { return f == goal }
}

// Preserves asks whether every step can be evaluated when the hypotheses hold, and,
// for each way to take one by itself, whether goal holds after it. A counterexample
// to induction is shown to see, if that is not nil, while the solver holds it.
func (p *Prover) Preserves(ctx context.Context, hyps []*ir.Formula, goal *ir.Formula, see func(*Model)) (*Obstacle, error) {
	if o := p.ranged(hyps); o != nil {
		return o, nil
	}
	st, err := p.takeSteps()
	if err != nil {
		return nil, err
	}
	if st.fails != smt.False {
		c := condition{
			terms: []smt.Term{st.fails, p.within}, about: 1, states: []encode.State{p.arbit},
			premises: premises(hyps, 0), see: see,
		}
		o, err := stuck(p.discharge(ctx, obligation{nil, stuckWay}, c, goal))
		if o != nil || err != nil {
			return o, err
		}
	}
	for i, w := range st.ways {
		good, err := p.holds(goal, w.Next)
		if err != nil {
			return nil, err
		}
		if good == smt.True {
			p.needed[obligation{goal, i}] = [][]*ir.Formula{nil}
			continue
		}
		c := condition{
			// What cannot be evaluated has no state to show. Without fails that says nothing.
			terms: []smt.Term{w.Guard, p.store.Not(good), p.within, p.store.Not(st.fails)}, about: 2,
			states:   []encode.State{p.arbit, w.Next},
			premises: premises(hyps, 0), see: see,
		}
		p.action = w.Name
		o, err := p.discharge(ctx, obligation{goal, i}, c, goal)
		p.action = ""
		if o != nil || err != nil {
			return o, err
		}
	}
	return nil, nil
}

// takeSteps makes the ways to take a step, once.
func (p *Prover) takeSteps() (*steps, error) {
	if p.steps == nil {
		ways, fails, err := p.enc.Ways(p.sys.Next, p.arbit)
		if err != nil {
			return nil, err
		}
		p.steps = &steps{ways, p.anyFails(fails)}
		for _, w := range ways {
			p.last(w.Next)
		}
	}
	return p.steps, nil
}

// discharge decides c, which is what ob asks for, unless hypotheses are known
// that were enough before. Those that were needed last time are tried first.
func (p *Prover) discharge(ctx context.Context, ob obligation, c condition, goal *ir.Formula) (*Obstacle, error) {
	wanted := map[*ir.Formula]bool{goal: true}
	for _, f := range p.Hints[goal] {
		wanted[f] = true
	}
	have := map[*ir.Formula]bool{}
	for _, pr := range c.premises {
		have[pr.formula] = true
	}
	for _, support := range p.needed[ob] {
		if all(support, have) {
			return nil, nil
		}
		for _, f := range support {
			wanted[f] = true
		}
	}
	if p.Brief && p.larger.known(ob) {
		return p.briefly(ctx, goal, c)
	}
	decide := func(rounds int) ([]*ir.Formula, *Obstacle, error) {
		p.rounds = rounds
		defer func() { p.rounds = 0 }()
		return p.decide(ctx, c, func(f *ir.Formula) bool { return wanted[f] })
	}
	rounds := 0
	if p.larger.known(ob) && p.larger.worthAsking(goal, c.premises) {
		rounds = p.larger.rounds
	}
	taken, o, err := decide(rounds)
	if err == errRounds {
		known := false
		if known, err = p.larger.preserves(ctx, p, goal, c.premises); known || err != nil {
			return nil, err
		}
		taken, o, err = decide(0)
	}
	if o == nil && err == nil {
		p.needed[ob] = append(p.needed[ob], taken)
	}
	return o, err
}

// Implies asks whether the hypotheses imply goal, in any state. One that has its name
// is tried first.
func (p *Prover) Implies(ctx context.Context, hyps []*ir.Formula, goal *ir.Formula) (*Obstacle, error) {
	if o := p.ranged(hyps); o != nil {
		return o, nil
	}
	good, err := p.holds(goal, p.arbit)
	if err != nil {
		return nil, err
	}
	c := condition{terms: []smt.Term{p.store.Not(good), p.within}, states: []encode.State{p.arbit}, premises: premises(hyps, 0)}
	_, o, err := p.decide(ctx, c, func(f *ir.Formula) bool { return f.Name == goal.Name })
	return o, err
}

// stuck marks an obstacle as a step that cannot be evaluated.
func stuck(o *Obstacle, err error) (*Obstacle, error) {
	if o != nil {
		o.Stuck = true
	}
	return o, err
}

func premises(hyps []*ir.Formula, state int) []premise {
	out := make([]premise, len(hyps))
	for i, h := range hyps {
		out[i] = premise{h, state}
	}
	return out
}
