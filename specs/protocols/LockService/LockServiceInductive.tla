----------------------- MODULE LockServiceInductive ------------------------
(* Why LockService is right: a lock at home is with no client. *)
EXTENDS LockService

AtHomeIsFree == \A s \in Server, c \in Client : atHome[s] => s \notin locks[c]

\* want --explicit: verified, 16 distinct, depth 3
\* want --induct: verified
============================================================================
