------------------------- MODULE LockServerBroken --------------------------
(* LockServer with one mistake: a client that gives the lock back goes on *)
(* using it until it hears of the next grant.                             *)
EXTENDS LockServer

ReturnLate(c) ==
    /\ holds[c]
    /\ returned' = [returned EXCEPT ![c] = TRUE]
    /\ UNCHANGED <<asked, granted, holds, serverHas>>

\* want --explicit: violated Mutex in state 9
============================================================================
