----------------------- MODULE RingElectionInductive -----------------------
(* Why RingElection is right: an identifier is greater than all that it has *)
(* passed.                                                                  *)
EXTENDS RingElection

\* m lies strictly between a and b on the ring; all others do when a = b.
Between(a, m, b) == (m - a + N) % N > 0 /\ (a = b \/ (m - a + N) % N < (b - a + N) % N)

IdsDiffer == \A n, m \in Node : id[n] = id[m] => n = m
PendingIsOfANode == \A p \in pending : \E n \in Node : p[1] = id[n]
PassedAreSmaller ==
    \A p \in pending, n, m \in Node : p[1] = id[n] /\ Between(n, m, p[2]) => id[m] < id[n]
LeaderIsGreatest == \A l \in leader, n \in Node : id[n] <= id[l]

\* want --induct: verified
============================================================================
