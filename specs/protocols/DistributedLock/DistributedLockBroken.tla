----------------------- MODULE DistributedLockBroken -----------------------
(* DistributedLock with one mistake: a node accepts again what it has *)
(* accepted before.                                                   *)
EXTENDS DistributedLock

AcceptAgain(t) ==
    /\ t.epoch >= epoch[t.to]
    /\ epoch' = [epoch EXCEPT ![t.to] = t.epoch]
    /\ held' = [held EXCEPT ![t.to] = TRUE]
    /\ locked' = locked \cup {[epoch |-> t.epoch, by |-> t.to]}
    /\ UNCHANGED transfers

\* want --explicit: violated OneHolderPerEpoch in state 8
============================================================================
