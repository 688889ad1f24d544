---------------------------- MODULE FoldsTheorems ----------------------------
(* Facts about folds are named in proofs only, which are not checked. *)
EXTENDS Folds, FiniteSets, Naturals
==============================================================================
