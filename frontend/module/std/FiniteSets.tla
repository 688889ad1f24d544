----------------------------- MODULE FiniteSets -----------------------------
(* Finite sets and the number of their elements. *)
IsFiniteSet(S) == NATIVE
Cardinality(S) == NATIVE
=============================================================================
