------------------------ MODULE LockServerAutomaton ------------------------
(* The lock server again, its clients as automata: a client goes round     *)
(* idle, waiting, granted, holding, releasing, and the server is free or   *)
(* not. Where LockServer has messages, here a state of the client says     *)
(* what is on its way. After the example of Ivy that is called             *)
(* lockserv_automaton.                                                     *)
CONSTANT Client

VARIABLES
    state,      \* where each client is on its round
    server      \* "free", or "taken"

vars == <<state, server>>

States == {"idle", "waiting", "granted", "holding", "releasing"}

TypeOK == state \in [Client -> States] /\ server \in {"free", "taken"}

Init == state = [c \in Client |-> "idle"] /\ server = "free"

\* Client c goes from one state to another.
Go(c, from, to) ==
    /\ state[c] = from
    /\ state' = [state EXCEPT ![c] = to]

Request(c) == Go(c, "idle", "waiting") /\ UNCHANGED server
Grant(c)   == server = "free" /\ Go(c, "waiting", "granted") /\ server' = "taken"
Enter(c)   == Go(c, "granted", "holding") /\ UNCHANGED server
Leave(c)   == Go(c, "holding", "releasing") /\ UNCHANGED server
Free(c)    == Go(c, "releasing", "idle") /\ server' = "free"

Next == \E c \in Client : Request(c) \/ Grant(c) \/ Enter(c) \/ Leave(c) \/ Free(c)

Spec == Init /\ [][Next]_vars

(* Two clients in the critical section are one. *)
Mutex == \A c, d \in Client : state[c] = "holding" /\ state[d] = "holding" => c = d

\* want --explicit: verified, 112 distinct, depth 8
============================================================================
