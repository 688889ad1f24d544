----------------------- MODULE ConsensusForallBroken -----------------------
(* ConsensusForall with one mistake: a leader may decide again. *)
EXTENDS ConsensusForall

DecideAgain(n, v) ==
    /\ leader[n]
    /\ decided' = [decided EXCEPT ![n][v] = TRUE]
    /\ UNCHANGED <<asked, gave, voted, counted, counting, leader>>

\* want --explicit: violated Safety in state 7
============================================================================
