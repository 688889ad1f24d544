---------------------------- MODULE LeaseManager ----------------------------
(* The lesson's lease table. One row names the node that leads and until    *)
(* when; nodes take and renew the lease by compare-and-swap on the row      *)
(* they have read, as in                                                    *)
(*                                                                          *)
(*   UPDATE cluster_leader_leases                                           *)
(*      SET current_term = :term + 1, leader_node_id = :me, ...             *)
(*    WHERE lease_id = :id AND current_term = :term AND ...                 *)
(*                                                                          *)
(* The database has the time that counts. A node's clock is at most         *)
(* MaxDrift from it, so a node gives up its lease that much early. A node   *)
(* may be paused between looking at its clock and acting on it; what it     *)
(* then sends to the store carries its term, and the store refuses terms    *)
(* older than the newest that it has seen (the fencing term).               *)
EXTENDS Integers

CONSTANTS
    Nodes,
    Duration,   \* of a lease
    MaxDrift,   \* of a node's clock from the database's
    MaxTime,    \* the model ends here
    MaxTerm     \* and here

ASSUME /\ {Duration, MaxDrift, MaxTime, MaxTerm} \subseteq Nat
       /\ Duration > 2 * MaxDrift

VARIABLES
    now,        \* the database's clock
    row,        \* the row of the table
    clock,      \* each node's clock
    seen,       \* the term that each node last read from the row
    lease,      \* each node's lease as it knows it: its term, and until when
    intent,     \* the term under which a node is about to write; 0 for none
    fence,      \* the newest term that the store has seen
    written     \* the term of the last write that the store accepted

vars == <<now, row, clock, seen, lease, intent, fence, written>>

Nobody == "nobody"
NoLease == [term |-> 0, until |-> 0]

Max(a, b) == IF a > b THEN a ELSE b

Init ==
    /\ now = 0
    /\ row = [lease_id |-> "coordinator", current_term |-> 0,
              leader_node_id |-> Nobody, voted_for_node_id |-> Nobody,
              lease_expires_at |-> 0, updated_at |-> 0]
    /\ clock = [n \in Nodes |-> 0]
    /\ seen = [n \in Nodes |-> 0]
    /\ lease = [n \in Nodes |-> NoLease]
    /\ intent = [n \in Nodes |-> 0]
    /\ fence = 0
    /\ written = 0

\* n holds a lease that its own clock, at its worst, says is valid.
Holds(n) == lease[n].term > 0 /\ clock[n] + MaxDrift < lease[n].until

\* Time passes; the nodes' clocks drift, within the bound, never backwards.
Tick ==
    /\ now < MaxTime
    /\ now' = now + 1
    /\ clock' \in [Nodes -> Max(0, now + 1 - MaxDrift) .. (now + 1 + MaxDrift)]
    /\ \A n \in Nodes : clock'[n] >= clock[n]
    /\ UNCHANGED <<row, seen, lease, intent, fence, written>>

\* SELECT current_term FROM cluster_leader_leases
Read(n) ==
    /\ seen[n] # row.current_term
    /\ seen' = [seen EXCEPT ![n] = row.current_term]
    /\ UNCHANGED <<now, row, clock, lease, intent, fence, written>>

\* UPDATE ... WHERE current_term = :seen
\*   AND (leader_node_id IS NULL OR lease_expires_at <= now())
Acquire(n) ==
    /\ row.current_term = seen[n]
    /\ row.leader_node_id = Nobody \/ row.lease_expires_at <= now
    /\ row.current_term < MaxTerm
    /\ row' = [row EXCEPT !.current_term = @ + 1,
                          !.leader_node_id = n,
                          !.voted_for_node_id = n,
                          !.lease_expires_at = now + Duration,
                          !.updated_at = now]
    /\ seen' = [seen EXCEPT ![n] = @ + 1]
    /\ lease' = [lease EXCEPT ![n] = [term |-> seen[n] + 1, until |-> now + Duration]]
    /\ UNCHANGED <<now, clock, intent, fence, written>>

\* UPDATE ... WHERE current_term = :mine AND leader_node_id = :me
Renew(n) ==
    /\ row.leader_node_id = n
    /\ row.current_term = lease[n].term
    /\ row.lease_expires_at < now + Duration
    /\ row' = [row EXCEPT !.lease_expires_at = now + Duration, !.updated_at = now]
    /\ lease' = [lease EXCEPT ![n].until = now + Duration]
    /\ UNCHANGED <<now, clock, seen, intent, fence, written>>

\* n gives its lease back before its time. A write that it has decided on may
\* still be on its way.
Release(n) ==
    /\ row.leader_node_id = n
    /\ row.current_term = lease[n].term
    /\ row' = [row EXCEPT !.leader_node_id = Nobody, !.updated_at = now]
    /\ lease' = [lease EXCEPT ![n] = NoLease]
    /\ UNCHANGED <<now, clock, seen, intent, fence, written>>

\* n looks at its clock and decides to write. Then it may be paused.
Decide(n) ==
    /\ intent[n] = 0
    /\ Holds(n)
    /\ intent' = [intent EXCEPT ![n] = lease[n].term]
    /\ UNCHANGED <<now, row, clock, seen, lease, fence, written>>

\* The write arrives, perhaps much later. The store checks its term.
Write(n) ==
    /\ intent[n] > 0
    /\ intent' = [intent EXCEPT ![n] = 0]
    /\ IF intent[n] >= fence
       THEN fence' = intent[n] /\ written' = intent[n]
       ELSE UNCHANGED <<fence, written>>
    /\ UNCHANGED <<now, row, clock, seen, lease>>

\* n crashes and comes back knowing nothing; the row is in the database.
Crash(n) ==
    /\ lease' = [lease EXCEPT ![n] = NoLease]
    /\ seen' = [seen EXCEPT ![n] = 0]
    /\ intent' = [intent EXCEPT ![n] = 0]
    /\ UNCHANGED <<now, row, clock, fence, written>>

Next ==
    \/ Tick
    \/ \E n \in Nodes :
        Read(n) \/ Acquire(n) \/ Renew(n) \/ Release(n) \/ Decide(n) \/ Write(n) \/ Crash(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
TypeOK ==
    /\ now \in Nat
    /\ row \in [lease_id : {"coordinator"}, current_term : Nat,
                leader_node_id : Nodes \cup {Nobody}, voted_for_node_id : Nodes \cup {Nobody},
                lease_expires_at : Nat, updated_at : Nat]
    /\ clock \in [Nodes -> Nat]
    /\ seen \in [Nodes -> Nat]
    /\ lease \in [Nodes -> [term : Nat, until : Nat]]
    /\ intent \in [Nodes -> Nat]
    /\ fence \in Nat
    /\ written \in Nat

\* At most one node may believe that it holds the lease.
AtMostOneLeader == \A m, n \in Nodes : Holds(m) /\ Holds(n) => m = n

\* A node that believes so is the one that the row names.
HolderIsInRow ==
    \A n \in Nodes : Holds(n) =>
        row.leader_node_id = n /\ row.current_term = lease[n].term

\* The store never goes back to an older term: a write of a holder that was
\* paused beyond its lease is refused once a later holder has written.
NoStaleWrite == written = fence

\* What is known of clocks, terms and the row.
ClocksNearby == \A n \in Nodes : clock[n] <= now + MaxDrift /\ now <= clock[n] + MaxDrift

TermsFromRow ==
    /\ \A n \in Nodes :
        /\ lease[n].term <= row.current_term
        /\ intent[n] <= row.current_term
    /\ fence <= row.current_term

LeaseFromRow ==
    \A n \in Nodes : lease[n].term > 0 =>
        \/ /\ lease[n].term = row.current_term
           /\ row.leader_node_id = n
           /\ lease[n].until <= row.lease_expires_at
        \/ /\ lease[n].term < row.current_term
           /\ lease[n].until <= now

\* want --explicit: verified
\* want --bmc --depth 6: clean to 6
\* want --induct --any MaxTerm --any MaxTime: proved AtMostOneLeader
=============================================================================
