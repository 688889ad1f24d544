--------------------------------- MODULE TLC ---------------------------------
(* What a model checker offers beyond the language: output, assertions, values
   that it keeps, and functions written element by element. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

Print(out, val) == NATIVE
PrintT(out) == NATIVE
Assert(val, out) == NATIVE
JavaTime == NATIVE
TLCGet(i) == NATIVE
TLCSet(i, v) == NATIVE
d :> e == NATIVE
f @@ g == NATIVE
Permutations(S) == NATIVE
RandomElement(S) == NATIVE
Any == NATIVE
ToString(v) == NATIVE
TLCEval(v) == NATIVE

(* s with its elements in the order that Op tells, which is like \leq. *)
SortSeq(s, Op(_, _)) ==
  LET Place(p, q) == \/ Op(s[p], s[q]) /\ ~Op(s[q], s[p])
                     \/ (Op(s[p], s[q]) <=> Op(s[q], s[p])) /\ p < q
      Rank(p) == Cardinality({q \in 1 .. Len(s) : q # p /\ Place(q, p)}) + 1
  IN  [i \in 1 .. Len(s) |-> s[CHOOSE p \in 1 .. Len(s) : Rank(p) = i]]
=============================================================================
