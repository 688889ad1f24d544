package encode

import (
	"slices"

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
			w.where = append(w.where, e.assume((*path)(nil).under(b.Guard)))
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
	where []assumption // by branch: its guard
	added bool         // see Number
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
	keys, _, ok := funcParts(parts[0])
	if !ok {
		return
	}
	rows := make([][]Sym, len(parts))
	for i, p := range parts {
		ks, vals, ok := funcParts(p)
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
		w.visit(place+"["+describe(k.Val)+"]", column)
	}
}

func (w *numberWalk) number(place string, parts []Sym) {
	for _, p := range parts {
		if !isNumber(p) {
			return
		}
	}
	n := Number{Place: place, Value: w.e.intChain(alts(parts[0])), Added: w.added}
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
	return len(alts(s)) > 0 && !slices.ContainsFunc(alts(s), func(a Alt) bool { return !isInt(a.Val) })
}

// difference is x - y under an assumption. Where both are one of several
// integers under the same guards, as an integer is and what some number was added
// to, it is that number: one of the guards holds.
func (e *Encoder) difference(x, y Sym, where assumption) smt.Term {
	if same(x, y) {
		return e.Store.Int(0)
	}
	x, y = where.prune(x), where.prune(y)
	if len(alts(x)) == 0 || len(alts(y)) == 0 {
		return e.Store.Int(0) // what is assumed cannot be
	}
	of := map[smt.Term]smt.Term{}
	for _, a := range alts(y) {
		of[a.When] = e.literal(a.Val)
	}
	ds := map[smt.Term]bool{}
	for _, a := range alts(x) {
		old, ok := of[a.When]
		if !ok {
			return e.Store.Sub(e.intChain(alts(x)), e.intChain(alts(y)))
		}
		ds[e.Store.Sub(e.literal(a.Val), old)] = true
	}
	for d := range ds {
		if len(ds) == 1 {
			return d
		}
	}
	return e.Store.Sub(e.intChain(alts(x)), e.intChain(alts(y)))
}

// sameKeys tells whether two functions have the same domain, of concrete values.
func sameKeys(a, b []Member) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		v, okV := known(a[i].Val)
		w, okW := known(b[i].Val)
		if !okV || !okW || a[i].In != smt.True || b[i].In != smt.True || !equalValues(v, w) {
			return false
		}
	}
	return true
}
