package search

import (
	"context"
	"time"

	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
)

// A Standing is where a search stands that has not come through.
type Standing struct {
	Instance *ir.System // that lemmas were looked for in: the system, or one with smaller sets
	Parts    []Part     // of the invariant that it makes
	Goal     string     // the newest formula with a counterexample to induction; "" for none
	CTI      *prover.Obstacle
	Why      string // it went no further; "" where the time ran out
}

// A Part is a formula of the invariant that a search makes.
type Part struct {
	Name   string
	Text   string // "" for a goal
	For    string // the formula for whose sake it was found
	Proved bool   // it is inductive in the instance, with others that are
}

// stuck is the last formula that was not inductive, with what was supposed then.
type stuck struct {
	lemma    *lemma
	obstacle *prover.Obstacle
	hyps     []*ir.Formula
}

// toTell is how long it may take to tell where a search stands.
const toTell = 300 * time.Millisecond

// stand tells where s stands, which began with types, from what is known: nothing is
// asked of a solver.
func (s *searcher) stand(types []*ir.Formula, instance *ir.System, why string) *Standing {
	out := &Standing{Instance: instance, Why: why}
	proved := map[*ir.Formula]bool{}
	if !s.prover.Small {
		for _, f := range s.prover.Inductive(s.beginning()) {
			proved[f] = true
		}
	}
	for i, l := range s.lemmas {
		p := Part{Name: l.formula.Name, Proved: proved[l.formula]}
		switch {
		case i < len(types):
			p.Text = ir.String(types[i].Expr)
		case l.expr != nil:
			p.Text = ir.String(l.expr)
		}
		if l.parent != nil {
			p.For = l.parent.formula.Name
		}
		out.Parts = append(out.Parts, p)
	}
	if g := s.stuck.lemma; g != nil && !proved[g.formula] && s.stuck.obstacle.CTI != nil {
		ctx, stop := context.WithTimeout(context.Background(), toTell)
		defer stop()
		s.prover.Outlive(ctx)
		if o := s.stuck.obstacle; s.prover.ConfirmCTI(o, s.stuck.hyps, g.formula) == nil && o.CTI != nil {
			out.Goal, out.CTI = g.formula.Name, o
		}
	}
	return out
}
