--------------------- MODULE ToyConsensusForallBroken ----------------------
(* ToyConsensusForall with one mistake: the vote is cast and the flag is *)
(* not set.                                                              *)
EXTENDS ToyConsensusForall

CastUnflagged(n, v) ==
    /\ ~voted[n]
    /\ ballots' = ballots \cup {<<n, v>>}
    /\ UNCHANGED <<voted, decided>>

\* want --explicit: violated Safety in state 7
============================================================================
