----------------------- MODULE TwoPhaseVotingBroken ------------------------
(* TwoPhaseVoting with one mistake: the coordinator waits for the votes of *)
(* the living alone.                                                       *)
EXTENDS TwoPhaseVoting

OrderCommitOfLiving ==
    /\ Undecided
    /\ alive \subseteq yes
    /\ toCommit' = Node
    /\ UNCHANGED <<alive, yes, no, toAbort, committed, aborted, trouble>>

\* want --explicit: violated Safety in state 6
============================================================================
