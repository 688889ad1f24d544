------------------------ MODULE ConsensusEprBroken -------------------------
(* ConsensusEpr with one mistake: a node that is asked again votes again. *)
EXTENDS ConsensusEpr

VoteAgain(n, m) ==
    /\ Request(m, n) \in msgs
    /\ voted' = voted \cup {n}
    /\ msgs' = msgs \cup {Ballot(n, m)}
    /\ UNCHANGED <<votes, leader, decided>>

\* want --explicit: violated Safety in state 17
============================================================================
