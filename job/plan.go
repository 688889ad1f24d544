package job

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// A job may be divided into shares that run side by side, on any machines. How it
// is, a Plan says, as data; what the results of the shares mean together, Join
// says, which is a function of them alone. For every job j and plan p of it,
//
//	Join(p, results of the shares of p)  =  answer of j in one run
//
// as to verdict, what is violated, and after how many steps. What is shown is the
// same behaviour for explicit searches and simulations, and for bounded searches
// one of the same length. Of the engines of auto the first one that is sure
// decides, and a search for lemmas may find a proof where the one run finds none.
//
// A Plan is a tree. Its leaves are shares; how the parts of an inner node make an
// answer is its Way:
//
//	by engines   an explicit search, and what auto does when that does not end: by
//	             its policy (auto.go), or what is sure before explicit search ends
//	by solver    a bounded search, and a proof: by that policy, too
//	by goals     each part checks some invariants and properties on all states:
//	             of several violations the one that a single search meets first
//	by order     depths of a bounded search, numbers of simulated behaviours: the
//	             first part that is not clean has the answer
//	by any       the same question with other seeds: an answer is an answer
type Plan struct {
	Way   Way     `json:"way,omitempty"` // "" for a share
	Parts []*Plan `json:"parts,omitempty"`
	Share *Share  `json:"share,omitempty"`
}

// A Way is how the parts of a Plan make an answer.
type Way string

// The ways.
const (
	ByEngines Way = "engines"
	BySolver  Way = "solver"
	ByGoals   Way = "goals"
	ByOrder   Way = "order"
	ByAny     Way = "any"
)

// A Share is what one run does of a job.
type Share struct {
	Engine string `json:"engine"`
	// From and To are the first and the last depth of a bounded search, or the
	// numbers of the behaviours of a simulation: To is not one of them, and 0 where
	// there is no last one.
	From int    `json:"from,omitempty"`
	To   int    `json:"to,omitempty"`
	Seed uint64 `json:"seed,omitempty"` // added to the job's
	// Goals are what to check, by their numbers; nil for all.
	Goals *Goals `json:"goals,omitempty"`
	Name  string `json:"name"` // for people
}

// Goals are some of what a system is checked for.
type Goals struct {
	Invariants []int `json:"invariants,omitempty"`
	Properties []int `json:"properties,omitempty"`
	Deadlock   bool  `json:"deadlock,omitempty"`
}

// Shares are the leaves of p, from left to right.
func (p *Plan) Shares() []*Share {
	if p.Share != nil {
		return []*Share{p.Share}
	}
	var out []*Share
	for _, part := range p.Parts {
		out = append(out, part.Shares()...)
	}
	return out
}

// Plan divides the job, which was loaded, into no more than most shares. It is nil
// where the job cannot be divided without another answer; why says what stands in
// the way.
func (t *Task) Plan(most int) (p *Plan, why string) {
	if why = t.indivisible(); why != "" {
		return nil, why
	}
	if p = t.planOf(most); p.Share != nil {
		return nil, "there is only one part"
	}
	return p, ""
}

// indivisible says why the job must be one run; "" where it need not.
func (t *Task) indivisible() string {
	effects := eval.Effects(t.System.Exprs()...)
	switch {
	case t.System.Init == nil || t.System.Next == nil:
		return "there is no behaviour to check"
	case t.Job.CrossCheck:
		return "it compares engines"
	case t.Job.MaxErrors > 1:
		return "it asks for several counterexamples"
	case effects.Any(ir.WritesRegisters | ir.WritesFiles):
		return "the spec writes registers or files"
	case len(t.System.Histories) > 0 && !t.unrolls():
		return "its engine does not keep the sequence of states"
	case len(t.System.PostConditions)+len(t.System.Possible) > 0:
		return "POSTCONDITION and _POSSIBLE are about one run"
	}
	return ""
}

func (t *Task) planOf(most int) *Plan {
	switch engine := t.Job.engine(); {
	case engine == "explicit":
		return t.byGoals(most)
	case engine == "bmc", len(t.System.Histories) > 0:
		return byDepth(orElse(t.Job.Depth, DefaultDepth), most)
	case engine == "simulate":
		return byBehaviours(orElse(t.Job.Behaviours, DefaultBehaviours), most)
	case engine == "induct":
		return t.bySeed(most)
	}
	return t.byEngine(most)
}

// byEngine divides a job for auto into the searches that it would make in turn.
func (t *Task) byEngine(most int) *Plan {
	if most < 2 {
		return &Plan{Share: &Share{Engine: "auto", Name: "auto"}}
	}
	explicit := max(1, most/3)
	return &Plan{Way: ByEngines, Parts: []*Plan{t.byGoals(explicit), t.bySolver(most - explicit)}}
}

// bySolver divides what auto does when explicit search does not end.
func (t *Task) bySolver(most int) *Plan {
	depth := orElse(t.Job.Depth, DefaultDepth)
	switch {
	case !t.hasInvariants():
		return byDepth(depth, most)
	case most < 2:
		return &Plan{Share: &Share{Engine: "symbolic", Name: "bmc, then induct"}}
	}
	seeds := most / 2
	return &Plan{Way: BySolver, Parts: []*Plan{byDepth(depth, most-seeds), t.bySeed(seeds)}}
}

// byGoals divides an explicit search by what it checks: what is temporal apart
// from the rest.
func (t *Task) byGoals(most int) *Plan {
	sys := t.System
	whole := &Plan{Share: &Share{Engine: "explicit", Name: "explicit"}}
	merges := sys.Symmetry != nil || sys.View != nil || t.Job.Symmetry == SymmetryAuto // what is merged depends on what is checked
	if merges || eval.Effects(sys.Exprs()...).Any(ir.Varying) || t.Job.Checkpoint != "" || t.Job.Recover != "" {
		return whole
	}
	var safe, live []goalNumber
	for i := range sys.Invariants {
		safe = append(safe, goalNumber{invariant: true, i: i})
	}
	for i, f := range sys.Properties {
		g := goalNumber{i: i}
		if len(temporal.Sort([]*ir.Formula{f}).Liveness) > 0 {
			live = append(live, g)
		} else {
			safe = append(safe, g)
		}
	}
	forLive := min(len(live), max(most-1, 0))
	if len(safe) == 0 && !sys.CheckDeadlock {
		forLive = min(len(live), most)
	}
	groups := append(grouped(safe, max(1, min(len(safe), most-forLive))), grouped(live, forLive)...)
	if forLive == 0 && len(live) > 0 || len(groups) < 2 {
		return whole
	}
	p := &Plan{Way: ByGoals}
	for i, g := range groups {
		p.Parts = append(p.Parts, &Plan{Share: t.shareOf(g, i == 0)})
	}
	return p
}

// A goalNumber is an invariant or a property by its place among these.
type goalNumber struct {
	invariant bool
	i         int
}

// grouped cuts goals into n groups of neighbours.
func grouped(goals []goalNumber, n int) [][]goalNumber {
	var out [][]goalNumber
	for i := range n {
		out = append(out, goals[len(goals)*i/n:len(goals)*(i+1)/n])
	}
	return out
}

func (t *Task) shareOf(goals []goalNumber, first bool) *Share {
	g := &Goals{Deadlock: first && t.System.CheckDeadlock}
	var names []string
	for _, n := range goals {
		if n.invariant {
			g.Invariants = append(g.Invariants, n.i)
			names = append(names, t.System.Invariants[n.i].Name)
			continue
		}
		g.Properties = append(g.Properties, n.i)
		names = append(names, t.System.Properties[n.i].Name)
	}
	if g.Deadlock {
		names = append(names, "deadlock")
	}
	return &Share{Engine: "explicit", Goals: g, Name: "explicit, " + strings.Join(names, ", ")}
}

// byDepth divides a bounded search into ranges of depths, which cost about the
// same where the cost of one grows with its square.
func byDepth(depth, most int) *Plan {
	total := 0
	for k := range depth + 1 {
		total += (k + 1) * (k + 1)
	}
	p := &Plan{Way: ByOrder}
	n := max(1, min(most, depth+1))
	for from, k, sum := 0, 0, 0; k <= depth; k++ {
		sum += (k + 1) * (k + 1)
		left := n - len(p.Parts) // this part included
		if k < depth && (left == 1 || depth-k >= left && sum*n < total*(len(p.Parts)+1)) {
			continue
		}
		p.Parts = append(p.Parts, &Plan{Share: &Share{Engine: "bmc", From: from, To: k, Name: "bmc, " + numbers("depth", from, k)}})
		from = k + 1
	}
	return single(p)
}

func numbers(what string, from, to int) string {
	if from == to {
		return fmt.Sprintf("%s %d", what, from)
	}
	return fmt.Sprintf("%ss %d to %d", what, from, to)
}

// single is p, or its only part.
func single(p *Plan) *Plan {
	if len(p.Parts) == 1 {
		return p.Parts[0]
	}
	return p
}

// farApart is between the first behaviours of shares of a simulation without end.
const farApart = 1 << 40

// byBehaviours divides a simulation into ranges of behaviours. One without end is
// divided into several without end.
func byBehaviours(count, most int) *Plan {
	p := &Plan{Way: ByOrder}
	if count == 0 {
		p.Way = ByAny
	}
	n := max(1, most)
	if count > 0 {
		n = min(n, count)
	}
	for i := range n {
		s := &Share{Engine: "simulate", From: i * farApart, Name: fmt.Sprintf("simulate, stream %d", i+1)}
		if count > 0 {
			s.From, s.To = count*i/n, count*(i+1)/n
			s.Name = "simulate, " + numbers("behaviour", s.From+1, s.To)
		}
		p.Parts = append(p.Parts, &Plan{Share: s})
	}
	return single(p)
}

// bySeed has the search for lemmas done with different seeds.
func (t *Task) bySeed(most int) *Plan {
	if t.Job.GivenLemmas || !t.hasInvariants() {
		most = 1
	}
	p := &Plan{Way: ByAny}
	for i := range max(1, most) {
		p.Parts = append(p.Parts, &Plan{Share: &Share{Engine: "induct", Seed: uint64(i), Name: fmt.Sprintf("induct, seed %d", t.Job.Seed+uint64(i))}})
	}
	return single(p)
}

func (t *Task) hasInvariants() bool {
	return len(t.System.Invariants)+len(temporal.Sort(t.System.Properties).Invariants) > 0
}
