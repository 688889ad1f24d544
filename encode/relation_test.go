package encode

import (
	"context"
	"testing"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/value"
)

const messages = `---- MODULE T ----
EXTENDS Integers, FiniteSets
VARIABLES n, msgs
Message == [type : {"req"}, term : Nat, from : {"a", "b"}] \cup [type : {"ack"}, term : Nat]
Init == n \in Nat /\ msgs = {}
Next == n' = n /\ msgs' = msgs
Req == [type |-> "req", term |-> n, from |-> "a"]
Send == msgs' = msgs \cup {Req} /\ n' = n
Drop == msgs' = msgs \ {Req} /\ n' = n
Has == Req \in msgs
Odd == [type |-> "req", term |-> -1, from |-> "a"] \in msgs
Other == [type |-> "ack", term |-> n] \in msgs
All == \A m \in msgs : m.term <= n
Typed == msgs \subseteq Message
Empty == msgs = {}
Some == \E m \in {k \in msgs : k.type = "ack"} : m.term > n
====
`

// TestRelation checks what holds of an arbitrary set of messages (E15) before
// and after updates, by a solver over the free terms.
func TestRelation(t *testing.T) {
	sys := module(t, messages)
	store := smt.NewStore()
	e := New(context.Background(), store, sys)
	e.Quantifiers = true
	n := store.Const("n", smt.IntSort)
	msgs, _, err := e.Arbitrary(sys.Defs["Message"].Body, true, nil, "msgs")
	if err != nil {
		t.Fatal(err)
	}
	state := State{Int{T: n}, msgs}
	next := func(action string) State {
		bs, fails, err := e.Ways(sys.Defs[action].Body, state)
		if err != nil || len(bs) != 1 || len(fails) != 0 {
			t.Fatalf("%s: %d branches, %v, %v", action, len(bs), fails, err)
		}
		return bs[0].Next
	}
	truth := func(def string, s State) smt.Term {
		v, _, err := e.Truth(sys.Defs[def].Body, s)
		if err != nil {
			t.Fatalf("%s: %v", def, err)
		}
		return v
	}
	natural := store.Ge(n, store.Int(0))
	sent, dropped := next("Send"), next("Drop")
	solver := z3.New(store)
	defer solver.Close()
	for _, c := range []struct {
		name string
		t    smt.Term
		want smt.Answer
	}{
		{"may have it", truth("Has", state), smt.Sat},
		{"may lack it", store.Not(truth("Has", state)), smt.Sat},
		{"has none of another type", truth("Odd", state), smt.Unsat},
		{"what is sent is there", store.And(natural, store.Not(truth("Has", sent))), smt.Unsat},
		{"what is dropped is not", truth("Has", dropped), smt.Unsat},
		{"sending leaves the others", store.Not(store.Iff(truth("Other", state), truth("Other", sent))), smt.Unsat},
		{"dropping leaves the others", store.Not(store.Iff(truth("Other", state), truth("Other", dropped))), smt.Unsat},
		{"sending keeps to the type", store.And(natural, store.Not(truth("Typed", sent))), smt.Unsat},
		{"a negative term is of no type", store.And(store.Not(natural), truth("Typed", sent)), smt.Unsat},
	} {
		a, err := solver.Check(context.Background(), c.t)
		if err != nil || a != c.want {
			t.Errorf("%s: %v, want %v (%v)\n%s", c.name, a, c.want, err, store.String(c.t))
		}
	}
	for _, def := range []string{"All", "Empty", "Some"} {
		if v := truth(def, state); v <= smt.True {
			t.Errorf("%s is plainly %v of an arbitrary set", def, v == smt.True)
		}
	}
	// What a quantifier says of an added element needs no instance of it.
	if before, after := truth("All", state), truth("All", sent); len(store.Args(before)) != len(store.Args(after)) {
		t.Errorf("sending a message with the term n changes All:\n%s\n%s", store.String(before), store.String(after))
	}
}

// TestSequenceOfSymbolicLength checks E4 for a function on 1..n.
func TestSequenceOfSymbolicLength(t *testing.T) {
	sys := module(t, `---- MODULE T ----
EXTENDS Integers, Sequences
VARIABLE q
Init == q \in {<<>>, <<7>>, <<7, 8>>}
Next == q' = [i \in 1..Len(q) |-> q[i] + 1]
====
`)
	store := smt.NewStore()
	e := New(context.Background(), store, sys)
	init, err := e.Step(sys.Init, nil, "@0")
	if err != nil {
		t.Fatal(err)
	}
	step, err := e.Step(sys.Next, init.Next, "@1")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range symbolic.Alts(step.Next[0]) {
		if _, ok := symbolic.TupleElems(a.Val); !ok {
			t.Errorf("an alternative is no sequence but %T", a.Val)
		}
	}
	solver := z3.New(store)
	defer solver.Close()
	for _, c := range append(init.Taken, step.Taken...) {
		solver.Assert(c)
	}
	in := e.In(step.Next[0], Known{V: &value.SeqSet{Base: value.Nat}})
	if a, err := solver.Check(context.Background(), store.Not(in)); a != smt.Unsat {
		t.Errorf("q need not be in Seq(Nat): %v, %v", a, err)
	}
}

// TestMemberOfUpdatedRelation checks that a member is one value, also where a
// branch that was not taken would have added one.
func TestMemberOfUpdatedRelation(t *testing.T) {
	sys := module(t, `---- MODULE T ----
EXTENDS Integers
VARIABLES msgs, seen
Message == Nat \X {"a", "b", "c"}
Init == msgs = {} /\ seen = {}
Next == \/ \E m \in msgs : msgs' = msgs \cup {<<m[1] + 1, m[2]>>} /\ seen' = seen
        \/ \E m \in msgs : seen' = {m[2]} /\ msgs' = msgs
        \/ UNCHANGED <<msgs, seen>>
One == seen = {"a"}
Both == "a" \in seen /\ "b" \in seen
====
`)
	store := smt.NewStore()
	e := New(context.Background(), store, sys)
	msgs, is, err := e.Arbitrary(sys.Defs["Message"].Body, true, nil, "msgs")
	if err != nil {
		t.Fatal(err)
	}
	solver := z3.New(store)
	defer solver.Close()
	solver.Assert(is)
	state := State{msgs, Known{V: value.NewSet(nil)}}
	for _, suffix := range []string{"@1", "@2"} {
		step, err := e.Step(sys.Next, state, suffix)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range step.Taken {
			solver.Assert(c)
		}
		state = step.Next
	}
	for def, want := range map[string]smt.Answer{"One": smt.Sat, "Both": smt.Unsat} {
		is, _, err := e.Truth(sys.Defs[def].Body, state)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := solver.Check(context.Background(), is); a != want {
			t.Errorf("%s: %v, want %v (%v)", def, a, want, err)
		}
	}
}
