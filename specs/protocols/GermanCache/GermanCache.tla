---------------------------- MODULE GermanCache ----------------------------
(* German's cache coherence protocol, as Pnueli, Ruah and Zuck made it known *)
(* ("Automatic deductive verification with invisible invariants", TACAS      *)
(* 2001). A directory serves one request at a time, for shared or exclusive  *)
(* access, and invalidates caches by messages where that is needed. Each     *)
(* client has a channel of one message for requests, one for what the        *)
(* directory tells it, and one for its acknowledgements.                     *)
CONSTANTS Client, Nobody

ASSUME Nobody \notin Client

VARIABLES
    cache,              \* what each client may do: nothing, read, or write
    request, told, ack, \* the three channels of each client
    sharers,            \* the clients that the directory knows to have access
    toInvalidate,       \* those whose access the present request ends
    exclusive,          \* access was given exclusively
    command, current    \* the present request and its client

vars == <<cache, request, told, ack, sharers, toInvalidate, exclusive, command, current>>

TypeOK ==
    /\ cache \in [Client -> {"invalid", "shared", "exclusive"}]
    /\ request \in [Client -> {"none", "share", "own"}]
    /\ told \in [Client -> {"none", "invalidate", "grant shared", "grant exclusive"}]
    /\ ack \in [Client -> BOOLEAN]
    /\ sharers \subseteq Client
    /\ toInvalidate \subseteq Client
    /\ exclusive \in BOOLEAN
    /\ command \in {"none", "share", "own"}
    /\ current \in Client \cup {Nobody}

Init ==
    /\ cache = [c \in Client |-> "invalid"]
    /\ request = [c \in Client |-> "none"]
    /\ told = [c \in Client |-> "none"]
    /\ ack = [c \in Client |-> FALSE]
    /\ sharers = {}
    /\ toInvalidate = {}
    /\ exclusive = FALSE
    /\ command = "none"
    /\ current = Nobody

RequestShared(c) ==
    /\ request[c] = "none" /\ cache[c] = "invalid"
    /\ request' = [request EXCEPT ![c] = "share"]
    /\ UNCHANGED <<cache, told, ack, sharers, toInvalidate, exclusive, command, current>>

RequestExclusive(c) ==
    /\ request[c] = "none" /\ cache[c] \in {"invalid", "shared"}
    /\ request' = [request EXCEPT ![c] = "own"]
    /\ UNCHANGED <<cache, told, ack, sharers, toInvalidate, exclusive, command, current>>

TakeRequest(c) ==
    /\ command = "none" /\ request[c] # "none"
    /\ command' = request[c]
    /\ current' = c
    /\ request' = [request EXCEPT ![c] = "none"]
    /\ toInvalidate' = sharers
    /\ UNCHANGED <<cache, told, ack, sharers, exclusive>>

Invalidate(c) ==
    /\ command = "own" \/ (command = "share" /\ exclusive)
    /\ c \in toInvalidate /\ told[c] = "none"
    /\ told' = [told EXCEPT ![c] = "invalidate"]
    /\ toInvalidate' = toInvalidate \ {c}
    /\ UNCHANGED <<cache, request, ack, sharers, exclusive, command, current>>

Acknowledge(c) ==
    /\ told[c] = "invalidate" /\ ~ack[c]
    /\ told' = [told EXCEPT ![c] = "none"]
    /\ ack' = [ack EXCEPT ![c] = TRUE]
    /\ cache' = [cache EXCEPT ![c] = "invalid"]
    /\ UNCHANGED <<request, sharers, toInvalidate, exclusive, command, current>>

TakeAck(c) ==
    /\ ack[c] /\ command # "none"
    /\ ack' = [ack EXCEPT ![c] = FALSE]
    /\ sharers' = sharers \ {c}
    /\ exclusive' = FALSE
    /\ UNCHANGED <<cache, request, told, toInvalidate, command, current>>

GrantShared(c) ==
    /\ command = "share" /\ current = c /\ told[c] = "none" /\ ~exclusive
    /\ told' = [told EXCEPT ![c] = "grant shared"]
    /\ sharers' = sharers \cup {c}
    /\ command' = "none"
    /\ current' = Nobody
    /\ UNCHANGED <<cache, request, ack, toInvalidate, exclusive>>

GrantExclusive(c) ==
    /\ command = "own" /\ current = c /\ told[c] = "none" /\ ~exclusive
    /\ sharers = {}
    /\ told' = [told EXCEPT ![c] = "grant exclusive"]
    /\ sharers' = {c}
    /\ exclusive' = TRUE
    /\ command' = "none"
    /\ current' = Nobody
    /\ UNCHANGED <<cache, request, ack, toInvalidate>>

Receive(c) ==
    /\ told[c] \in {"grant shared", "grant exclusive"}
    /\ cache' = [cache EXCEPT ![c] = IF told[c] = "grant shared" THEN "shared" ELSE "exclusive"]
    /\ told' = [told EXCEPT ![c] = "none"]
    /\ UNCHANGED <<request, ack, sharers, toInvalidate, exclusive, command, current>>

Next ==
    \E c \in Client :
        \/ RequestShared(c) \/ RequestExclusive(c) \/ Acknowledge(c) \/ Receive(c)
        \/ TakeRequest(c) \/ Invalidate(c) \/ TakeAck(c) \/ GrantShared(c) \/ GrantExclusive(c)

Spec == Init /\ [][Next]_vars

(* Who may write is alone. *)
Coherent ==
    \A c, d \in Client : c # d /\ cache[c] = "exclusive" => cache[d] = "invalid"

\* want --explicit: verified, 27513 distinct, depth 27
============================================================================
