------------------------ MODULE DiningPhilosophers -------------------------
(* Philosophers at a round table, one fork between two of them. Dijkstra,    *)
(* EWD 310. When each takes the fork at his left and then the one at his     *)
(* right, all may starve; when one of them takes the right one first, nobody *)
(* has to.                                                                   *)
EXTENDS Naturals

CONSTANT N      \* how many philosophers

Philosophers == 0..N-1
Left(p) == p
Right(p) == (p + 1) % N

VARIABLES
    fork,   \* fork[f]: who has fork f, or N
    pc      \* what each philosopher does

vars == <<fork, pc>>

TypeOK ==
    /\ fork \in [Philosophers -> 0..N]
    /\ pc \in [Philosophers -> {"thinks", "has one", "eats", "leaves"}]

Init ==
    /\ fork = [f \in Philosophers |-> N]
    /\ pc = [p \in Philosophers |-> "thinks"]

LeftIsFirst(p) == TRUE
LeftIsFirstButForOne(p) == p # 0

First(p)  == IF LeftIsFirst(p) THEN Left(p) ELSE Right(p)
Second(p) == IF LeftIsFirst(p) THEN Right(p) ELSE Left(p)

Take(p, f, from, to) ==
    /\ pc[p] = from /\ fork[f] = N
    /\ fork' = [fork EXCEPT ![f] = p]
    /\ pc' = [pc EXCEPT ![p] = to]

PutDown(p, f, from, to) ==
    /\ pc[p] = from
    /\ fork' = [fork EXCEPT ![f] = N]
    /\ pc' = [pc EXCEPT ![p] = to]

Step(p) ==
    \/ Take(p, First(p), "thinks", "has one")
    \/ Take(p, Second(p), "has one", "eats")
    \/ PutDown(p, Second(p), "eats", "leaves")
    \/ PutDown(p, First(p), "leaves", "thinks")

Next == \E p \in Philosophers : Step(p)

Spec == Init /\ [][Next]_vars /\ \A p \in Philosophers : SF_vars(Step(p))

NeighboursDoNotEat ==
    \A p \in Philosophers : ~(pc[p] = "eats" /\ pc[(p + 1) % N] = "eats")

EachEats == \A p \in Philosophers : []<>(pc[p] = "eats")

\* want --explicit: deadlock in state 5
\* want --explicit -c DiningPhilosophersPolite.cfg: verified, 79 distinct, depth 10
============================================================================
