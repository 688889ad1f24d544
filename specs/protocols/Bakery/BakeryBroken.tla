--------------------------- MODULE BakeryBroken ----------------------------
(* Bakery with one mistake: nobody waits for those who are drawing. *)
EXTENDS Bakery

WaitForNoChoice(self) ==
    /\ pc[self] = "Wait"
    /\ IF unseen[self] # {}
       THEN /\ \E i \in unseen[self] : other' = [other EXCEPT ![self] = i]
            /\ pc' = [pc EXCEPT ![self] = "Turn"]
       ELSE /\ pc' = [pc EXCEPT ![self] = "Inside"]
            /\ UNCHANGED other
    /\ UNCHANGED <<number, choosing, unseen, highest>>

\* want --explicit: violated Mutex in state 19
============================================================================
