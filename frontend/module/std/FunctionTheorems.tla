-------------------------- MODULE FunctionTheorems ---------------------------
(* Facts about functions are named in proofs only, which are not checked. *)
EXTENDS Functions, Integers
==============================================================================
