------------------------------ MODULE Hermes -------------------------------
(* Hermes: reads at every replica, writes by any. Katsarakis and others,     *)
(* "Hermes: a fast, fault-tolerant and linearizable replication protocol",   *)
(* ASPLOS 2020. A write invalidates all replicas and is valid once all that  *)
(* live have acknowledged it; a replica that finds itself invalidated by one *)
(* that has died replays its write. One key; the value is its timestamp, a   *)
(* version and the node that wrote it.                                       *)
EXTENDS Naturals

CONSTANT N      \* the number of replicas

ASSUME N \in Nat /\ N > 0

Node == 1..N
Timestamp == [ver : Nat, by : Node]

Newer(s, t) == s.ver > t.ver \/ (s.ver = t.ver /\ s.by > t.by)

VARIABLES
    alive,
    state,      \* state of the key at each replica
    ts,         \* its timestamp there
    writer,     \* the replica from which that timestamp came
    acks,       \* who has acknowledged the write or replay of this replica
    msgs

vars == <<alive, state, ts, writer, acks, msgs>>

States == {"valid", "invalid", "write", "replay", "trans"}

TypeOK ==
    /\ alive \subseteq Node
    /\ state \in [Node -> States]
    /\ ts \in [Node -> Timestamp]
    /\ writer \in [Node -> Node]
    /\ acks \in [Node -> SUBSET Node]
    /\ msgs \subseteq
           [type : {"inv", "ack"}, ts : Timestamp, from : Node]
               \cup [type : {"val"}, ts : Timestamp]

Init ==
    /\ alive = Node
    /\ state = [n \in Node |-> "valid"]
    /\ ts = [n \in Node |-> [ver |-> 0, by |-> 1]]
    /\ writer = [n \in Node |-> 1]
    /\ acks = [n \in Node |-> {}]
    /\ msgs = {}

Send(m) == msgs' = msgs \cup {m}

Write(n) ==
    LET new == [ver |-> ts[n].ver + 1, by |-> n]
    IN  /\ state[n] = "valid"
        /\ ts' = [ts EXCEPT ![n] = new]
        /\ state' = [state EXCEPT ![n] = "write"]
        /\ writer' = [writer EXCEPT ![n] = n]
        /\ acks' = [acks EXCEPT ![n] = {}]
        /\ Send([type |-> "inv", ts |-> new, from |-> n])
        /\ UNCHANGED alive

RecvInv(n, m) ==
    /\ m.type = "inv" /\ m.from # n
    /\ Send([type |-> "ack", ts |-> m.ts, from |-> n])
    /\ IF Newer(m.ts, ts[n])
       THEN /\ ts' = [ts EXCEPT ![n] = m.ts]
            /\ writer' = [writer EXCEPT ![n] = m.from]
            /\ state' = [state EXCEPT ![n] = IF @ \in {"write", "trans"} THEN "trans" ELSE "invalid"]
       ELSE UNCHANGED <<ts, writer, state>>
    /\ UNCHANGED <<alive, acks>>

RecvAck(n, m) ==
    /\ m.type = "ack"
    /\ state[n] \in {"write", "replay"}
    /\ m.ts = ts[n]
    /\ acks' = [acks EXCEPT ![n] = @ \cup {m.from}]
    /\ UNCHANGED <<alive, state, ts, writer, msgs>>

Validate(n) ==
    /\ state[n] \in {"write", "replay"}
    /\ alive \subseteq acks[n] \cup {n}
    /\ state' = [state EXCEPT ![n] = "valid"]
    /\ Send([type |-> "val", ts |-> ts[n]])
    /\ UNCHANGED <<alive, ts, writer, acks>>

RecvVal(n, m) ==
    /\ m.type = "val"
    /\ state[n] # "valid"
    /\ m.ts = ts[n]
    /\ state' = [state EXCEPT ![n] = "valid"]
    /\ UNCHANGED <<alive, ts, writer, acks, msgs>>

\* The write of n was overtaken by another one: it is as good as done.
GiveWay(n) ==
    /\ state[n] = "trans"
    /\ state' = [state EXCEPT ![n] = "invalid"]
    /\ UNCHANGED <<alive, ts, writer, acks, msgs>>

Replay(n) ==
    /\ state[n] = "invalid"
    /\ writer[n] \notin alive
    /\ state' = [state EXCEPT ![n] = "replay"]
    /\ writer' = [writer EXCEPT ![n] = n]
    /\ acks' = [acks EXCEPT ![n] = {}]
    /\ Send([type |-> "inv", ts |-> ts[n], from |-> n])
    /\ UNCHANGED <<alive, ts>>

Fail(n) ==
    /\ alive # {n}
    /\ alive' = alive \ {n}
    /\ UNCHANGED <<state, ts, writer, acks, msgs>>

Next ==
    \E n \in alive :
        \/ Write(n) \/ Validate(n) \/ GiveWay(n) \/ Replay(n) \/ Fail(n)
        \/ \E m \in msgs : RecvInv(n, m) \/ RecvAck(n, m) \/ RecvVal(n, m)

Spec == Init /\ [][Next]_vars

(* Two replicas that live and may be read have the same value. *)
Consistent ==
    \A n, m \in alive : state[n] = "valid" /\ state[m] = "valid" => ts[n] = ts[m]

FewVersions == \A n \in Node : ts[n].ver <= 1

\* want --explicit -c HermesSmall.cfg: verified, 203 distinct, depth 13
\* want-long --explicit: verified, 181153 distinct, depth 29
============================================================================
