--------------------------- MODULE QuorumTheorems ----------------------------
(* Facts about quorums are named in proofs only, which are not checked. *)
EXTENDS Quorum, FiniteSets
==============================================================================
