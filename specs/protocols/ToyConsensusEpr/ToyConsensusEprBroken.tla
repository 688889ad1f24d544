----------------------- MODULE ToyConsensusEprBroken -----------------------
(* ToyConsensusEpr with one mistake: a value is learned from any one vote *)
(* of a quorum.                                                           *)
EXTENDS ToyConsensusEpr

SeenAt(Q, v) == \E n \in Q : v \in voted[n]

\* want --explicit: violated Safety in state 5
============================================================================
