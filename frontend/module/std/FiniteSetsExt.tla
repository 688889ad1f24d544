---------------------------- MODULE FiniteSetsExt ----------------------------
(* Folds over finite sets, and what follows from them. *)
EXTENDS Integers, FiniteSets, Functions, Folds

(* op over the members from the least to the greatest: op(z, ... op(y, op(x, base))). *)
FoldSet(op(_, _), base, set) ==
  LET RECURSIVE Over(_, _)
      Over(acc, S) ==
        IF S = {} THEN acc ELSE LET x == CHOOSE x \in S : TRUE IN Over(op(x, acc), S \ {x})
  IN  Over(base, set)
ReduceSet(op(_, _), set, base) == FoldSet(op, base, set)
MapThenSumSet(op(_), set) ==
  MapThenFoldSet(LAMBDA x, y : x + y, 0, op, LAMBDA T : CHOOSE x \in T : TRUE, set)
SumSet(set) == FoldSet(LAMBDA x, y : x + y, 0, set)
ProductSet(set) == FoldSet(LAMBDA x, y : x * y, 1, set)
FlattenSet(S) == UNION S
SymDiff(A, B) == (A \ B) \cup (B \ A)

Quantify(S, P(_)) == Cardinality({x \in S : P(x)})
kSubset(k, S) == {T \in SUBSET S : Cardinality(T) = k}
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Min(S) == CHOOSE x \in S : \A y \in S : x <= y
Choices(Sets) == {Range(f) : f \in {g \in [Sets -> UNION Sets] : \A T \in Sets : g[T] \in T}}
ChooseUnique(S, P(_)) == CHOOSE x \in S : P(x) /\ \A y \in S \ {x} : ~P(y)
==============================================================================
