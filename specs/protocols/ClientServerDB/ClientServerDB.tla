-------------------------- MODULE ClientServerDB ---------------------------
(* ClientServer with a database behind the server: the server gives each     *)
(* request that it passes on an identifier of its own, and finds the client  *)
(* again by it when the database has answered. After client_server_db_ae of  *)
(* mypyvy.                                                                   *)
CONSTANTS Client, Request, Response, Id, Free

ASSUME Free \notin Client

VARIABLES
    fits,           \* fits[r]: the responses that fit r
    requested,      \* requested[c]: the requests that c has sent
    asker,          \* asker[i]: the client that identifier i stands for, or Free
    dbRequests,     \* dbRequests[i]: requests sent to the database as i
    dbResponses,    \* dbResponses[i]: what it has answered to i
    responded,      \* responded[c]: the responses sent to c
    received        \* received[c]: those that c has received

vars == <<fits, requested, asker, dbRequests, dbResponses, responded, received>>

TypeOK ==
    /\ fits \in [Request -> SUBSET Response]
    /\ requested \in [Client -> SUBSET Request]
    /\ asker \in [Id -> Client \cup {Free}]
    /\ dbRequests \in [Id -> SUBSET Request]
    /\ dbResponses \in [Id -> SUBSET Response]
    /\ responded \in [Client -> SUBSET Response]
    /\ received \in [Client -> SUBSET Response]

Init ==
    /\ fits \in [Request -> SUBSET Response]
    /\ requested = [c \in Client |-> {}]
    /\ asker = [i \in Id |-> Free]
    /\ dbRequests = [i \in Id |-> {}]
    /\ dbResponses = [i \in Id |-> {}]
    /\ responded = [c \in Client |-> {}]
    /\ received = [c \in Client |-> {}]

Ask(c, r) ==
    /\ requested' = [requested EXCEPT ![c] = @ \cup {r}]
    /\ UNCHANGED <<fits, asker, dbRequests, dbResponses, responded, received>>

PassOn(c, r, i) ==
    /\ r \in requested[c]
    /\ asker[i] = Free
    /\ asker' = [asker EXCEPT ![i] = c]
    /\ dbRequests' = [dbRequests EXCEPT ![i] = @ \cup {r}]
    /\ UNCHANGED <<fits, requested, dbResponses, responded, received>>

LookUp(r, i, p) ==
    /\ r \in dbRequests[i]
    /\ p \in fits[r]
    /\ dbResponses' = [dbResponses EXCEPT ![i] = @ \cup {p}]
    /\ UNCHANGED <<fits, requested, asker, dbRequests, responded, received>>

Respond(i, p) ==
    /\ p \in dbResponses[i]
    /\ asker[i] # Free
    /\ responded' = [responded EXCEPT ![asker[i]] = @ \cup {p}]
    /\ UNCHANGED <<fits, requested, asker, dbRequests, dbResponses, received>>

Receive(c, p) ==
    /\ p \in responded[c]
    /\ received' = [received EXCEPT ![c] = @ \cup {p}]
    /\ UNCHANGED <<fits, requested, asker, dbRequests, dbResponses, responded>>

Next ==
    \/ \E c \in Client, r \in Request : Ask(c, r) \/ \E i \in Id : PassOn(c, r, i)
    \/ \E i \in Id, p \in Response : Respond(i, p) \/ \E r \in Request : LookUp(r, i, p)
    \/ \E c \in Client, p \in Response : Receive(c, p)

Spec == Init /\ [][Next]_vars

(* What a client receives fits something that it has asked. *)
ResponsesFit == \A c \in Client : \A p \in received[c] : \E r \in requested[c] : p \in fits[r]

\* want --explicit -c ClientServerDBSmall.cfg: verified, 3456 distinct, depth 12
============================================================================
