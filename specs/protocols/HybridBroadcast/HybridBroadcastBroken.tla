----------------------- MODULE HybridBroadcastBroken -----------------------
(* HybridBroadcast with one mistake: as many echoes as there are liars are *)
(* enough.                                                                 *)
EXTENDS HybridBroadcast

TooFew(S) == Cardinality(S) >= Cardinality(Liars)

\* want --explicit: violated Unforgeability in state 6
============================================================================
