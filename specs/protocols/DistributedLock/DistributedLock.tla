-------------------------- MODULE DistributedLock --------------------------
(* A lock that is handed from node to node, in epochs: the holder makes the *)
(* lock over to another node in a later epoch and stops holding it; the     *)
(* other node accepts unless it knows a later epoch, and announces that it  *)
(* holds. Messages are lost, doubled and reordered. IronFleet's first       *)
(* example (Hawblitzel and others, SOSP 2015).                              *)
EXTENDS Naturals

CONSTANTS Node, First

ASSUME First \in Node

VARIABLES
    epoch,      \* the latest epoch that each node knows
    held,       \* held[n]: n holds the lock, in its epoch
    transfers,  \* grants of an epoch to a node
    locked      \* announcements: the node holds, or held, in that epoch

vars == <<epoch, held, transfers, locked>>

TypeOK ==
    /\ epoch \in [Node -> Nat]
    /\ held \in [Node -> BOOLEAN]
    /\ transfers \subseteq [epoch : Nat, to : Node]
    /\ locked \subseteq [epoch : Nat, by : Node]

Init ==
    /\ epoch = [n \in Node |-> IF n = First THEN 1 ELSE 0]
    /\ held = [n \in Node |-> n = First]
    /\ transfers = {}
    /\ locked = {}

Grant(n, m) ==
    /\ held[n]
    /\ held' = [held EXCEPT ![n] = FALSE]
    /\ transfers' = transfers \cup {[epoch |-> epoch[n] + 1, to |-> m]}
    /\ UNCHANGED <<epoch, locked>>

Accept(t) ==
    /\ t.epoch > epoch[t.to]
    /\ epoch' = [epoch EXCEPT ![t.to] = t.epoch]
    /\ held' = [held EXCEPT ![t.to] = TRUE]
    /\ locked' = locked \cup {[epoch |-> t.epoch, by |-> t.to]}
    /\ UNCHANGED transfers

Next ==
    \/ \E n, m \in Node : Grant(n, m)
    \/ \E t \in transfers : Accept(t)

Spec == Init /\ [][Next]_vars

(* In no epoch do two nodes announce that they hold the lock. *)
OneHolderPerEpoch == \A k, l \in locked : k.epoch = l.epoch => k.by = l.by

FewEpochs == \A n \in Node : epoch[n] < 5

\* want --explicit: verified, 160 distinct, depth 8
============================================================================
