-------------------------- MODULE ToyConsensusEpr --------------------------
(* ToyConsensus in relations alone: voted[n] is the set of values that n   *)
(* has voted for, and a value is decided for ever once some quorum of a    *)
(* given family agrees on it. After the example toy_consensus_epr of       *)
(* mypyvy (Feldman and others, 2019).                                      *)
CONSTANTS Node, Value, Quorum

ASSUME Quorum \subseteq SUBSET Node
ASSUME \A P, Q \in Quorum : \E n \in Node : n \in P /\ n \in Q

VARIABLES
    voted,      \* [Node -> SUBSET Value]
    decided     \* [Value -> BOOLEAN]

Init ==
    /\ voted = [n \in Node |-> {}]
    /\ decided = [v \in Value |-> FALSE]

Vote ==
    \E n \in Node, v \in Value :
        /\ voted[n] = {}
        /\ voted' = [voted EXCEPT ![n] = {v}]
        /\ UNCHANGED decided

ChosenAt(Q, v) == \A n \in Q : v \in voted[n]

Learn ==
    \E v \in Value :
        /\ \E Q \in Quorum : ChosenAt(Q, v)
        /\ decided' = [decided EXCEPT ![v] = TRUE]
        /\ UNCHANGED voted

Next == Vote \/ Learn

Spec == Init /\ [][Next]_<<voted, decided>>

(* Two decided values are one. *)
Safety == \A v, w \in Value : decided[v] /\ decided[w] => v = w

\* want --explicit: verified, 94 distinct, depth 5
============================================================================
