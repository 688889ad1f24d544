---------------------- MODULE DecentralizedLockBroken ----------------------
(* DecentralizedLock with one mistake: a message may be received twice. *)
EXTENDS DecentralizedLock

RecvAgain(src, dst) ==
    /\ <<src, dst>> \in message
    /\ hasLock' = [hasLock EXCEPT ![dst] = TRUE]
    /\ UNCHANGED message

\* want --explicit: violated Mutex in state 6
============================================================================
