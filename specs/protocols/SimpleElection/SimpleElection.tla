-------------------------- MODULE SimpleElection ---------------------------
(* An election by acceptors: a proposer asks all acceptors at once, an     *)
(* acceptor promises itself to one of those that asked, and a proposer     *)
(* with a quorum of promises leads. After Ivy's simple_election.           *)
EXTENDS FiniteSets, Naturals

CONSTANTS Acceptor, Proposer

Quorums == {Q \in SUBSET Acceptor : 2 * Cardinality(Q) > Cardinality(Acceptor)}

VARIABLES
    asked,      \* the proposers that have asked
    promises,   \* pairs: an acceptor and the proposer that it is promised to
    leads       \* leads[p]: p has been elected

vars == <<asked, promises, leads>>

TypeOK ==
    /\ asked \subseteq Proposer
    /\ promises \subseteq Acceptor \X Proposer
    /\ leads \in [Proposer -> BOOLEAN]

Init ==
    /\ asked = {}
    /\ promises = {}
    /\ leads = [p \in Proposer |-> FALSE]

Ask(p) ==
    /\ asked' = asked \cup {p}
    /\ UNCHANGED <<promises, leads>>

Promise(a, p) ==
    /\ p \in asked
    /\ \A q \in Proposer : <<a, q>> \notin promises
    /\ promises' = promises \cup {<<a, p>>}
    /\ UNCHANGED <<asked, leads>>

Lead(p) ==
    /\ \E Q \in Quorums : \A a \in Q : <<a, p>> \in promises
    /\ leads' = [leads EXCEPT ![p] = TRUE]
    /\ UNCHANGED <<asked, promises>>

Next ==
    \E p \in Proposer :
        \/ Ask(p)
        \/ \E a \in Acceptor : Promise(a, p)
        \/ Lead(p)

Spec == Init /\ [][Next]_vars

(* There is no second leader. *)
OneLeader == \A p, q \in Proposer : leads[p] /\ leads[q] => p = q

\* want --explicit: verified, 254 distinct, depth 8
============================================================================
