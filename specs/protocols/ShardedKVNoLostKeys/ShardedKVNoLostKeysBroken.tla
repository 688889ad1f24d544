--------------------- MODULE ShardedKVNoLostKeysBroken ---------------------
(* ShardedKVNoLostKeys with one mistake: a node that receives a value does *)
(* not note that it owns the key now.                                      *)
EXTENDS ShardedKVNoLostKeys

ReceiveUnowned(n, k, v) ==
    /\ <<n, k, v>> \in messages
    /\ messages' = messages \ {<<n, k, v>>}
    /\ table' = table \cup {<<n, k, v>>}
    /\ UNCHANGED owner

\* want --explicit: violated NoKeyIsLost in state 4
============================================================================
