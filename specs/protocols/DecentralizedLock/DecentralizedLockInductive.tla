-------------------- MODULE DecentralizedLockInductive ---------------------
(* Why DecentralizedLock is right: the lock is at one place. *)
EXTENDS DecentralizedLock

OneMessage == \A m, k \in message : m = k
SentOrHeld == message # {} => \A n \in Node : ~hasLock[n]

\* want --explicit: verified, 20 distinct, depth 2
\* want --induct: verified
============================================================================
