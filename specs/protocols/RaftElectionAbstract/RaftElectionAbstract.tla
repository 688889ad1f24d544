----------------------- MODULE RaftElectionAbstract ------------------------
(* Raft's election in one step, as specifications of MongoDB's replication  *)
(* state it (Schultz, Dardik and Tripakis, CPP 2022): a server becomes      *)
(* primary in the term after its own, with a quorum of servers that have    *)
(* not been in that term, and all of the quorum enter it.                   *)
EXTENDS Naturals, FiniteSets

CONSTANT Server

Quorums(S) == {Q \in SUBSET S : Cardinality(Q) * 2 > Cardinality(S)}

VARIABLES term, primary

TypeOK == term \in [Server -> Nat] /\ primary \in SUBSET Server

Init == term = [s \in Server |-> 0] /\ primary = {}

BecomePrimary(s, Q) ==
    /\ s \in Q
    /\ \A q \in Q : term[q] <= term[s]
    /\ term' = [q \in Server |-> IF q \in Q THEN term[s] + 1 ELSE term[q]]
    /\ primary' = (primary \ Q) \cup {s}

\* s hears of the term of t.
Learn(s, t) ==
    /\ term[s] < term[t]
    /\ term' = [term EXCEPT ![s] = term[t]]
    /\ primary' = primary \ {s}

Next ==
    \/ \E s \in Server, Q \in Quorums(Server) : BecomePrimary(s, Q)
    \/ \E s, t \in Server : Learn(s, t)

Spec == Init /\ [][Next]_<<term, primary>>

(* A term has one primary at most. *)
OnePrimaryPerTerm == \A s, t \in primary : term[s] = term[t] => s = t

FewTerms == \A s \in Server : term[s] < 4

\* want --explicit: verified, 121 distinct, depth 4
============================================================================
