package symbolic

import (
	"fmt"

	"github.com/lemma-mc/lemma/smt"
)

// A sequenceSort is a sort whose elements stand for the members of Seq(S), so
// that a relation may have them as arguments. Several may stand for one.
type sequenceSort struct {
	e       *Builder
	set     *SeqSet
	sort    smt.Sort
	length  smt.Fun
	entries *family
	made    map[smt.Term]*Seq
}

func (e *Builder) sequenceSort(s *SeqSet) *sequenceSort {
	key := fmt.Sprintf("%p", s.Base)
	if v, ok := Concrete(s.Base); ok {
		key = v.String()
	}
	q, ok := e.sequences[key]
	if !ok {
		name := e.uniqueName("Seq")
		q = &sequenceSort{
			e: e, set: s, sort: e.Store.DeclareSort(name), entries: e.family(s.Base, name+".at"), made: map[smt.Term]*Seq{},
		}
		q.length = e.Store.DeclareFun(name+".len", []smt.Sort{q.sort}, smt.IntSort)
		e.sequences[key] = q
	}
	return q
}

func (q *sequenceSort) value(t smt.Term) Sym { return q.sequence(t) }

// sequence is what t stands for.
func (q *sequenceSort) sequence(t smt.Term) *Seq {
	s, ok := q.made[t]
	if !ok {
		s, _ = q.e.sequenceOf(q.e.Store.App(q.length, t), q.entries, []smt.Term{t})
		s.elem, s.sort = t, q
		q.made[t] = s
	}
	return s
}

func (q *sequenceSort) wellFormed() smt.Term {
	t := q.e.bound(q.sort)
	_, is := q.e.sequenceOf(q.e.Store.App(q.length, t), q.entries, []smt.Term{t})
	return q.e.forall([]smt.Term{t}, is)
}

func (q *sequenceSort) element(x Sym) (t, is smt.Term, bound bool) {
	if s, ok := x.(*Seq); ok && s.sort == q {
		return s.elem, smt.True, false
	}
	t = q.e.bound(q.sort)
	return t, q.e.Eq(q.sequence(t), x), true
}

// standingIn says of the sorts of r that their elements stand for values.
func (e *Builder) standingIn(r *Relation) smt.Term {
	var ts []smt.Term
	for _, fm := range r.schema.forms {
		for _, l := range fm.leaves {
			if l.stands != nil {
				ts = append(ts, l.stands.wellFormed())
			}
		}
	}
	return e.Store.And(ts...)
}
