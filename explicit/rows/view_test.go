package rows

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

func TestVariablesOfViews(t *testing.T) {
	const body = `VARIABLES n, msgs, k, any
		inner == <<msgs>>
		nested == <<inner, <<k, any>>>>
		slow == <<msgs, k, IF TRUE THEN any ELSE any>>
		less == <<msgs, k + 0>>
		Init == n = 0 /\ msgs = {} /\ k = 0 /\ any = 0
		Next == UNCHANGED <<n, msgs, k, any>>`
	for _, tt := range []struct {
		view string
		want string // the numbers of the variables
	}{
		{"nested", "[1 2 3]"},
		{"inner", "[1]"},
		{"k", "[2]"},
		{"slow", ""},
		{"less", ""},
	} {
		sys := load(t, body, plainConfig+"VIEW "+tt.view+"\n")
		vars, got := map[int]bool{}, ""
		if variablesOf(sys.View, vars) {
			got = fmt.Sprint(slices.Sorted(maps.Keys(vars)))
		}
		if got != tt.want {
			t.Errorf("%s shows %s, want %s", tt.view, got, tt.want)
		}
	}
}

// TestProjectionPrints checks that the print of some variables is the same for states
// that agree on them, also where ids were handed out in another order, and
// differs for others.
func TestProjectionPrints(t *testing.T) {
	sm := NewGuesses(&ir.System{Variables: []*ir.Variable{{Name: "x"}, {Name: "y", ID: 1}, {Name: "z", ID: 2}}})
	sm.Observe(eval.State{value.Int(0), boxedValue(0), value.NewSet([]value.Value{boxedValue(1)})})
	sm.Observe(eval.State{value.Int(9), value.Int(7), value.NewSet(nil)})
	a, b := newLayoutFor(sm, Hashing{Wide: true}), newLayoutFor(sm, Hashing{Wide: true})
	a.intern.Freeze()
	b.intern.Freeze()
	for i := 5; i > 1; i-- {
		b.intern.Of(boxedValue(i))
	}
	print := func(l *Layout, x, y, z int) fingerprint {
		row, packed := make([]int64, l.Slots), make([]uint64, l.Words)
		if !l.Encode(eval.State{value.Int(x), boxedValue(y), value.NewSet([]value.Value{boxedValue(z)})}, row, packed) {
			t.Fatal("a state does not fit")
		}
		return l.fingerprintOf(l.projectionOf(map[int]bool{0: true, 1: true}), row, packed)
	}
	seen := map[fingerprint]bool{}
	for x := range 3 {
		for y := range 6 {
			want := print(a, x, y, 1)
			if seen[want] {
				t.Errorf("x = %d, y = %d has the print of others", x, y)
			}
			seen[want] = true
			if got := print(b, x, y, (x+y)%2); got != want {
				t.Errorf("x = %d, y = %d: two prints", x, y)
			}
		}
	}
}

func boxedValue(i int) value.Value {
	return value.NewTuple([]value.Value{value.NewStr("a"), value.Int(i)})
}
