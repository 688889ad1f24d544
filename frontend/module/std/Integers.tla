------------------------------ MODULE Integers ------------------------------
(* Naturals with the negative numbers. *)
EXTENDS Naturals
Int == NATIVE
-. a == NATIVE
=============================================================================
