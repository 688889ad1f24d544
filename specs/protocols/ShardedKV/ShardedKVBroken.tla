-------------------------- MODULE ShardedKVBroken --------------------------
(* ShardedKV with one mistake: who gives a key away still may write it. *)
EXTENDS ShardedKV

ReshardAndKeep(n, k, m) ==
    /\ table[n][k] # Nil
    /\ table' = [table EXCEPT ![n][k] = Nil]
    /\ transfers' = transfers \cup {[to |-> m, key |-> k, val |-> table[n][k]]}
    /\ UNCHANGED owner

\* want --explicit: violated OnePlace in state 5
============================================================================
