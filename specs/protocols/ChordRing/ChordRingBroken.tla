-------------------------- MODULE ChordRingBroken --------------------------
(* ChordRing with one mistake: a node joins before any member, also before *)
(* one that lies beyond Base.                                              *)
EXTENDS ChordRing

JoinAnywhere(n, m) ==
    /\ n \notin members /\ m \in members
    /\ members' = members \cup {n}
    /\ succ' = [succ EXCEPT ![n] = m]
    /\ succ2' = [succ2 EXCEPT ![n] = None]
    /\ pred' = [pred EXCEPT ![n] = None]

\* want --explicit: violated Connected in state 6
============================================================================
