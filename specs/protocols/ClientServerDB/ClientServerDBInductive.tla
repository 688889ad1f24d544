---------------------- MODULE ClientServerDBInductive ----------------------
(* Why ClientServerDB is right. *)
EXTENDS ClientServerDB

PassedOnWasAsked ==
    \A i \in Id : \A r \in dbRequests[i] : asker[i] # Free /\ r \in requested[asker[i]]
LookedUpFits == \A i \in Id : \A p \in dbResponses[i] : \E r \in dbRequests[i] : p \in fits[r]
SentFits == \A c \in Client : \A p \in responded[c] : \E r \in requested[c] : p \in fits[r]

\* want --explicit -c ClientServerDBInductiveSmall.cfg: verified, 464 distinct, depth 10
\* want --induct: verified
============================================================================
