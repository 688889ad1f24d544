--------------------------- MODULE ToyConsensus ----------------------------
(* The smallest agreement protocol: each node votes for one value, once,  *)
(* and a value for which a quorum has voted is decided. It may get stuck; *)
(* it never decides two values. After Ivy's toy_consensus.                *)
EXTENDS Naturals, FiniteSets

CONSTANTS Node, Value, None

ASSUME None \notin Value

Quorum == {Q \in SUBSET Node : Cardinality(Q) * 2 > Cardinality(Node)}

VARIABLES
    vote,       \* vote[n]: the value that n has voted for, or None
    decision    \* the values decided

vars == <<vote, decision>>

Init ==
    /\ vote = [n \in Node |-> None]
    /\ decision = {}

Vote(n, v) ==
    /\ vote[n] = None
    /\ vote' = [vote EXCEPT ![n] = v]
    /\ UNCHANGED decision

Decide(v) ==
    /\ \E Q \in Quorum : \A n \in Q : vote[n] = v
    /\ decision' = decision \cup {v}
    /\ UNCHANGED vote

Next == \E v \in Value : Decide(v) \/ \E n \in Node : Vote(n, v)

Spec == Init /\ [][Next]_vars

(* At most one value is decided. *)
Agreement == \A v, w \in decision : v = w

\* want --explicit: verified, 41 distinct, depth 5
============================================================================
