------------------------------ MODULE Prisoners ------------------------------
(* A puzzle: prisoners are led, one at a time and for ever, into a room    *)
(* with two switches, each of which they find in some position. One of     *)
(* them counts, the others raise the first switch twice each. When the     *)
(* counter has counted enough, all have been in the room.                  *)
EXTENDS Naturals, FiniteSets

CONSTANTS Prisoner, Counter

Other == Prisoner \ {Counter}

VARIABLES
    first, second,  \* the switches
    raised,         \* how often a prisoner has raised the first one
    count           \* how often the counter has put it down

vars == <<first, second, raised, count>>

Init ==
    /\ first \in BOOLEAN
    /\ second \in BOOLEAN
    /\ raised = [p \in Other |-> 0]
    /\ count = 0

Count ==
    /\ IF first
       THEN first' = FALSE /\ UNCHANGED second /\ count' = count + 1
       ELSE second' = ~ second /\ UNCHANGED <<first, count>>
    /\ UNCHANGED raised

Visit(p) ==
    /\ IF ~ first /\ raised[p] < 2
       THEN first' = TRUE /\ UNCHANGED second /\ raised' = [raised EXCEPT ![p] = @ + 1]
       ELSE second' = ~ second /\ UNCHANGED <<first, raised>>
    /\ UNCHANGED count

Next == Count \/ \E p \in Other : Visit(p)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Done == count = 2 * Cardinality(Prisoner) - 2

(* When the counter says so, everybody has been in the room. *)
Safe == Done => \A p \in Other : raised[p] > 0
\* want --bmc --depth 12: clean to 12
\* want --explicit: verified
\* bench --depth 15: Prisoners, 4; target 5; published 237
\* bench --depth 30: Prisoners, 4; target 5
=============================================================================
