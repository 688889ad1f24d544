------------------------ MODULE FlexiblePaxosBroken ------------------------
(* FlexiblePaxos with one mistake: an acceptor that promises does not tell *)
(* its vote.                                                               *)
EXTENDS FlexiblePaxos

PromiseSilently(a, b) ==
    /\ ~PromisedPast(a, b)
    /\ ~\E v \in votes : v.acc = a /\ v.bal >= b
    /\ promises' = promises \cup {[acc |-> a, bal |-> b, last |-> -1, val |-> None]}
    /\ UNCHANGED <<proposals, votes>>

\* want --explicit: violated Agreement in state 9
============================================================================
