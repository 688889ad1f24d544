-------------------- MODULE RaftElectionAbstractBroken ---------------------
(* RaftElectionAbstract with one mistake: a quorum that is in the new term *)
(* already may still elect.                                                *)
EXTENDS RaftElectionAbstract

BecomePrimaryTwice(s, Q) ==
    /\ s \in Q
    /\ \A q \in Q : term[q] <= term[s] + 1
    /\ term' = [q \in Server |-> IF q \in Q THEN term[s] + 1 ELSE term[q]]
    /\ primary' = (primary \ Q) \cup {s}

\* want --explicit: violated OnePrimaryPerTerm in state 3
============================================================================
