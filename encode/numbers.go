package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/smt"
)

// A Number is an integer that the state has at one place, before a step and
// after it, whichever branch is taken.
type Number struct {
	Place  string // such as "counter[2]"
	Value  smt.Term
	Change []smt.Term // by branch: how much is added
	// Added tells that it belongs to a variable whose integers are added up.
	Added bool
}

// Numbers lists the integers that st changes or leaves, on the way from cur;
// those of the initial state for a nil cur, which have no Change. Where there
// are more than most, there are none.
func (e *Encoder) Numbers(st *Step, cur State, most int) []Number {
	w := numberWalk{e: e, most: most}
	if cur != nil {
		for _, b := range st.Branches {
			w.where = append(w.where, e.Assume((*symbolic.Path)(nil).Under(b.Guard)))
		}
	}
	for _, v := range e.Sys.Variables {
		parts := []Sym{st.Next[v.ID]} // after, before, and by branch
		if cur != nil {
			parts = append(parts, cur[v.ID])
			for _, b := range st.Branches {
				parts = append(parts, b.Next[v.ID])
			}
		}
		w.added = e.numeric()[v.ID]
		w.visit(v.Name, parts)
	}
	if len(w.out) > most {
		return nil
	}
	return w.out
}

type numberWalk struct {
	e     *Encoder
	most  int
	where []symbolic.Assumption // by branch: its guard
	added bool                  // see Number
	out   []Number
}

// visit looks for places at which all of parts have an integer.
func (w *numberWalk) visit(place string, parts []Sym) {
	if len(w.out) > w.most {
		return
	}
	if isNumber(parts[0]) {
		w.number(place, parts)
		return
	}
	keys, _, ok := symbolic.FuncParts(parts[0])
	if !ok {
		return
	}
	rows := make([][]Sym, len(parts))
	for i, p := range parts {
		ks, vals, ok := symbolic.FuncParts(p)
		if !ok || !sameKeys(ks, keys) {
			return
		}
		rows[i] = vals
	}
	for j, k := range keys {
		column := make([]Sym, len(parts))
		for i, r := range rows {
			column[i] = r[j]
		}
		w.visit(place+"["+symbolic.Describe(k.Val)+"]", column)
	}
}

func (w *numberWalk) number(place string, parts []Sym) {
	for _, p := range parts {
		if !isNumber(p) {
			return
		}
	}
	n := Number{Place: place, Value: w.e.IntChain(symbolic.Alts(parts[0])), Added: w.added}
	if len(parts) > 1 {
		for i, by := range parts[2:] {
			n.Change = append(n.Change, w.e.difference(by, parts[1], w.where[i]))
		}
	}
	w.out = append(w.out, n)
}

// isNumber tells whether s is an integer, perhaps one of several. What could not
// be evaluated is none.
func isNumber(s Sym) bool {
	return len(symbolic.Alts(s)) > 0 && !slices.ContainsFunc(symbolic.Alts(s), func(a Alt) bool { return !symbolic.IsInt(a.Val) })
}

// difference is x - y under an assumption. Where both are one of several
// integers under the same guards, as an integer is and what some number was added
// to, it is that number: one of the guards holds.
func (e *Encoder) difference(x, y Sym, where symbolic.Assumption) smt.Term {
	if symbolic.Same(x, y) {
		return e.Store.Int(0)
	}
	x, y = where.Prune(x), where.Prune(y)
	if len(symbolic.Alts(x)) == 0 || len(symbolic.Alts(y)) == 0 {
		return e.Store.Int(0) // what is assumed cannot be
	}
	of := map[smt.Term]smt.Term{}
	for _, a := range symbolic.Alts(y) {
		of[a.When] = e.Literal(a.Val)
	}
	ds := map[smt.Term]bool{}
	for _, a := range symbolic.Alts(x) {
		old, ok := of[a.When]
		if !ok {
			return e.Store.Sub(e.IntChain(symbolic.Alts(x)), e.IntChain(symbolic.Alts(y)))
		}
		ds[e.Store.Sub(e.Literal(a.Val), old)] = true
	}
	for d := range ds {
		if len(ds) == 1 {
			return d
		}
	}
	return e.Store.Sub(e.IntChain(symbolic.Alts(x)), e.IntChain(symbolic.Alts(y)))
}

// sameKeys tells whether two functions have the same domain, of concrete values.
func sameKeys(a, b []Member) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		v, okV := symbolic.Concrete(a[i].Val)
		w, okW := symbolic.Concrete(b[i].Val)
		if !okV || !okW || a[i].In != smt.True || b[i].In != smt.True || !symbolic.EqualValues(v, w) {
			return false
		}
	}
	return true
}
