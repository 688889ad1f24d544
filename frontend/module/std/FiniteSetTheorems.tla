-------------------------- MODULE FiniteSetTheorems --------------------------
(* Facts about finite sets are named in proofs only, which are not checked. *)
EXTENDS FiniteSets, Sequences, FunctionTheorems, WellFoundedInduction
==============================================================================
