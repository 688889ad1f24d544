----------------------------- MODULE Statistics ------------------------------
(* Tests of hypotheses. *)
ChiSquare(expected, actual, alpha) == NATIVE
==============================================================================
