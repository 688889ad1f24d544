------------------------- MODULE DecentralizedLock -------------------------
(* A lock that nodes pass to each other, with no server. Who has it sends *)
(* it to whom it likes, in a message that is received once. After the     *)
(* simple decentralized lock of Ivy.                                      *)
CONSTANT Node

VARIABLES
    message,    \* the messages on the way, pairs of sender and receiver
    hasLock     \* hasLock[n]: n has the lock

TypeOK == message \subseteq Node \X Node /\ hasLock \in [Node -> BOOLEAN]

Init ==
    /\ message = {}
    /\ \E first \in Node : hasLock = [n \in Node |-> n = first]

Send(src, dst) ==
    /\ hasLock[src]
    /\ message' = message \cup {<<src, dst>>}
    /\ hasLock' = [hasLock EXCEPT ![src] = FALSE]

Recv(src, dst) ==
    /\ <<src, dst>> \in message
    /\ message' = message \ {<<src, dst>>}
    /\ hasLock' = [hasLock EXCEPT ![dst] = TRUE]

Next == \E src, dst \in Node : Send(src, dst) \/ Recv(src, dst)

Spec == Init /\ [][Next]_<<message, hasLock>>

(* Two nodes that have the lock are one. *)
Mutex == \A n, m \in Node : hasLock[n] /\ hasLock[m] => n = m

\* want --explicit: verified, 20 distinct, depth 2
============================================================================
