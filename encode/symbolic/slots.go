package symbolic

import "github.com/lemma-mc/lemma/smt"

// A slot is a candidate of a merged set, or a key of a merged function, with
// where it comes from.
type slot struct {
	val Sym
	at  []int // by case: which of its candidates it is; -1 for none
}

// slots aligns the candidates of the cases of a merge (E5). What is one value in
// several cases is one slot. Of the others, which come in under one case each, no
// two of different cases are ever in at once: one slot does for the first of
// each case that has the same shape, and one for the second. So a step that adds
// a message in one of fifty ways leaves one candidate more, and not fifty.
func (e *Builder) slots(cases []Alt, rows [][]Member) []*slot {
	shared := e.candidates(rows)
	out := make([]*slot, 0, len(shared))
	taken := map[any][]*slot{} // by shape
	for _, s := range shared {
		i, single := s.onlyCase()
		if _, concrete := Concrete(s.val); concrete || !single {
			out = append(out, s)
			continue
		}
		shape := ShapeOf(s.val)
		free := freeOf(taken[shape], i)
		if free == nil {
			taken[shape] = append(taken[shape], s)
			out = append(out, s)
			continue
		}
		free.at[i] = s.at[i]
	}
	for _, s := range out {
		s.val = e.slotValue(s, cases, rows)
	}
	return out
}

// candidates lists the different candidates of rows. One that a row has twice
// counts twice.
func (e *Builder) candidates(rows [][]Member) (out []*slot) {
	seen := map[any]*slot{}
	for i, row := range rows {
		for j, m := range row {
			id := e.symKey(m.Val)
			s := seen[id]
			if s == nil || s.at[i] >= 0 {
				s = newSlot(m.Val, len(rows))
				seen[id] = s
				out = append(out, s)
			}
			s.at[i] = j
		}
	}
	return out
}

func newSlot(v Sym, cases int) *slot {
	s := &slot{v, make([]int, cases)}
	for i := range s.at {
		s.at[i] = -1
	}
	return s
}

// onlyCase is the case that has a candidate for s, if there is but one.
func (s *slot) onlyCase() (of int, single bool) {
	of = -1
	for i, j := range s.at {
		if j >= 0 && of >= 0 {
			return of, false
		}
		if j >= 0 {
			of = i
		}
	}
	return of, true
}

// freeOf is the first slot that has no candidate of the case i.
func freeOf(ss []*slot, i int) *slot {
	for _, s := range ss {
		if s.at[i] < 0 {
			return s
		}
	}
	return nil
}

// slotValue is the value of the candidate of the case that is so.
func (e *Builder) slotValue(s *slot, cases []Alt, rows [][]Member) Sym {
	var vals []Alt
	for i, j := range s.at {
		if j >= 0 {
			vals = append(vals, Alt{cases[i].When, rows[i][j].Val})
		}
	}
	return e.Merge(vals)
}

// in says that s is in.
func (s *slot) in(e *Builder, cases []Alt, rows [][]Member) smt.Term {
	ts := make([]smt.Term, len(cases)) // False where absent
	for i, j := range s.at {
		if j >= 0 {
			ts[i] = rows[i][j].In
		}
	}
	return e.choose(cases, ts)
}
