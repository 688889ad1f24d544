----------------------- MODULE TwoPhaseCommitBroken ------------------------
(* TwoPhaseCommit with one mistake: a resource manager may still give up *)
(* when it is prepared.                                                  *)
EXTENDS TwoPhaseCommit

RMGiveUpAnyTime(r) ==
    /\ rmState[r] \in {"working", "prepared"}
    /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
    /\ UNCHANGED <<tmState, tmHeard, msgs>>

\* want --explicit: violated Consistent in state 10
============================================================================
