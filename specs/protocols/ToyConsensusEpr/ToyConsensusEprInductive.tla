--------------------- MODULE ToyConsensusEprInductive ----------------------
(* Why ToyConsensusEpr is right. *)
EXTENDS ToyConsensusEpr

TypeOK ==
    /\ voted \in [Node -> SUBSET Value]
    /\ decided \in [Value -> BOOLEAN]

OneVote == \A n \in Node : \A v, w \in voted[n] : v = w

DecidedIsChosen == \A v \in Value : decided[v] => \E Q \in Quorum : ChosenAt(Q, v)

\* want --explicit: verified, 94 distinct, depth 5
\* want --induct: verified
============================================================================
