---------------------------- MODULE LockServer -----------------------------
(* One lock, one server, clients that talk to it by messages. A client asks *)
(* for the lock; the server grants it when it has it; the client gives it   *)
(* back with an unlock message. The network loses nothing and keeps no      *)
(* order. This is the lock server of Verdi (Wilcox and others, PLDI 2015)   *)
(* with one message of each kind a client on the way at most.               *)
CONSTANT Client

VARIABLES
    asked,      \* a request of this client is on the way
    granted,    \* a grant to this client is on the way
    returned,   \* an unlock of this client is on the way
    holds,      \* this client has the lock
    serverHas   \* the server has it

vars == <<asked, granted, returned, holds, serverHas>>

TypeOK ==
    /\ asked \in [Client -> BOOLEAN]
    /\ granted \in [Client -> BOOLEAN]
    /\ returned \in [Client -> BOOLEAN]
    /\ holds \in [Client -> BOOLEAN]
    /\ serverHas \in BOOLEAN

Init ==
    /\ asked = [c \in Client |-> FALSE]
    /\ granted = [c \in Client |-> FALSE]
    /\ returned = [c \in Client |-> FALSE]
    /\ holds = [c \in Client |-> FALSE]
    /\ serverHas = TRUE

Ask(c) ==
    /\ asked' = [asked EXCEPT ![c] = TRUE]
    /\ UNCHANGED <<granted, returned, holds, serverHas>>

Grant(c) ==
    /\ asked[c] /\ serverHas
    /\ serverHas' = FALSE
    /\ asked' = [asked EXCEPT ![c] = FALSE]
    /\ granted' = [granted EXCEPT ![c] = TRUE]
    /\ UNCHANGED <<returned, holds>>

Take(c) ==
    /\ granted[c]
    /\ granted' = [granted EXCEPT ![c] = FALSE]
    /\ holds' = [holds EXCEPT ![c] = TRUE]
    /\ UNCHANGED <<asked, returned, serverHas>>

Return(c) ==
    /\ holds[c]
    /\ holds' = [holds EXCEPT ![c] = FALSE]
    /\ returned' = [returned EXCEPT ![c] = TRUE]
    /\ UNCHANGED <<asked, granted, serverHas>>

Regain(c) ==
    /\ returned[c]
    /\ returned' = [returned EXCEPT ![c] = FALSE]
    /\ serverHas' = TRUE
    /\ UNCHANGED <<asked, granted, holds>>

Next == \E c \in Client : Ask(c) \/ Grant(c) \/ Take(c) \/ Return(c) \/ Regain(c)

Spec == Init /\ [][Next]_vars

(* Two clients that have the lock are one. *)
Mutex == \A c, d \in Client : holds[c] /\ holds[d] => c = d

\* want --explicit: verified, 80 distinct, depth 8
============================================================================
