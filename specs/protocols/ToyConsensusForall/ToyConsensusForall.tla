------------------------ MODULE ToyConsensusForall -------------------------
(* ToyConsensus over relations: a set of ballots, each a node and a value, *)
(* a flag for each node that has voted, and quorums that are given. The    *)
(* flag lets the invariant do without an existential quantifier. After the *)
(* example toy_consensus_forall of mypyvy (Feldman and others, 2019).      *)
CONSTANTS Node, Value, Quorum

ASSUME QuorumsMeet ==
    /\ Quorum \subseteq SUBSET Node
    /\ \A P, Q \in Quorum : P \cap Q # {}

VARIABLES ballots, voted, decided

vars == <<ballots, voted, decided>>

TypeOK ==
    /\ ballots \subseteq Node \X Value
    /\ voted \in [Node -> BOOLEAN]
    /\ decided \subseteq Value \X Quorum

Init ==
    /\ ballots = {}
    /\ voted = [n \in Node |-> FALSE]
    /\ decided = {}

CastVote(n, v) ==
    /\ ~voted[n]
    /\ ballots' = ballots \cup {<<n, v>>}
    /\ voted' = [voted EXCEPT ![n] = TRUE]
    /\ decided' = decided

\* The quorum Q is seen to have voted for v.
Decide(v, Q) ==
    /\ \A n \in Q : <<n, v>> \in ballots
    /\ decided' = decided \cup {<<v, Q>>}
    /\ UNCHANGED <<ballots, voted>>

Next ==
    \/ \E n \in Node, v \in Value : CastVote(n, v)
    \/ \E v \in Value, Q \in Quorum : Decide(v, Q)

Spec == Init /\ [][Next]_vars

(* All that is decided is the same value. *)
Safety == \A d, e \in decided : d[1] = e[1]

\* want --explicit: verified, 53 distinct, depth 7
============================================================================
