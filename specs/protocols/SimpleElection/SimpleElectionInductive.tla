---------------------- MODULE SimpleElectionInductive ----------------------
(* Why SimpleElection is right. *)
EXTENDS SimpleElection

OnePromise == \A x, y \in promises : x[1] = y[1] => x[2] = y[2]

LeadersHaveQuorums ==
    \A p \in Proposer : leads[p] => \E Q \in Quorums : \A a \in Q : <<a, p>> \in promises

\* want --explicit: verified, 254 distinct, depth 8
\* want --induct: verified
============================================================================
