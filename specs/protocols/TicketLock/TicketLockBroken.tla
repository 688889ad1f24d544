------------------------- MODULE TicketLockBroken --------------------------
(* TicketLock with one mistake: the increment of the next number may get   *)
(* lost, as when two threads read it before either of them writes it.      *)
EXTENDS TicketLock

DrawUncounted(t) ==
    /\ pc[t] = "idle"
    /\ pc' = [pc EXCEPT ![t] = "wait"]
    /\ ticket' = [ticket EXCEPT ![t] = next]
    /\ next' \in {next, next + 1}
    /\ UNCHANGED serving

\* want --explicit: violated Mutex in state 5
============================================================================
