------------------------ MODULE LockServerInductive ------------------------
(* Why LockServer is right: the lock is at one place at a time, with the *)
(* server, with a client, or in one message.                             *)
EXTENDS LockServer

OneGrant == \A c, d \in Client : granted[c] /\ granted[d] => c = d
OneReturn == \A c, d \in Client : returned[c] /\ returned[d] => c = d
GrantedOrHeld == \A c, d \in Client : ~(granted[c] /\ holds[d])
GrantedOrReturned == \A c, d \in Client : ~(granted[c] /\ returned[d])
HeldOrReturned == \A c, d \in Client : ~(holds[c] /\ returned[d])
OrWithTheServer == serverHas => \A c \in Client : ~granted[c] /\ ~holds[c] /\ ~returned[c]

\* want --explicit: verified, 80 distinct, depth 8
\* want --induct: verified
============================================================================
