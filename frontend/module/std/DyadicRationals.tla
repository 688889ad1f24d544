--------------------------- MODULE DyadicRationals ---------------------------
(* Rational numbers whose denominator is a power of two: records of num and den
   in lowest terms. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

LOCAL Reduced(n, d) ==
  LET RECURSIVE Halve(_, _)
      Halve(a, b) == IF b > 1 /\ a % 2 = 0 THEN Halve(a \div 2, b \div 2) ELSE [num |-> a, den |-> b]
  IN  Halve(n, d)

Zero == [num |-> 0, den |-> 1]
One == [num |-> 1, den |-> 1]
IsDyadicRational(r) == \E i \in 0 .. r.den : 2 ^ i = r.den
Add(p, q) ==
  IF p = Zero THEN q
  ELSE IF p.den >= q.den THEN Reduced(p.num + q.num * (p.den \div q.den), p.den)
       ELSE Reduced(q.num + p.num * (q.den \div p.den), q.den)
Half(p) == Reduced(p.num, 2 * p.den)
PrettyPrint(p) ==
  IF p = Zero THEN "0" ELSE IF p = One THEN "1" ELSE ToString(p.num) \o "/" \o ToString(p.den)
==============================================================================
