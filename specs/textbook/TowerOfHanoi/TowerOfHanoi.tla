--------------------------- MODULE TowerOfHanoi ----------------------------
(* The tower of Hanoi: disks on three pegs, a larger one never on a smaller. *)
(* Every legal position is reachable, 3^Disks of them, and the last one in   *)
(* 2^Disks - 1 moves.                                                        *)
EXTENDS Naturals, Sequences

CONSTANT Disks

Pegs == 1..3

VARIABLE tower      \* tower[p]: the disks on peg p, the top one first

Init == tower = [p \in Pegs |-> IF p = 1 THEN [i \in 1..Disks |-> i] ELSE <<>>]

Move(p, q) ==
    /\ tower[p] # <<>>
    /\ tower[q] # <<>> => Head(tower[p]) < Head(tower[q])
    /\ tower' = [tower EXCEPT ![p] = Tail(@), ![q] = <<Head(tower[p])>> \o @]

Next == \E p, q \in Pegs : p # q /\ Move(p, q)

Spec == Init /\ [][Next]_tower

Legal == \A p \in Pegs : \A i, j \in 1..Len(tower[p]) : i < j => tower[p][i] < tower[p][j]

NotSolved == Len(tower[3]) < Disks

\* want --explicit: verified, 243 distinct, depth 32
\* want --explicit --invariant NotSolved: violated NotSolved in state 32
============================================================================
