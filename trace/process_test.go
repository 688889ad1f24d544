package trace

import (
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func functionOf(dom []value.Value, v value.Value) value.Value {
	vals := make([]value.Value, len(dom))
	for i := range vals {
		vals[i] = v
	}
	return value.NewFunc(value.NewSet(dom), vals)
}

func TestProcesses(t *testing.T) {
	nodes := []value.Value{value.NewModel("n1"), value.NewModel("n2")}
	clients := []value.Value{value.NewModel("c1")}
	numbers := []value.Value{value.Int(1), value.Int(2), value.Int(3)}
	from0 := []value.Value{value.Int(0), value.Int(1)}
	names := []value.Value{value.NewStr("a"), value.NewStr("b")}
	zero := value.Value(value.Int(0))
	for _, tt := range []struct {
		vars []string
		vals []value.Value
		want string
	}{
		{[]string{"x", "y"}, []value.Value{zero, value.True}, "[]"},
		{[]string{"role", "leases", "x"}, []value.Value{functionOf(nodes, zero), functionOf(clients, zero), functionOf(numbers, zero)}, "[c1 n1 n2]"},
		{[]string{"queue"}, []value.Value{functionOf(numbers, zero)}, "[]"},
		{[]string{"queue", "pc"}, []value.Value{functionOf(names, zero), functionOf(numbers, zero)}, "[1 2 3]"},
		{[]string{"a", "b"}, []value.Value{functionOf(numbers, zero), functionOf(numbers, value.True)}, "[1 2 3]"},
		{[]string{"a", "b", "c"}, []value.Value{functionOf(from0, zero), functionOf(from0, zero), functionOf(names, zero)}, "[0 1]"},
		{[]string{"a", "b"}, []value.Value{functionOf(names, zero), functionOf(names, zero)}, `["a" "b"]`},
	} {
		b := &Behaviour{Vars: tt.vars, Steps: []Step{{State: tt.vals}, {State: tt.vals}}}
		if got := fmt.Sprint(Processes(b)); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.vals, got, tt.want)
		}
	}
	grows := &Behaviour{Vars: []string{"a", "b"}, Steps: []Step{
		{State: []value.Value{functionOf(numbers[:2], zero), functionOf(numbers[:2], zero)}},
		{State: []value.Value{functionOf(numbers, zero), functionOf(numbers, zero)}}}}
	if got := Processes(grows); got != nil {
		t.Errorf("sequences that grow are taken for processes: %v", got)
	}
}

func TestActor(t *testing.T) {
	nodes := []value.Value{value.NewModel("n1"), value.NewModel("n2"), value.NewModel("n3")}
	state := func(vals ...int) []value.Value {
		out := make([]value.Value, len(vals))
		for i, v := range vals {
			out[i] = value.Int(v)
		}
		return []value.Value{value.NewFunc(value.NewSet(nodes), out)}
	}
	for action, want := range map[string]int{
		"Send(n2, n1)": 1, "Next(self = n3)": 2, "Take([to |-> n1, k |-> 2], n3)": 2, `Say("n1, n2")`: 0, "Next": 0, "Send(x)": 0,
	} {
		b := &Behaviour{Vars: []string{"x"}, Steps: []Step{{State: state(0, 0, 0)}, {Action: action, State: state(1, 0, 0)}}}
		if got := Actor(b, nodes, 1); got != want {
			t.Errorf("%s: process %d, want %d", action, got, want)
		}
	}
	two := &Behaviour{Vars: []string{"x"}, Steps: []Step{{State: state(0, 0, 0)}, {Action: "Swap", State: state(1, 0, 1)}}}
	if got := Actor(two, nodes, 1); got != -1 {
		t.Errorf("a step of two processes is taken for one of %d", got)
	}
}
