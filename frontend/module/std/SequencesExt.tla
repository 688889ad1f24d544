---------------------------- MODULE SequencesExt -----------------------------
(* More operators on sequences. *)
EXTENDS Sequences, Naturals, FiniteSets, FiniteSetsExt, Folds, Functions, Bags, TLC

(* Sequences and sets. *)
ToSet(s) == {s[i] : i \in DOMAIN s}
ToBag(s) == [x \in ToSet(s) |-> Cardinality({i \in DOMAIN s : s[i] = x})]
SetToSeq(S) ==
  LET RECURSIVE Listed(_)
      Listed(T) == IF T = {} THEN << >> ELSE LET x == CHOOSE x \in T : TRUE IN <<x>> \o Listed(T \ {x})
  IN  Listed(S)
SetToSeqs(S) == {f \in [1 .. Cardinality(S) -> S] : IsInjective(f)}
SetToSortSeq(S, op(_, _)) == SortSeq(SetToSeq(S), op)
SetToAllKPermutations(S) == UNION {SetToSeqs(T) : T \in SUBSET S}
TupleOf(set, n) == [1 .. n -> set]
SeqOf(set, n) == UNION {[1 .. k -> set] : k \in 0 .. n}
BoundedSeq(S, n) == SeqOf(S, n)

(* Elements and their places. *)
Contains(s, e) == \E i \in DOMAIN s : s[i] = e
IsSorted(s, op(_, _)) == \A i, j \in DOMAIN s : i < j => op(s[i], s[j])
SelectInSeq(seq, Test(_)) ==
  LET Hits == {i \in DOMAIN seq : Test(seq[i])} IN IF Hits = {} THEN 0 ELSE Min(Hits)
SelectInSubSeq(seq, from, to, Test(_)) ==
  LET Hits == {i \in from .. to : Test(seq[i])} IN IF Hits = {} THEN 0 ELSE Min(Hits)
SelectLastInSeq(seq, Test(_)) ==
  LET Hits == {i \in DOMAIN seq : Test(seq[i])} IN IF Hits = {} THEN 0 ELSE Max(Hits)
SelectLastInSubSeq(seq, from, to, Test(_)) ==
  LET Hits == {i \in from .. to : Test(seq[i])} IN IF Hits = {} THEN 0 ELSE Max(Hits)

(* Sequences with something changed. *)
Reverse(s) == [i \in 1 .. Len(s) |-> s[Len(s) + 1 - i]]
Remove(s, e) == SelectSeq(s, LAMBDA x : x # e)
ReplaceAll(s, old, new) == [i \in 1 .. Len(s) |-> IF s[i] = old THEN new ELSE s[i]]
InsertAt(s, i, e) == Append(SubSeq(s, 1, i - 1), e) \o SubSeq(s, i, Len(s))
ReplaceAt(s, i, e) == [s EXCEPT ![i] = e]
RemoveAt(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))
RemoveFirstMatch(s, Test(_)) ==
  LET i == SelectInSeq(s, Test) IN IF i = 0 THEN s ELSE RemoveAt(s, i)
RemoveFirst(s, e) == RemoveFirstMatch(s, LAMBDA x : x = e)
Cons(elt, seq) == <<elt>> \o seq
Snoc(elt, seq) == Append(seq, elt)
Front(s) == SubSeq(s, 1, Len(s) - 1)
Last(s) == s[Len(s)]

(* Prefixes and suffixes. *)
IsPrefix(s, t) == Len(s) <= Len(t) /\ s = SubSeq(t, 1, Len(s))
IsStrictPrefix(s, t) == IsPrefix(s, t) /\ s # t
IsSuffix(s, t) == Len(s) <= Len(t) /\ s = SubSeq(t, Len(t) - Len(s) + 1, Len(t))
IsStrictSuffix(s, t) == IsSuffix(s, t) /\ s # t
Prefixes(s) == {SubSeq(s, 1, n) : n \in 0 .. Len(s)}
Suffixes(s) == {SubSeq(s, n, Len(s)) : n \in 1 .. Len(s) + 1}
CommonPrefixes(S) == {p \in UNION {Prefixes(s) : s \in S} : \A s \in S : IsPrefix(p, s)}
LongestCommonPrefix(S) ==
  LET Common == CommonPrefixes(S) IN CHOOSE p \in Common : \A q \in Common : Len(q) <= Len(p)

(* a modulo b in 1..b, for the places of a sequence that is read as a ring. *)
SeqMod(a, b) == IF a % b = 0 THEN b ELSE a % b

(* Folds. *)
FoldSeq(op(_, _), base, seq) == FoldFunction(op, base, seq)
FoldLeft(op(_, _), base, seq) ==
  LET RECURSIVE Upto(_)
      Upto(i) == IF i = 0 THEN base ELSE op(Upto(i - 1), seq[i])
  IN  Upto(Len(seq))
FoldRight(op(_, _), seq, base) ==
  LET RECURSIVE From(_)
      From(i) == IF i > Len(seq) THEN base ELSE op(seq[i], From(i + 1))
  IN  From(1)
FoldLeftDomain(op(_, _), base, seq) == FoldLeft(op, base, [i \in DOMAIN seq |-> i])
FoldRightDomain(op(_, _), seq, base) == FoldRight(op, [i \in DOMAIN seq |-> i], base)

(* Sequences of sequences, and two side by side. *)
FlattenSeq(seqs) ==
  LET RECURSIVE Upto(_)
      Upto(i) == IF i = 1 THEN seqs[1] ELSE Upto(i - 1) \o seqs[i]
  IN  IF Len(seqs) = 0 THEN seqs ELSE Upto(Len(seqs))
Zip(s, t) == [i \in 1 .. Min({Len(s), Len(t)}) |-> <<s[i], t[i]>>]
Interleave(s, t) ==
  CASE Len(s) = Len(t) /\ Len(s) > 0 ->
    [i \in 1 .. 2 * Len(s) |-> IF i % 2 = 1 THEN <<s[(i + 1) \div 2]>> ELSE <<t[i \div 2]>>]
  [] Len(s) = 0 /\ Len(t) = 0 -> << << >>, << >> >>

(* Parts of sequences. *)
SubSeqs(s) == {SubSeq(s, i, j) : i \in 1 .. Len(s) + 1, j \in 0 .. Len(s)}
AllSubSeqs(s) ==
  {[k \in 1 .. Cardinality(D) |-> s[CHOOSE i \in D : Cardinality({j \in D : j <= i}) = k]] :
     D \in SUBSET DOMAIN s}
LOCAL StartsAt(s, t, i) == SubSeq(t, i, i + Len(s) - 1) = s
IndexFirstSubSeq(s, t) ==
  Min({i \in 1 .. Len(t) - Len(s) + 1 : StartsAt(s, t, i)})
ReplaceSubSeqAt(i, r, s, t) == SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))
ReplaceFirstSubSeq(r, s, t) ==
  IF \E i \in 1 .. Len(t) - Len(s) + 1 : StartsAt(s, t, i)
  THEN ReplaceSubSeqAt(IndexFirstSubSeq(s, t), r, s, t) ELSE t
ReplaceAllSubSeqs(r, s, t) ==
  LET At(i) == SubSeq(t, i, i)
      RECURSIVE From(_)
      From(i) ==
        IF i > Len(t) THEN SubSeq(t, 1, 0)
        ELSE IF Len(s) = 0 THEN r \o At(i) \o From(i + 1)
        ELSE IF i + Len(s) - 1 <= Len(t) /\ StartsAt(s, t, i) THEN r \o From(i + Len(s))
        ELSE At(i) \o From(i + 1)
  IN  IF s = t THEN r ELSE From(1)
==============================================================================
