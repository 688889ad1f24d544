--------------------- MODULE MajoritySetElectionBroken ---------------------
(* MajoritySetElection with one mistake: who stands also counts itself, *)
(* though it may have voted for another.                                *)
EXTENDS MajoritySetElection

StandForOneself(n) ==
    /\ n \notin requests
    /\ requests' = requests \cup {n}
    /\ voters' = [voters EXCEPT ![n] = {n}]
    /\ UNCHANGED <<ballots, hasVoted, leaders>>

\* want --explicit: violated OneLeader in state 9
============================================================================
