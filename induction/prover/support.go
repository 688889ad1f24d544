package prover

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A Use is that a formula has served in the proof that another is preserved, by
// the steps of an action.
type Use struct {
	Formula *ir.Formula
	Action  string // its name
}

// Uses are the hypotheses that the proof that goal is preserved has used, and for
// which actions; goal itself is not among them. What the variables range over is
// used by every proof, and is not listed.
func (p *Prover) Uses(goal *ir.Formula, hyps []*ir.Formula) []Use {
	if p.steps == nil {
		return nil
	}
	have := setOf(hyps)
	var out []Use
	for i, w := range p.steps.ways {
		for _, f := range p.support(obligation{goal, i}, have) {
			if u := (Use{f, w.Name}); f != goal && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out
}

// Supports tells whether the proof that goal is preserved, from the hypotheses,
// has used f for some step.
func (p *Prover) Supports(f, goal *ir.Formula, hyps []*ir.Formula) bool {
	return slices.ContainsFunc(p.Uses(goal, hyps), func(u Use) bool { return u.Formula == f })
}

// Inductive are those of the formulas of which every step was shown to preserve
// them, from others of them: without asking anything, from what is known so far.
func (p *Prover) Inductive(formulas []*ir.Formula) []*ir.Formula {
	for p.steps != nil && p.ranged(formulas) == nil {
		have := setOf(formulas)
		rest := slices.DeleteFunc(slices.Clone(formulas), func(f *ir.Formula) bool { return !p.preserved(f, have) })
		if len(rest) == len(formulas) {
			return rest
		}
		formulas = rest
	}
	return nil
}

// preserved tells whether goal was shown to be preserved, from formulas in have.
func (p *Prover) preserved(goal *ir.Formula, have map[*ir.Formula]bool) bool {
	known := func(ob obligation) bool {
		return slices.ContainsFunc(p.needed[ob], func(support []*ir.Formula) bool { return all(support, have) })
	}
	if p.steps.fails != smt.False && !known(obligation{nil, stuckWay}) {
		return false
	}
	for i := range p.steps.ways {
		if !known(obligation{goal, i}) {
			return false
		}
	}
	return true
}

// support is the first of what was enough for ob that is there.
func (p *Prover) support(ob obligation, have map[*ir.Formula]bool) []*ir.Formula {
	for _, support := range p.needed[ob] {
		if all(support, have) {
			return support
		}
	}
	return nil
}

func setOf(fs []*ir.Formula) map[*ir.Formula]bool {
	out := map[*ir.Formula]bool{}
	for _, f := range fs {
		out[f] = true
	}
	return out
}

func all(fs []*ir.Formula, in map[*ir.Formula]bool) bool {
	return !slices.ContainsFunc(fs, func(f *ir.Formula) bool { return !in[f] })
}

// Closure are those of the formulas, all of which were shown to be preserved, that goals
// need: what the proofs of these have used, and of those that they have used.
func (p *Prover) Closure(goals, formulas []*ir.Formula) []*ir.Formula {
	have := setOf(formulas)
	used := map[*ir.Formula]bool{}
	var use func(fs []*ir.Formula)
	use = func(fs []*ir.Formula) {
		for _, f := range fs {
			if used[f] {
				continue
			}
			used[f] = true
			for i := range p.steps.ways {
				use(p.support(obligation{f, i}, have))
			}
		}
	}
	use(goals)
	if p.steps.fails != smt.False {
		use(p.support(obligation{nil, stuckWay}, have))
	}
	return slices.DeleteFunc(slices.Clone(formulas), func(f *ir.Formula) bool { return !used[f] })
}
