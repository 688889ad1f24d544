------------------------ MODULE RingElectionBroken -------------------------
(* RingElection with one mistake: identifiers are not distinct. *)
EXTENDS RingElection

AnyIdentifiers ==
    /\ id \in [Node -> 1..N]
    /\ pending = {}
    /\ leader = {}

\* want --explicit: violated OneLeader in state 5
============================================================================
