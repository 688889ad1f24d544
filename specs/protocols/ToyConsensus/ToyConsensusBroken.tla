------------------------ MODULE ToyConsensusBroken -------------------------
(* ToyConsensus with one mistake: a node may change its mind. *)
EXTENDS ToyConsensus

VoteAgain(n, v) ==
    /\ vote' = [vote EXCEPT ![n] = v]
    /\ UNCHANGED decision

\* want --explicit: violated Agreement in state 7
============================================================================
