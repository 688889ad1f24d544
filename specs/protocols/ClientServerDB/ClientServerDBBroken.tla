----------------------- MODULE ClientServerDBBroken ------------------------
(* ClientServerDB with one mistake: an identifier is used again while the *)
(* answer for its last client is on the way.                              *)
EXTENDS ClientServerDB

PassOnReused(c, r, i) ==
    /\ r \in requested[c]
    /\ asker' = [asker EXCEPT ![i] = c]
    /\ dbRequests' = [dbRequests EXCEPT ![i] = {r}]
    /\ UNCHANGED <<fits, requested, dbResponses, responded, received>>

\* want --explicit: violated ResponsesFit in state 8
============================================================================
