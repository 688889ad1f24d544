---------------------------- MODULE PaxosBroken ----------------------------
(* Paxos with one mistake: an acceptor looks at the last ballot in which it *)
(* has accepted, and not at its promise, when it is asked to accept.        *)
EXTENDS Paxos

AcceptUnpromised(a, b, v) ==
    /\ [type |-> "propose", bal |-> b, val |-> v] \in msgs
    /\ b >= lastBallot[a]
    /\ lastBallot' = [lastBallot EXCEPT ![a] = b]
    /\ lastValue' = [lastValue EXCEPT ![a] = v]
    /\ Send([type |-> "accept", bal |-> b, val |-> v, acc |-> a])
    /\ UNCHANGED promised

\* want --explicit: violated Agreement in state 13
============================================================================
