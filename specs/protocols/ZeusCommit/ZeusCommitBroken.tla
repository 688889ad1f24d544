------------------------- MODULE ZeusCommitBroken --------------------------
(* ZeusCommit with one mistake: a write is committed when all have *)
(* acknowledged some write.                                        *)
EXTENDS ZeusCommit

RecvAnyAck(n, m) ==
    /\ Active(n)
    /\ m.type = "ack" /\ m.epoch = epoch
    /\ state[n] \in {"write", "replay"}
    /\ acks' = [acks EXCEPT ![n] = @ \cup {m.from}]
    /\ UNCHANGED <<alive, epoch, nodeEpoch, owner, state, version, msgs>>

TwoVersions == epoch = 0 /\ \A n \in Node : version[n] <= 2

\* want --explicit: violated Consistent in state 9
============================================================================
