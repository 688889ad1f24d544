package eval

import (
	"testing"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// TestLetsOfAnySize checks that the definitions of a LET see each other, however
// many there are, operators among them, and one LET within another.
func TestLetsOfAnySize(t *testing.T) {
	for n := 1; n <= 5; n++ {
		x := name("x")
		plus := def("Plus", add(ref(x), num(1)), x)
		defs := []*ir.Def{plus}
		var last ir.Expr = num(0)
		for range n {
			d := def("D", call(plus, last))
			defs = append(defs, d)
			last = call(d)
		}
		inner := def("Inner", add(last, num(10)))
		body := &ir.Let{Defs: defs, Body: &ir.Let{Defs: []*ir.Def{inner}, Body: add(call(inner), last)}}
		want := []string{"12", "14", "16", "18", "20"}[n-1]
		if got := outcome(New(&ir.System{}, Options{}), body); got != want {
			t.Errorf("%d definitions: %s, want %s", n, got, want)
		}
	}
}

// TestAllocations pins what is made by the thousand for each state.
func TestAllocations(t *testing.T) {
	m := New(&ir.System{}, Options{})
	n, arg := name("n"), add(num(1), num(2))
	defs := []*ir.Def{def("A", num(1)), def("B", num(2))}
	for _, tt := range []struct {
		what string
		want float64
		do   func()
	}{
		{"no error", 0, func() { _ = m.at(source.Span{}, nil) }},
		{"a delayed argument", 1, func() { sink = sink.bindArg(n, arg, nil) }},
		{"a LET of two", 1, func() { sink = sink.bindLet(defs) }},
	} {
		if got := testing.AllocsPerRun(100, tt.do); got != tt.want {
			t.Errorf("%s takes %v allocations, want %v", tt.what, got, tt.want)
		}
	}
}

var sink *env
