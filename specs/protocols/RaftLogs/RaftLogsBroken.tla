-------------------------- MODULE RaftLogsBroken ---------------------------
(* RaftLogs with one mistake: entries are copied without a look at the one *)
(* before.                                                                 *)
EXTENDS RaftLogs

CopyBlindly(s, t) ==
    /\ state[s] = "follower"
    /\ Len(log[t]) > Len(log[s])
    /\ log' = [log EXCEPT ![s] = Append(@, log[t][Len(@) + 1])]
    /\ UNCHANGED <<currentTerm, state>>

\* want --explicit: violated LogMatching in state 8
============================================================================
