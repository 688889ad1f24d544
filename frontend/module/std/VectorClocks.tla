---------------------------- MODULE VectorClocks -----------------------------
(* Sorting a log by the vector clocks of its entries. *)
EXTENDS Naturals, Sequences, Functions

LOCAL At(c, n) == IF n \in DOMAIN c THEN c[n] ELSE 0

(* c is no later than d: in no component is it ahead, or both are ahead somewhere. *)
LOCAL MayPrecede(c, d) ==
  LET Nodes == DOMAIN c \cup DOMAIN d
  IN  (\E n \in Nodes : At(c, n) > At(d, n)) => (\E n \in Nodes : At(c, n) < At(d, n))

IsCausalOrder(log, clock(_)) ==
  \A i \in DOMAIN log : \A j \in 1 .. i - 1 :
    clock(log[i]) # clock(log[j]) /\ MayPrecede(clock(log[j]), clock(log[i]))
CausalOrder(log, clock(_), node(_), domain(_)) ==
  CHOOSE sorted \in {f \in [1 .. Len(log) -> Range(log)] : Range(f) = Range(log)} :
    IsCausalOrder(sorted, clock)
==============================================================================
