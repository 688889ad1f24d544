------------------- MODULE ShardedKVNoLostKeysInductive --------------------
(* Why ShardedKVNoLostKeys is right. *)
EXTENDS ShardedKVNoLostKeys

ValuesAreOwned == \A e \in table : <<e[1], e[2]>> \in owner
OneValue == \A e, f \in table : e[1] = f[1] /\ e[2] = f[2] => e = f
OneOwner == \A o, p \in owner : o[2] = p[2] => o = p
OneMessage == \A m, l \in messages : m[2] = l[2] => m = l

\* want --explicit: verified, 225 distinct, depth 5
\* want --induct: verified
============================================================================
