---------------------------- MODULE LockService ----------------------------
(* Locks that servers hand out, one lock a server. A client asks any       *)
(* server; a server whose lock is at home gives it away, and takes it back *)
(* when the client is done. The example with which Ivy and I4 introduce    *)
(* themselves (Ma and others, I4: Incremental Inference of Inductive       *)
(* Invariants, SOSP 2019), there called a lock server.                     *)
CONSTANTS Client, Server

VARIABLES
    atHome,     \* atHome[s]: nobody has the lock of s
    locks       \* locks[c]: the servers whose lock client c has

vars == <<atHome, locks>>

TypeOK ==
    /\ atHome \in [Server -> BOOLEAN]
    /\ locks \in [Client -> SUBSET Server]

Init ==
    /\ atHome = [s \in Server |-> TRUE]
    /\ locks = [c \in Client |-> {}]

Acquire(c, s) ==
    /\ atHome[s]
    /\ atHome' = [atHome EXCEPT ![s] = FALSE]
    /\ locks' = [locks EXCEPT ![c] = @ \cup {s}]

Release(c, s) ==
    /\ s \in locks[c]
    /\ atHome' = [atHome EXCEPT ![s] = TRUE]
    /\ locks' = [locks EXCEPT ![c] = @ \ {s}]

Next ==
    \E c \in Client, s \in Server : Acquire(c, s) \/ Release(c, s)

Spec == Init /\ [][Next]_vars

(* No lock is with two clients. *)
Exclusive == \A c, d \in Client : locks[c] \cap locks[d] # {} => c = d

\* want --explicit: verified, 16 distinct, depth 3
============================================================================
