-------------------------- MODULE PetersonBroken ---------------------------
(* Peterson with one mistake: a process takes the turn itself. *)
EXTENDS Peterson

TakeTurn(p) == Go(p, "wants", "waits") /\ turn' = p /\ UNCHANGED flag

\* want --explicit: violated Mutex in state 7
============================================================================
