------------------------------- MODULE Bitwise -------------------------------
(* Natural numbers as rows of bits. *)
LOCAL INSTANCE Naturals

(* Op applied bit by bit. *)
LOCAL Bits(x, y, Op(_, _)) ==
  LET RECURSIVE Low(_, _)
      Low(a, b) == IF a = 0 /\ b = 0 THEN 0 ELSE Op(a % 2, b % 2) + 2 * Low(a \div 2, b \div 2)
  IN  Low(x, y)

x & y == Bits(x, y, LAMBDA a, b : a * b)
x | y == Bits(x, y, LAMBDA a, b : IF a + b = 0 THEN 0 ELSE 1)
x ^^ y == Bits(x, y, LAMBDA a, b : (a + b) % 2)
Not(a) ==
  LET RECURSIVE Flip(_)
      Flip(n) == IF n = 0 THEN 0 ELSE (1 - (n % 2)) + 2 * Flip(n \div 2)
  IN  Flip(a)
shiftR(n, pos) == n \div 2 ^ pos
==============================================================================
