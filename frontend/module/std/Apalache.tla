------------------------------ MODULE Apalache -------------------------------
(* Hints and operators of the symbolic model checker Apalache, with the meaning
   that they have as TLA+. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

x := e == x = e
Gen(size) == NATIVE
Skolem(e) == e
Expand(S) == S
ConstCardinality(e) == e
Guess(S) == CHOOSE x \in S : TRUE

MkSeq(n, F(_)) == [i \in 1 .. n |-> F(i)]

(* The function of a set of pairs. *)
SetAsFun(S) ==
  LET Dom == {p[1] : p \in S}
      Rng == {p[2] : p \in S}
  IN  [x \in Dom |-> CHOOSE y \in Rng : <<x, y>> \in S]

FunAsSeq(fn, len, maxLen) == [i \in 1 .. len |-> fn[i]]

ApaFoldSet(Op(_, _), v, S) ==
  LET RECURSIVE Rest(_, _)
      Rest(T, acc) == IF T = {} THEN acc ELSE LET x == CHOOSE x \in T : TRUE IN Rest(T \ {x}, Op(acc, x))
  IN  Rest(S, v)

ApaFoldSeqLeft(Op(_, _), v, seq) ==
  LET RECURSIVE Upto(_)
      Upto(i) == IF i = 0 THEN v ELSE Op(Upto(i - 1), seq[i])
  IN  Upto(Len(seq))

Repeat(F(_, _), N, x) ==
  LET RECURSIVE Times(_)
      Times(i) == IF i = 0 THEN x ELSE F(Times(i - 1), i)
  IN  Times(N)
==============================================================================
