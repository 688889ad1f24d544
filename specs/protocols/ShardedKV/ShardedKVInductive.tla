------------------------ MODULE ShardedKVInductive -------------------------
(* Why ShardedKV is right: a key has one owner, or is on the way once. *)
EXTENDS ShardedKV

ValuesAreOwned == \A n \in Node, k \in Key : table[n][k] # Nil => k \in owner[n]
OneOwner == \A n, m \in Node : owner[n] \cap owner[m] # {} => n = m
SentIsNotOwned == \A t \in transfers, n \in Node : t.key \notin owner[n]
SentOnce == \A t, u \in transfers : t.key = u.key => t = u

\* want --explicit: verified, 256 distinct, depth 5
\* want --induct: verified
============================================================================
