--------------------------- MODULE ConsensusEpr ----------------------------
(* Elect a leader and let it decide: a node asks others for their vote, a  *)
(* node answers one of those who asked, who has the votes of a quorum      *)
(* leads, and a leader decides one value. After the consensus protocol of  *)
(* Taube and others, "Modularity for decidability of deductive             *)
(* verification", PLDI 2018, as mypyvy has it.                             *)
EXTENDS Naturals, FiniteSets

CONSTANTS Node, Value

Quorum == {Q \in SUBSET Node : Cardinality(Q) * 2 > Cardinality(Node)}

VARIABLES
    msgs,       \* requests and votes, all that were ever sent
    voted,      \* the nodes that have given their vote
    votes,      \* votes[n]: the nodes whose votes n has received
    leader,     \* leader[n]: n has been elected
    decided     \* decided[n]: the values that n has decided

vars == <<msgs, voted, votes, leader, decided>>

Request(from, to) == [type |-> "request", from |-> from, to |-> to]
Ballot(from, to)  == [type |-> "vote", from |-> from, to |-> to]

Init ==
    /\ msgs = {}
    /\ voted = {}
    /\ votes = [n \in Node |-> {}]
    /\ leader = [n \in Node |-> FALSE]
    /\ decided = [n \in Node |-> {}]

Ask(n, m) ==
    /\ msgs' = msgs \cup {Request(n, m)}
    /\ UNCHANGED <<voted, votes, leader, decided>>

Vote(n, m) ==
    /\ n \notin voted
    /\ Request(m, n) \in msgs
    /\ voted' = voted \cup {n}
    /\ msgs' = msgs \cup {Ballot(n, m)}
    /\ UNCHANGED <<votes, leader, decided>>

Count(n, m) ==
    /\ Ballot(m, n) \in msgs
    /\ votes' = [votes EXCEPT ![n] = @ \cup {m}]
    /\ UNCHANGED <<msgs, voted, leader, decided>>

Win(n) ==
    /\ \E Q \in Quorum : Q \subseteq votes[n]
    /\ leader' = [leader EXCEPT ![n] = TRUE]
    /\ UNCHANGED <<msgs, voted, votes, decided>>

Decide(n, v) ==
    /\ leader[n]
    /\ decided[n] = {}
    /\ decided' = [decided EXCEPT ![n] = {v}]
    /\ UNCHANGED <<msgs, voted, votes, leader>>

Next ==
    \/ \E n, m \in Node : Ask(n, m) \/ Vote(n, m) \/ Count(n, m)
    \/ \E n \in Node : Win(n)
    \/ \E n \in Node, v \in Value : Decide(n, v)

Spec == Init /\ [][Next]_vars

(* One node decides, and one value. *)
Safety ==
    \A n, m \in Node : \A v \in decided[n], w \in decided[m] : n = m /\ v = w

\* want --explicit: verified, 45440 distinct, depth 18
============================================================================
