-------------------------------- MODULE Reals --------------------------------
(* Real numbers: nothing computes with them, but specifications name them. *)
EXTENDS Integers
Real == NATIVE
a / b == NATIVE
Infinity == NATIVE
=============================================================================
