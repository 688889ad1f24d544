-------------------------- MODULE NaiveConsensus ---------------------------
(* Consensus as one would do it at first: nodes vote, once, a quorum is seen *)
(* to agree, and what it agreed on is decided. After Ivy's naive_consensus.  *)
EXTENDS Naturals, FiniteSets

CONSTANTS Node, Value

Majorities == {Q \in SUBSET Node : Cardinality(Q) * 2 > Cardinality(Node)}

VARIABLES
    ballot,     \* ballot[n][v]: n has voted for v
    agreed,     \* pairs of a majority and the value that it voted for
    decision    \* pairs of a node and the value that it has decided

vars == <<ballot, agreed, decision>>

TypeOK ==
    /\ ballot \in [Node -> [Value -> BOOLEAN]]
    /\ agreed \subseteq Majorities \X Value
    /\ decision \subseteq Node \X Value

Init ==
    /\ ballot = [n \in Node |-> [v \in Value |-> FALSE]]
    /\ agreed = {}
    /\ decision = {}

Cast(n, v) ==
    /\ \A w \in Value : ~ballot[n][w]
    /\ ballot' = [ballot EXCEPT ![n][v] = TRUE]
    /\ UNCHANGED <<agreed, decision>>

Agree(Q, v) ==
    /\ \A n \in Q : ballot[n][v]
    /\ agreed' = agreed \cup {<<Q, v>>}
    /\ UNCHANGED <<ballot, decision>>

Decide(n, v) ==
    /\ \E Q \in Majorities : <<Q, v>> \in agreed
    /\ decision' = decision \cup {<<n, v>>}
    /\ UNCHANGED <<ballot, agreed>>

Next ==
    \E v \in Value :
        \/ \E n \in Node : Cast(n, v) \/ Decide(n, v)
        \/ \E Q \in Majorities : Agree(Q, v)

Spec == Init /\ [][Next]_vars

(* All nodes decide the same value. *)
Agreement == \A d, e \in decision : d[2] = e[2]

\* want --explicit: verified, 363 distinct, depth 11
============================================================================
