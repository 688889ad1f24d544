------------------------ MODULE FlexiblePaxosBroken ------------------------
(* FlexiblePaxos with one mistake: two of the acceptors are a quorum of      *)
(* promises, and any one is a quorum of votes. They need not meet.           *)
EXTENDS FlexiblePaxos

AnyOne == {{a} : a \in Acceptor}

ChosenByOne(b, v) == \E Q \in AnyOne : \A a \in Q : [acc |-> a, bal |-> b, val |-> v] \in votes

\* want --explicit: violated Agreement in state 9
============================================================================
