----------------------- MODULE ToyConsensusInductive -----------------------
(* Why ToyConsensus is right: votes never change, so that a decided value *)
(* keeps its quorum.                                                      *)
EXTENDS ToyConsensus

TypeOK ==
    /\ vote \in [Node -> Value \cup {None}]
    /\ decision \subseteq Value

DecisionsHaveQuorums == \A v \in decision : \E Q \in Quorum : \A n \in Q : vote[n] = v

\* want --explicit: verified, 41 distinct, depth 5
\* want --induct: verified
============================================================================
