------------------- MODULE ConsensusWithoutDecideBroken --------------------
(* ConsensusWithoutDecide with one mistake: whoever is asked counts as a *)
(* vote, whether it has answered or not.                                 *)
EXTENDS ConsensusWithoutDecide

ReceiveNothing(n, m) ==
    /\ <<"ask", n, m>> \in net
    /\ votes' = [votes EXCEPT ![n] = votes[n] \union {m}]
    /\ UNCHANGED <<net, voted, leaders>>

\* want --explicit: violated OneLeader in state 11
============================================================================
