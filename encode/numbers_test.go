package encode

import (
	"fmt"
	"testing"

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
		before = append(before, Alt{g, Known{value.Int(i)}})
		after = append(after, Alt{g, Known{value.Int(i + 1)}})
	}
	e.together(guards)
	never := e.assume(&path{e.Store.Not(e.Store.Or(guards...)), nil})
	x, y := &Union{after}, &Union{before}
	if got := e.difference(x, y, never); got != e.Store.Int(0) {
		t.Errorf("%s where it has no value", e.Store.String(got))
	}
	if got := e.difference(x, y, e.assume(nil)); got != e.Store.Int(1) {
		t.Errorf("%s, want 1", e.Store.String(got))
	}
}
