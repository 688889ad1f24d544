----------------------- MODULE QuorumElectionBroken ------------------------
(* QuorumElection with one mistake: half of the votes are enough. *)
EXTENDS QuorumElection

BecomeLeaderWithHalf(m) ==
    /\ Cardinality(Voters(m)) >= Cardinality(Node) \div 2
    /\ isLeader' = [isLeader EXCEPT ![m] = TRUE]
    /\ UNCHANGED voted

\* want --explicit: violated OneLeader in state 7
============================================================================
