-------------------------------- MODULE Folds --------------------------------
(* The fold from which all others are made: op(f(x), ...) over the x in S, in
   the order in which choose takes them, with base last. *)
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET RECURSIVE Rest(_)
      Rest(T) == IF T = {} THEN base ELSE LET x == choose(T) IN op(f(x), Rest(T \ {x}))
  IN  Rest(S)
==============================================================================
