---------------------------- MODULE ZeusCommit -----------------------------
(* The reliable commit of Zeus: an object is written by its owner, in        *)
(* versions, and its writes outlive it. Katsarakis and others, "Zeus:        *)
(* locality-aware distributed transactions", EuroSys 2021. Replicas act in   *)
(* an epoch, which ends when one of them fails; the writes of a dead owner   *)
(* are replayed by who knows of them, and it has a successor once all that   *)
(* live are valid.                                                           *)
EXTENDS Naturals

CONSTANTS Node, FirstOwner

ASSUME FirstOwner \in Node

VARIABLES
    alive, epoch,   \* who lives, known in the end to all: the membership
    nodeEpoch,      \* the epoch that each replica knows
    owner,
    state, version, \* of the object at each replica
    acks,           \* who has acknowledged the write or replay of a replica
    msgs

vars == <<alive, epoch, nodeEpoch, owner, state, version, acks, msgs>>

TypeOK ==
    /\ alive \subseteq Node
    /\ epoch \in Nat
    /\ nodeEpoch \in [Node -> Nat]
    /\ owner \in Node
    /\ state \in [Node -> {"valid", "invalid", "write", "replay"}]
    /\ version \in [Node -> Nat]
    /\ acks \in [Node -> SUBSET Node]
    /\ msgs \subseteq
           [type : {"inv", "ack"}, from : Node, epoch : Nat, version : Nat]
               \cup [type : {"val"}, epoch : Nat, version : Nat]

Init ==
    /\ alive = Node
    /\ epoch = 0
    /\ nodeEpoch = [n \in Node |-> 0]
    /\ owner = FirstOwner
    /\ state = [n \in Node |-> "valid"]
    /\ version = [n \in Node |-> 0]
    /\ acks = [n \in Node |-> {}]
    /\ msgs = {}

Send(m) == msgs' = msgs \cup {m}

\* n lives and knows it.
Active(n) == n \in alive /\ nodeEpoch[n] = epoch

Invalidate(n, v) == Send([type |-> "inv", from |-> n, epoch |-> epoch, version |-> v])

Write(n) ==
    /\ Active(n)
    /\ n = owner
    /\ state[n] = "valid"
    /\ state' = [state EXCEPT ![n] = "write"]
    /\ version' = [version EXCEPT ![n] = @ + 1]
    /\ acks' = [acks EXCEPT ![n] = {}]
    /\ Invalidate(n, version[n] + 1)
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner>>

\* In a new epoch an owner starts its write again, and anybody that of an
\* owner that has died.
Replay(n) ==
    /\ Active(n)
    /\ state[n] # "valid"
    /\ n = owner \/ owner \notin alive
    /\ state' = [state EXCEPT ![n] = "replay"]
    /\ acks' = [acks EXCEPT ![n] = {}]
    /\ Invalidate(n, version[n])
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner, version>>

RecvInv(n, m) ==
    /\ Active(n)
    /\ m.type = "inv" /\ m.from # n /\ m.epoch = epoch
    /\ Send([type |-> "ack", from |-> n, epoch |-> epoch, version |-> m.version])
    /\ IF m.version > version[n]
       THEN /\ version' = [version EXCEPT ![n] = m.version]
            /\ state' = [state EXCEPT ![n] = "invalid"]
       ELSE UNCHANGED <<version, state>>
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner, acks>>

RecvAck(n, m) ==
    /\ Active(n)
    /\ m.type = "ack" /\ m.epoch = epoch
    /\ state[n] \in {"write", "replay"}
    /\ m.version = version[n]
    /\ acks' = [acks EXCEPT ![n] = @ \cup {m.from}]
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner, state, version, msgs>>

Commit(n) ==
    /\ Active(n)
    /\ state[n] \in {"write", "replay"}
    /\ alive \ {n} \subseteq acks[n]
    /\ state' = [state EXCEPT ![n] = "valid"]
    /\ Send([type |-> "val", epoch |-> epoch, version |-> version[n]])
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner, version, acks>>

RecvVal(n, m) ==
    /\ Active(n)
    /\ m.type = "val" /\ m.epoch = epoch
    /\ m.version = version[n]
    /\ state' = [state EXCEPT ![n] = "valid"]
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner, version, acks, msgs>>

Fail(n) ==
    /\ n \in alive /\ alive # {n}
    /\ alive' = alive \ {n}
    /\ epoch' = epoch + 1
    /\ UNCHANGED <<nodeEpoch, owner, state, version, acks, msgs>>

LearnEpoch(n) ==
    /\ n \in alive /\ nodeEpoch[n] < epoch
    /\ nodeEpoch' = [nodeEpoch EXCEPT ![n] = epoch]
    /\ UNCHANGED <<alive, epoch, owner, state, version, acks, msgs>>

TakeOver(n) ==
    /\ Active(n)
    /\ owner \notin alive
    /\ \A m \in alive : state[m] = "valid"
    /\ owner' = n
    /\ UNCHANGED <<alive, epoch, nodeEpoch, state, version, acks, msgs>>

Next ==
    \E n \in Node :
        \/ Write(n) \/ Replay(n) \/ Commit(n) \/ Fail(n) \/ LearnEpoch(n) \/ TakeOver(n)
        \/ \E m \in msgs : RecvInv(n, m) \/ RecvAck(n, m) \/ RecvVal(n, m)

Spec == Init /\ [][Next]_vars

(* Replicas that live and are valid have the same version. *)
Consistent ==
    \A n, m \in alive : state[n] = "valid" /\ state[m] = "valid" => version[n] = version[m]

Few == epoch <= 1 /\ \A n \in Node : version[n] <= 1

\* want --explicit: verified, 2154 distinct, depth 21
============================================================================
