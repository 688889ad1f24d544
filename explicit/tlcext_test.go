package explicit

import (
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestCounterExample: the POSTCONDITION is evaluated after a violation, too,
// and knows the counterexample; what it says never replaces the violation.
func TestCounterExample(t *testing.T) {
	const body = `VARIABLE x
		LOCAL INSTANCE TLCExt
		Add(n) == x' = (x + n) % 4
		Next == Add(1)
		Spec == x = 0 /\ [][Next]_x /\ WF_x(Next)
		Small == x < 2
		Wide == x < 9
		Stays == <>[](x = 0)
		At(n, s) == <<n, [x |-> s]>>
		None == CounterExample = [state |-> {}, action |-> {}]
		States == /\ CounterExample.state = {At(1, 0), At(2, 1), At(3, 2)}
		          /\ ToTrace(CounterExample) = <<[x |-> 0], [x |-> 1], [x |-> 2]>>
		Actions == /\ {<<a[1], a[3]>> : a \in CounterExample.action} = {<<At(1, 0), At(2, 1)>>, <<At(2, 1), At(3, 2)>>}
		           /\ \A a \in CounterExample.action : /\ a[2].name = "Add" /\ a[2].parameters = <<"n">> /\ a[2].context = [n |-> 1]
		                                               /\ a[2].location.beginLine = 5 /\ a[2].location.module = "M"
		Shown == [twice |-> 2 * x]
		Aliased == /\ CounterExample.state = {<<1, [twice |-> 0]>>, <<2, [twice |-> 2]>>, <<3, [twice |-> 4]>>}
		           /\ TLCGet("stats").distinct = TLCGet("distinct")
		Loop == {<<a[1], a[3]>> : a \in CounterExample.action} = {<<At(i + 1, i), At(((i + 1) % 4) + 1, (i + 1) % 4)>> : i \in 0 .. 3}`
	for _, test := range []struct {
		goal, post string
		status     trace.Status
		warned     bool
	}{
		{"INVARIANT Wide", "None", trace.Verified, false},
		{"INVARIANT Small", "States", trace.Violated, false},
		{"INVARIANT Small", "Actions", trace.Violated, false},
		{"INVARIANT Small", "None", trace.Violated, true},
		{"PROPERTY Stays", "Loop", trace.Violated, false},
		{"INVARIANT Small\nALIAS Shown", "Aliased", trace.Violated, false},
	} {
		sys := load(t, body, "SPECIFICATION Spec\n"+test.goal+"\nPOSTCONDITION "+test.post+"\n")
		r := Check(t.Context(), sys, Options{Workers: 1})
		warned := slices.Contains(warningCodes(r), string("W142"))
		if r.Status != test.status || warned != test.warned || r.Status == trace.Violated && r.Violations[0].Kind == trace.Assumption {
			t.Errorf("%s, %s: %v, warned %v: %v; want %v, %v", test.goal, test.post, r.Status, warned, r.Err, test.status, test.warned)
		}
	}
}

// TestAliasSeesTrace: Trace is what of the behaviour has been shown.
func TestAliasSeesTrace(t *testing.T) {
	sys := load(t, `VARIABLE x
		LOCAL INSTANCE TLCExt
		Init == x = 0
		Next == x' = x + 1
		Small == x < 2
		Seen == [so_far |-> [i \in DOMAIN Trace |-> Trace[i].x]]`,
		"INIT Init\nNEXT Next\nINVARIANT Small\nALIAS Seen\n")
	r := Check(t.Context(), sys, Options{Workers: 1})
	if len(r.Violations) != 1 {
		t.Fatalf("%v %v", r.Status, r.Err)
	}
	var got []string
	for _, v := range r.Violations[0].Behaviour.Alias {
		got = append(got, v.String())
	}
	if want := []string{"[so_far |-> <<0>>]", "[so_far |-> <<0, 1>>]", "[so_far |-> <<0, 1, 2>>]"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
