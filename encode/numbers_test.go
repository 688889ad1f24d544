package encode

import (
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// Where what is assumed excludes all values of a number, its change is some number,
// whichever: a branch with such a guard is never taken.
func TestDifferenceWithoutValues(t *testing.T) {
	e := New(t.Context(), smt.NewStore(), &ir.System{})
	var guards []smt.Term
	var before, after []Alt
	for i := range 3 {
		g := e.Store.Const(fmt.Sprint("g", i), smt.BoolSort)
		guards = append(guards, g)
		before = append(before, Alt{When: g, Val: Known{V: value.Int(i)}})
		after = append(after, Alt{When: g, Val: Known{V: value.Int(i + 1)}})
	}
	e.Together(guards)
	never := e.Assume((*symbolic.Path)(nil).Under(e.Store.Not(e.Store.Or(guards...))))
	x, y := &Union{Alts: after}, &Union{Alts: before}
	if got := e.difference(x, y, never); got != e.Store.Int(0) {
		t.Errorf("%s where it has no value", e.Store.String(got))
	}
	if got := e.difference(x, y, e.Assume(nil)); got != e.Store.Int(1) {
		t.Errorf("%s, want 1", e.Store.String(got))
	}
}
