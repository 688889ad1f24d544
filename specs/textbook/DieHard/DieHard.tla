------------------------------ MODULE DieHard ------------------------------
(* Two jugs, of 3 and 5 gallons, and a tap: how does one get 4 gallons? Known *)
(* from the film Die Hard 3 and from Lamport's lectures.                      *)
EXTENDS Naturals

VARIABLES small, big

TypeOK == small \in 0..3 /\ big \in 0..5

Init == small = 0 /\ big = 0

Min(a, b) == IF a < b THEN a ELSE b

FillSmall  == small' = 3 /\ UNCHANGED big
FillBig    == big' = 5 /\ UNCHANGED small
EmptySmall == small' = 0 /\ UNCHANGED big
EmptyBig   == big' = 0 /\ UNCHANGED small

PourIntoBig ==
    LET poured == Min(small, 5 - big)
    IN  small' = small - poured /\ big' = big + poured

PourIntoSmall ==
    LET poured == Min(big, 3 - small)
    IN  big' = big - poured /\ small' = small + poured

Next == FillSmall \/ FillBig \/ EmptySmall \/ EmptyBig \/ PourIntoBig \/ PourIntoSmall

Spec == Init /\ [][Next]_<<small, big>>

\* A violation is the answer, and it takes six steps.
NotSolved == big # 4

\* One jug is always full or empty: 16 of the 24 states are like that.
Reachable == small \in {0, 3} \/ big \in {0, 5}

\* want --explicit: verified, 97 generated, 16 distinct, depth 8
\* want --explicit --invariant NotSolved: violated NotSolved in state 7
\* want --bmc --invariant NotSolved: violated NotSolved in state 7
============================================================================
