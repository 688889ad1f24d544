package symbolic

import (
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// TestWorkedOutOnce: wherever a function is applied to one of its keys, and as a whole,
// its value there is worked out once, so that all places have the same terms.
func TestWorkedOutOnce(t *testing.T) {
	e := New(t.Context(), smt.NewStore())
	keys := []Member{{e.Store.Fresh("in", smt.BoolSort), Known{value.Int(1)}}, {smt.True, Known{value.Int(2)}}}
	asked := 0
	l := e.NewListed(&Set{keys}, keys, nil, func(arg Sym, p *Path) Sym {
		asked++
		return arg
	})
	for range 3 {
		var p *Path
		p = p.Under(e.Store.Fresh("here", smt.BoolSort))
		e.Apply(l, keys[1].Val, p)
		e.Apply(l, Int{e.Store.Fresh("i", smt.IntSort)}, p)
		e.Whole(l, p)
	}
	if asked != len(keys) {
		t.Errorf("the rule was asked %d times about %d keys", asked, len(keys))
	}
}
