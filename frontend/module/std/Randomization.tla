---------------------------- MODULE Randomization ----------------------------
(* Sets drawn at random; the seed of the run decides. *)
RandomSubset(k, S) == NATIVE
RandomSetOfSubsets(k, n, S) == NATIVE
TestRandomSetOfSubsets(k, n, S) == NATIVE
==============================================================================
