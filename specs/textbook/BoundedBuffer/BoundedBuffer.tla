--------------------------- MODULE BoundedBuffer ---------------------------
(* A buffer that producers and consumers share, as one writes it with a lock *)
(* and one condition variable: who cannot go on waits, and who goes on wakes *)
(* up one who waits, no matter whom. That is right only when there are not   *)
(* too many threads.                                                         *)
EXTENDS Naturals, FiniteSets

CONSTANTS Producers, Consumers, Capacity

VARIABLES
    held,       \* how many items are in the buffer
    waiting     \* the threads that wait

vars == <<held, waiting>>

Threads == Producers \cup Consumers

TypeOK == held \in 0..Capacity /\ waiting \subseteq Threads

Init == held = 0 /\ waiting = {}

Wait(t) == waiting' = waiting \cup {t} /\ UNCHANGED held

Notify ==
    IF waiting = {} THEN UNCHANGED waiting
    ELSE \E t \in waiting : waiting' = waiting \ {t}

Put(t) == IF held = Capacity THEN Wait(t) ELSE held' = held + 1 /\ Notify
Get(t) == IF held = 0 THEN Wait(t) ELSE held' = held - 1 /\ Notify

Next ==
    \/ \E t \in Producers \ waiting : Put(t)
    \/ \E t \in Consumers \ waiting : Get(t)

Spec == Init /\ [][Next]_vars

\* want --explicit: verified, 13 distinct, depth 6
\* want --explicit -c BoundedBufferStuck.cfg: deadlock in state 9
============================================================================
