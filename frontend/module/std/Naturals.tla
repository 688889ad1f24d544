------------------------------ MODULE Naturals ------------------------------
(* Arithmetic on the natural numbers; lemma has all of it built in. *)
a + b == NATIVE
a - b == NATIVE
a * b == NATIVE
a ^ b == NATIVE
a < b == NATIVE
a > b == NATIVE
a \leq b == NATIVE
a \geq b == NATIVE
a % b == NATIVE
a \div b == NATIVE
a .. b == NATIVE
Nat == NATIVE
=============================================================================
