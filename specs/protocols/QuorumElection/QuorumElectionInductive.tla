---------------------- MODULE QuorumElectionInductive ----------------------
(* Why QuorumElection is right. *)
EXTENDS QuorumElection

OneVote == \A n, m, k \in Node : voted[n][m] /\ voted[n][k] => m = k

LeadersHaveMajorities ==
    \A m \in Node : isLeader[m] => Cardinality(Voters(m)) > Cardinality(Node) \div 2

\* want --explicit: verified, 693 distinct, depth 6
\* want --induct: verified
============================================================================
