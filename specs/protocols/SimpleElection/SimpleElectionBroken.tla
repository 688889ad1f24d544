----------------------- MODULE SimpleElectionBroken ------------------------
(* SimpleElection with one mistake: an acceptor looks whether it is *)
(* promised to this proposer, not whether it is promised at all.    *)
EXTENDS SimpleElection

PromiseMany(a, p) ==
    /\ p \in asked
    /\ <<a, p>> \notin promises
    /\ promises' = promises \cup {<<a, p>>}
    /\ UNCHANGED <<asked, leads>>

\* want --explicit: violated OneLeader in state 9
============================================================================
