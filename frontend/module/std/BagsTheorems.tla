---------------------------- MODULE BagsTheorems -----------------------------
(* Facts about bags are named in proofs only, which are not checked. *)
EXTENDS Bags, FiniteSets
==============================================================================
