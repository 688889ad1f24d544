---------------------------- MODULE VectorClocks -----------------------------
(* Sorting a log by the vector clocks of its entries. *)
EXTENDS Naturals, Sequences, Functions

LOCAL At(c, n) == IF n \in DOMAIN c THEN c[n] ELSE 0

(* c happened before d, or neither before the other: somewhere d is ahead. *)
LOCAL MayPrecede(c, d) == \E n \in DOMAIN c \cup DOMAIN d : At(c, n) < At(d, n)

IsCausalOrder(log, clock(_)) ==
  \A i \in DOMAIN log : \A j \in 1 .. i - 1 : MayPrecede(clock(log[j]), clock(log[i]))
CausalOrder(log, clock(_), node(_), domain(_)) ==
  CHOOSE sorted \in {f \in [1 .. Len(log) -> Range(log)] : Range(f) = Range(log)} :
    IsCausalOrder(sorted, clock)
==============================================================================
