------------------------------- MODULE BagsExt -------------------------------
(* More operators on bags. *)
LOCAL INSTANCE Bags
LOCAL INSTANCE Naturals
LOCAL INSTANCE Folds

BagAdd(B, x) == [e \in DOMAIN B \cup {x} |-> CopiesIn(e, B) + IF e = x THEN 1 ELSE 0]
BagRemove(B, x) == B (-) SetToBag({x})
BagRemoveAll(B, x) == [e \in DOMAIN B \ {x} |-> B[e]]

(* The results for all elements x of B, put together by op: for each of them base
   and, as often as it is in the bag, f(x). The order is that of CHOOSE, not that
   of choose, as in the community's module. *)
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
  LET RECURSIVE Copies(_, _)
      Copies(x, n) == op(IF n = 1 THEN base ELSE Copies(x, n - 1), f(x))
  IN  MapThenFoldSet(op, base, LAMBDA x : Copies(x, B[x]), LAMBDA S : CHOOSE x \in S : TRUE, DOMAIN B)

(* op(... op(op(base, x), y), ...) over the elements from the least to the
   greatest, each as often as it is in the bag. *)
FoldBag(op(_, _), base, B) ==
  LET RECURSIVE Copies(_, _, _)
      Copies(acc, x, n) == IF n = 0 THEN acc ELSE Copies(op(acc, x), x, n - 1)
      RECURSIVE Over(_, _)
      Over(acc, S) ==
        IF S = {} THEN acc ELSE LET x == CHOOSE x \in S : TRUE IN Over(Copies(acc, x, B[x]), S \ {x})
  IN  Over(base, DOMAIN B)
SumBag(B) == FoldBag(LAMBDA x, y : x + y, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, y : x * y, 1, B)
==============================================================================
