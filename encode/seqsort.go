package encode

import (
	"fmt"

	"github.com/lemma-mc/lemma/smt"
)

// A sequenceSort is a sort whose elements stand for the members of Seq(S), so
// that a relation may have them as arguments. Several may stand for one.
type sequenceSort struct {
	e       *Encoder
	set     *SeqSet
	sort    smt.Sort
	length  smt.Fun
	entries *family
	made    map[smt.Term]*Seq
}

func (e *Encoder) sequenceSort(s *SeqSet) *sequenceSort {
	key := fmt.Sprintf("%p", s.Base)
	if v, ok := known(s.Base); ok {
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

// wellFormed says that every element stands for a member of the set.
func (q *sequenceSort) wellFormed() smt.Term {
	t := q.e.Store.Fresh("q", q.sort)
	_, is := q.e.sequenceOf(q.e.Store.App(q.length, t), q.entries, []smt.Term{t})
	return q.e.forall([]smt.Term{t}, is)
}

// element is an element that stands for x, and the condition that it does. If
// none is known, it is a variable: the condition holds for some value of it,
// where x is a member of the set.
func (q *sequenceSort) element(x Sym) (t, is smt.Term, bound bool) {
	if s, ok := x.(*Seq); ok && s.sort == q {
		return s.elem, smt.True, false
	}
	t = q.e.Store.Fresh("q", q.sort)
	return t, q.e.eq(q.sequence(t), x), true
}

// sequencesIn says of the sorts of r that their elements stand for sequences.
func (e *Encoder) sequencesIn(r *Relation) smt.Term {
	var ts []smt.Term
	for _, fm := range r.schema.forms {
		for _, l := range fm.leaves {
			if l.seqs != nil {
				ts = append(ts, l.seqs.wellFormed())
			}
		}
	}
	return e.Store.And(ts...)
}
