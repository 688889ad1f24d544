----------------------------- MODULE ChordRing -----------------------------
(* How Chord keeps its ring. Zave, "Using lightweight modeling to understand *)
(* Chord", CCR 42 (2012), in the form of Ivy (Padon and others, PLDI 2016).  *)
(* Nodes are the identifiers 0..N-1 on a circle. A member knows up to two    *)
(* successors and a predecessor; members join, stabilize, and fail without   *)
(* notice, but never so that somebody loses both successors, and the node    *)
(* Base does not fail.                                                       *)
EXTENDS Integers

CONSTANTS N, Base

ASSUME N \in Nat /\ N > 1 /\ Base \in 0..N-1

Node == 0..N-1
None == -1

\* The way from a to b, clockwise; b lies strictly between a and c.
Dist(a, b) == (b - a + N) % N
Between(a, b, c) == IF a = c THEN b # a ELSE 0 < Dist(a, b) /\ Dist(a, b) < Dist(a, c)

VARIABLES members, succ, succ2, pred

vars == <<members, succ, succ2, pred>>

TypeOK ==
    /\ members \subseteq Node
    /\ succ \in [Node -> Node \cup {None}]
    /\ succ2 \in [Node -> Node \cup {None}]
    /\ pred \in [Node -> Node \cup {None}]

Unknown == [n \in Node |-> None]

\* At first Base and one other node are a ring.
Init ==
    \E other \in Node \ {Base} :
        /\ members = {Base, other}
        /\ succ = [Unknown EXCEPT ![Base] = other, ![other] = Base]
        /\ succ2 = Unknown
        /\ pred = [Unknown EXCEPT ![Base] = other, ![other] = Base]

\* n joins before m, which it has looked up.
Join(n, m) ==
    /\ n \notin members /\ m \in members
    /\ ~Between(n, Base, m)
    /\ members' = members \cup {n}
    /\ succ' = [succ EXCEPT ![n] = m]
    /\ succ2' = [succ2 EXCEPT ![n] = None]
    /\ pred' = [pred EXCEPT ![n] = None]

\* n finds that its successor has a predecessor that is nearer.
Stabilize(n) ==
    LET s == succ[n]
    IN  /\ n \in members /\ s \in members
        /\ pred[s] # None
        /\ Between(n, pred[s], s)
        /\ succ' = [succ EXCEPT ![n] = pred[s]]
        /\ succ2' = [succ2 EXCEPT ![n] = s]
        /\ UNCHANGED <<members, pred>>

\* n copies the successor of its successor.
Inherit(n) ==
    /\ n \in members /\ succ[n] \in members
    /\ succ[succ[n]] # None
    /\ succ2' = [succ2 EXCEPT ![n] = succ[succ[n]]]
    /\ UNCHANGED <<members, succ, pred>>

\* n finds its successor dead and takes the second one.
Replace(n) ==
    /\ n \in members
    /\ succ[n] \notin members
    /\ succ2[n] # None
    /\ succ' = [succ EXCEPT ![n] = succ2[n]]
    /\ succ2' = [succ2 EXCEPT ![n] = None]
    /\ UNCHANGED <<members, pred>>

\* n tells its successor of itself.
Notify(n) ==
    LET s == succ[n]
    IN  /\ n \in members /\ s \in members
        /\ pred[s] \notin members \/ Between(pred[s], n, s)
        /\ pred' = [pred EXCEPT ![s] = n]
        /\ UNCHANGED <<members, succ, succ2>>

HasSuccessor(n, alive) == succ[n] \in alive \/ succ2[n] \in alive

Fail(n) ==
    /\ n \in members \ {Base}
    /\ members' = members \ {n}
    /\ \A m \in members' : HasSuccessor(m, members')
    /\ succ' = [succ EXCEPT ![n] = None]
    /\ succ2' = [succ2 EXCEPT ![n] = None]
    /\ pred' = [pred EXCEPT ![n] = None]

Next ==
    \/ \E n, m \in Node : Join(n, m)
    \/ \E n \in Node : Stabilize(n) \/ Inherit(n) \/ Replace(n) \/ Notify(n) \/ Fail(n)

Spec == Init /\ [][Next]_vars

\* The first successor of n that lives.
Best(n) == IF succ[n] \in members THEN succ[n] ELSE succ2[n]

(* From every member, Base is reached: no members have their successors *)
(* among themselves but without Base.                                   *)
Connected ==
    \A S \in SUBSET Node :
        S \subseteq members /\ S # {} /\ (\A n \in S : Best(n) \in S) => Base \in S

\* want --explicit: verified, 87132 distinct, depth 27
============================================================================
