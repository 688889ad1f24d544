package induction

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/trace"
)

// scanning is mutual exclusion by looking at all others, one after the other. What
// is left to look at is None where nobody looks, and then no step may ask for its
// members.
const scanning = `---- MODULE M ----
CONSTANTS Proc, None
VARIABLES pc, rest, up
Init == pc = [p \in Proc |-> "out"] /\ rest = [p \in Proc |-> None] /\ up = [p \in Proc |-> FALSE]
Raise(p) == pc[p] = "out" /\ up' = [up EXCEPT ![p] = TRUE] /\ rest' = [rest EXCEPT ![p] = Proc \ {p}] /\ pc' = [pc EXCEPT ![p] = "look"]
Look(p) == pc[p] = "look" /\ \E q \in rest[p] : ~up[q] /\ rest' = [rest EXCEPT ![p] = @ \ {q}] /\ UNCHANGED <<pc, up>>
Enter(p) == pc[p] = "look" /\ rest[p] = {} /\ pc' = [pc EXCEPT ![p] = "in"] /\ rest' = [rest EXCEPT ![p] = None] /\ UNCHANGED up
Leave(p) == pc[p] = "in" /\ pc' = [pc EXCEPT ![p] = "out"] /\ up' = [up EXCEPT ![p] = FALSE] /\ UNCHANGED rest
Next == \E p \in Proc : Raise(p) \/ Look(p) \/ Enter(p) \/ Leave(p)
Mutex == \A p, q \in Proc : pc[p] = "in" /\ pc[q] = "in" => p = q
====`

// TestStepsThatNeedALemma: a step that cannot be evaluated in every state of the types
// is excluded by a lemma, like one that breaks an invariant; and a lemma speaks of the
// members of what is not always a set.
func TestStepsThatNeedALemma(t *testing.T) {
	sys := module(t, scanning, frontend.Options{Invariants: []string{"Mutex"}, Constants: []string{"Proc={a, b, c}", "None=None"}})
	if r := check(t, sys, Options{}); r.Status != trace.Verified {
		t.Errorf("%v: %s %s", r.Status, r.Message, r.Reason)
	}
}

// TestSemaphores: that a semaphore is never more than it was given is a lemma that the
// types do not say.
func TestSemaphores(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Proc
VARIABLES free, pc
Init == free = 1 /\ pc = [p \in Proc |-> "out"]
Take(p) == pc[p] = "out" /\ free > 0 /\ free' = free - 1 /\ pc' = [pc EXCEPT ![p] = "in"]
Give(p) == pc[p] = "in" /\ free' = free + 1 /\ pc' = [pc EXCEPT ![p] = "out"]
Next == \E p \in Proc : Take(p) \/ Give(p)
Mutex == \A p, q \in Proc : pc[p] = "in" /\ pc[q] = "in" => p = q
====`
	o := frontend.Options{Invariants: []string{"Mutex"}, Constants: []string{"Proc={a, b, c}"}}
	if r := check(t, module(t, text, o), Options{}); r.Status != trace.Verified {
		t.Errorf("%v: %s %s", r.Status, r.Message, r.Reason)
	}
}

// TestShortSequences: where something cannot be asked of sequences of any length, such
// as for the members of one, a proof is tried of those that are reached.
func TestShortSequences(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Naturals, Sequences
CONSTANTS P, L
VARIABLES q, busy
Init == q = <<>> /\ busy = {}
Range(s) == {s[i] : i \in DOMAIN s}
Put(p) == Len(q) < L /\ p \notin Range(q) /\ p \notin busy /\ q' = Append(q, p) /\ UNCHANGED busy
Take == q # <<>> /\ busy = {} /\ busy' = {Head(q)} /\ q' = Tail(q)
Done == busy # {} /\ busy' = {} /\ q' = q
Next == (\E p \in P : Put(p)) \/ Take \/ Done
Once == \A p \in Range(q) : p \notin busy
One == \A p, r \in busy : p = r
====`
	o := frontend.Options{Invariants: []string{"Once", "One"}, Constants: []string{"P={a, b, c}", "L=2"}}
	if r := check(t, module(t, text, o), Options{}); r.Status != trace.Verified {
		t.Errorf("%v: %s %s", r.Status, r.Message, r.Reason)
	}
	broken := strings.Replace(text, `p \notin Range(q) /\ `, "", 1)
	if r := check(t, module(t, broken, o), Options{}); r.Status != trace.Violated {
		t.Errorf("without a guard: %v: %s", r.Status, r.Message)
	}
}
