--------------------------- MODULE ClientServer ----------------------------
(* Clients ask a server, which answers with any response that fits the       *)
(* request; messages may be doubled and reordered. What fits is arbitrary,   *)
(* so it is a variable that never changes. After client_server_ae of mypyvy: *)
(* its invariant needs a quantifier alternation.                             *)
CONSTANTS Client, Request, Response

VARIABLES
    fits,       \* <<r, p>>: response p fits request r
    requested,  \* <<c, r>>: c has sent r
    responded,  \* <<c, p>>: the server has sent p to c
    received    \* <<c, p>>: c has received p

vars == <<fits, requested, responded, received>>

TypeOK ==
    /\ fits \in SUBSET (Request \X Response)
    /\ requested \in SUBSET (Client \X Request)
    /\ responded \in SUBSET (Client \X Response)
    /\ received \in SUBSET (Client \X Response)

Init ==
    /\ fits \in SUBSET (Request \X Response)
    /\ requested = {}
    /\ responded = {}
    /\ received = {}

Ask(c, r) ==
    /\ requested' = requested \cup {<<c, r>>}
    /\ UNCHANGED <<fits, responded, received>>

Respond(c, r, p) ==
    /\ <<c, r>> \in requested
    /\ <<r, p>> \in fits
    /\ responded' = responded \cup {<<c, p>>}
    /\ UNCHANGED <<fits, requested, received>>

Receive(c, p) ==
    /\ <<c, p>> \in responded
    /\ received' = received \cup {<<c, p>>}
    /\ UNCHANGED <<fits, requested, responded>>

Next ==
    \E c \in Client, r \in Request, p \in Response :
        Ask(c, r) \/ Respond(c, r, p) \/ Receive(c, p)

Spec == Init /\ [][Next]_vars

(* What a client receives fits something that it has asked. *)
ResponsesFit ==
    \A c \in Client, p \in Response :
        <<c, p>> \in received =>
            \E r \in Request : <<c, r>> \in requested /\ <<r, p>> \in fits

\* want --explicit: verified, 4504 distinct, depth 13
============================================================================
