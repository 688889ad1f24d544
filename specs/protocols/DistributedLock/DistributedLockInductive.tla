--------------------- MODULE DistributedLockInductive ----------------------
(* Why DistributedLock is right: the lock is with its holder, or in one       *)
(* transfer that nobody has accepted, and that one has the latest epoch of all. *)
EXTENDS DistributedLock

AnnouncedWasGranted == \A l \in locked : [epoch |-> l.epoch, to |-> l.by] \in transfers
OneGrantPerEpoch == \A t, u \in transfers : t.epoch = u.epoch => t = u
HeldIsLatest ==
    \A n \in Node : held[n] =>
        /\ \A m \in Node : epoch[m] <= epoch[n] /\ (held[m] => m = n)
        /\ \A t \in transfers : t.epoch <= epoch[n]
UnacceptedIsLatest ==
    \A t \in transfers : t.epoch > epoch[t.to] =>
        /\ \A n \in Node : ~held[n] /\ epoch[n] < t.epoch
        /\ \A u \in transfers : u.epoch <= t.epoch

\* want --explicit: verified, 160 distinct, depth 8
\* want --induct: verified
============================================================================
