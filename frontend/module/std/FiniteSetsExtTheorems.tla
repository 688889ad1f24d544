------------------------ MODULE FiniteSetsExtTheorems ------------------------
(* Facts about finite sets are named in proofs only, which are not checked. *)
EXTENDS FiniteSets, FiniteSetsExt, Functions
==============================================================================
