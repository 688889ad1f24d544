----------------------------- MODULE Handshake -----------------------------
(* A two-phase handshake, as hardware has it: one wire for requests, one for *)
(* acknowledgements; a change of one says that there is a value, a change of *)
(* the other that it was taken. Seen from afar it does nothing but alternate *)
(* between sending and taking.                                               *)
EXTENDS Naturals

CONSTANT Data

VARIABLES req, ack, value

vars == <<req, ack, value>>

TypeOK == req \in 0..1 /\ ack \in 0..1 /\ value \in Data

Init == req \in 0..1 /\ ack = req /\ value \in Data

Send == req = ack /\ req' = 1 - req /\ value' \in Data /\ UNCHANGED ack
Take == req # ack /\ ack' = req /\ UNCHANGED <<req, value>>

Next == Send \/ Take

Spec == Init /\ [][Next]_vars /\ WF_vars(Take)

\* The handshake from afar: a slot is full or empty.
full == req # ack
Alternates == ~full /\ [][full' = ~full]_full

IsTaken == full ~> ~full
IsSent == ~full ~> full

\* want --explicit: verified, 12 distinct, depth 2
\* want --explicit --property IsSent: lasso IsSent
============================================================================
