--------------------------- MODULE Missionaries ----------------------------
(* Missionaries and cannibals cross a river in a boat for two; nowhere may   *)
(* cannibals outnumber missionaries, where there are any. Three of each need *)
(* eleven crossings, and four of each cannot cross.                          *)
EXTENDS Naturals, FiniteSets

CONSTANTS Missionaries, Cannibals

VARIABLES left, boat    \* who is on the left bank, where the boat is

People == Missionaries \cup Cannibals

Init == left = People /\ boat = "left"

Safe(bank) ==
    \/ bank \cap Missionaries = {}
    \/ Cardinality(bank \cap Missionaries) >= Cardinality(bank \cap Cannibals)

Here == IF boat = "left" THEN left ELSE People \ left

Cross(group) ==
    /\ left' = IF boat = "left" THEN left \ group ELSE left \cup group
    /\ Safe(left') /\ Safe(People \ left')
    /\ boat' = IF boat = "left" THEN "right" ELSE "left"

Next == \E group \in SUBSET Here : Cardinality(group) \in 1..2 /\ Cross(group)

Spec == Init /\ [][Next]_<<left, boat>>

NotSolved == left # {}

\* want --explicit: violated NotSolved in state 12
\* want --explicit -c MissionariesFour.cfg: verified, 98 distinct, depth 7
============================================================================
