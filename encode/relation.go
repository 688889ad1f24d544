package encode

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

type relationSchema struct{}

type Relation struct{ schema *relationSchema }

func (*Relation) sym() {}

func (e *Encoder) inRelation(x Sym, r *Relation) smt.Term { return smt.False }

func (e *Encoder) subsetRelation(a *Relation, b Sym) (smt.Term, bool) { return smt.False, false }

func (e *Encoder) updateRelation(op ir.Op, r *Relation, other Sym) (Sym, bool) { return nil, false }

func (e *Encoder) mergeRelations(cases []Alt) Sym { return Bottom{} }

func (e *Encoder) unlisted(q *ir.Quant, dom Sym, c scope, body func(Sym, scope) smt.Term) smt.Term {
	unsupported("U101", q.Span, "a quantifier over a set without a list of members")
	return smt.False
}
