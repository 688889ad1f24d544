------------------------------ MODULE Euclid -------------------------------
(* Euclid's algorithm by subtraction, for all pairs of numbers up to Max. *)
EXTENDS Naturals

CONSTANT Max

Numbers == 1..Max
Divides(d, n) == \E k \in 1..n : k * d = n
GCD(m, n) == CHOOSE d \in Numbers :
    /\ Divides(d, m) /\ Divides(d, n)
    /\ \A e \in Numbers : Divides(e, m) /\ Divides(e, n) => e <= d

(* --fair algorithm Euclid
variables m \in Numbers, n \in Numbers, x = m, y = n;
begin
    Subtract:
    while x # y do
        if x > y then x := x - y; else y := y - x; end if;
    end while;
end algorithm; *)

Correct == pc = "Done" => x = y /\ x = GCD(m, n)
Same == GCD(x, y) = GCD(m, n)

\* want --explicit: verified, 1816 distinct, depth 17
============================================================================
