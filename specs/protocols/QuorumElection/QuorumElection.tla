-------------------------- MODULE QuorumElection ---------------------------
(* Nodes elect one of themselves: each gives one vote to some node, and a  *)
(* node that a quorum voted for leads. After Ivy's                         *)
(* quorum_leader_election.                                                 *)
EXTENDS Naturals, FiniteSets

CONSTANT Node

VARIABLES
    voted,      \* voted[n][m]: n has voted for m
    isLeader

vars == <<voted, isLeader>>

TypeOK ==
    /\ voted \in [Node -> [Node -> BOOLEAN]]
    /\ isLeader \in [Node -> BOOLEAN]

Init ==
    /\ voted = [n \in Node |-> [m \in Node |-> FALSE]]
    /\ isLeader = [n \in Node |-> FALSE]

Vote(n, m) ==
    /\ \A k \in Node : ~voted[n][k]
    /\ voted' = [voted EXCEPT ![n][m] = TRUE]
    /\ UNCHANGED isLeader

Voters(m) == {n \in Node : voted[n][m]}

BecomeLeader(m) ==
    /\ Cardinality(Voters(m)) > Cardinality(Node) \div 2
    /\ isLeader' = [isLeader EXCEPT ![m] = TRUE]
    /\ UNCHANGED voted

Next == \E n \in Node : BecomeLeader(n) \/ \E m \in Node : Vote(n, m)

Spec == Init /\ [][Next]_vars

(* There are not two leaders. *)
OneLeader == \A n, m \in Node : isLeader[n] /\ isLeader[m] => n = m

\* want --explicit: verified, 693 distinct, depth 6
============================================================================
