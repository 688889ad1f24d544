--------------------- MODULE ConsensusForallInductive ----------------------
(* Why ConsensusForall is right. *)
EXTENDS ConsensusForall

VotersAreKnown == \A n, m \in Node : gave[n][m] => voted[n]
OneVote == \A n, m, k \in Node : gave[n][m] /\ gave[n][k] => m = k
CountedWasGiven == \A n, m \in Node : counted[n][m] => gave[m][n]
LeadersHaveTheQuorum == \A n \in Node : leader[n] => \A m \in counting : counted[n][m]
LeadersDecide == \A n \in Node, v \in Value : decided[n][v] => leader[n]
OneDecision == \A n \in Node, v, w \in Value : decided[n][v] /\ decided[n][w] => v = w

\* want --induct: verified
============================================================================
