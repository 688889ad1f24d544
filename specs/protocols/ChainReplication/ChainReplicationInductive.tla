--------------------- MODULE ChainReplicationInductive ---------------------
(* Why ChainReplication is right: who is later in the chain has less. *)
EXTENDS ChainReplication

LaterHasLess == \A s, t \in alive : s < t => Prefix(history[t], history[s])

\* want --explicit: verified, 1691 distinct, depth 11
============================================================================
