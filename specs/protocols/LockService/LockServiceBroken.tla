------------------------- MODULE LockServiceBroken -------------------------
(* LockService with one mistake: a server that gives its lock away does not *)
(* note that it is gone.                                                    *)
EXTENDS LockService

AcquireUnnoted(c, s) ==
    /\ atHome[s]
    /\ locks' = [locks EXCEPT ![c] = @ \cup {s}]
    /\ UNCHANGED atHome

\* want --explicit: violated Exclusive in state 3
============================================================================
