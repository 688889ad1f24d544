------------------------------- MODULE BagsExt -------------------------------
(* More operators on bags. *)
LOCAL INSTANCE Bags
LOCAL INSTANCE Naturals
LOCAL INSTANCE Folds

BagAdd(B, x) == [e \in DOMAIN B \cup {x} |-> CopiesIn(e, B) + IF e = x THEN 1 ELSE 0]
BagRemove(B, x) == B (-) SetToBag({x})
BagRemoveAll(B, x) == [e \in DOMAIN B \ {x} |-> B[e]]

(* op over f(x) for all elements x of B, each as often as it is there. *)
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
  LET RECURSIVE Rest(_)
      Rest(C) == IF C = EmptyBag THEN base ELSE LET x == choose(DOMAIN C) IN op(f(x), Rest(BagRemove(C, x)))
  IN  Rest(B)
FoldBag(op(_, _), base, B) ==
  MapThenFoldBag(op, base, LAMBDA x : x, LAMBDA S : CHOOSE x \in S : TRUE, B)
SumBag(B) == FoldBag(LAMBDA x, y : x + y, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, y : x * y, 1, B)
==============================================================================
