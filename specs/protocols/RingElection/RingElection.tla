--------------------------- MODULE RingElection ----------------------------
(* Election on a ring. Chang and Roberts, "An improved algorithm for         *)
(* decentralized extrema-finding in circular configurations of processes",   *)
(* CACM 22 (1979). Nodes send their identifiers round; a node passes on what *)
(* is greater than its own, and leads when its own comes back.               *)
EXTENDS Naturals

CONSTANT N      \* the number of nodes

ASSUME N \in Nat /\ N > 0

Node == 0..N-1
Succ(n) == (n + 1) % N

VARIABLES
    id,         \* id[n]: the identifier of n; no two are the same
    pending,    \* <<i, n>>: identifier i is on its way to n
    leader      \* the nodes that have been elected

vars == <<id, pending, leader>>

TypeOK ==
    /\ id \in [Node -> Nat]
    /\ pending \subseteq Nat \X Node
    /\ leader \in SUBSET Node

Init ==
    /\ id \in [Node -> 1..N]
    /\ \A n, m \in Node : id[n] = id[m] => n = m
    /\ pending = {}
    /\ leader = {}

Send(n) ==
    /\ pending' = pending \cup {<<id[n], Succ(n)>>}
    /\ UNCHANGED <<id, leader>>

PassOn(p) ==
    /\ p[1] > id[p[2]]
    /\ pending' = (pending \ {p}) \cup {<<p[1], Succ(p[2])>>}
    /\ UNCHANGED <<id, leader>>

Discard(p) ==
    /\ p[1] < id[p[2]]
    /\ pending' = pending \ {p}
    /\ UNCHANGED <<id, leader>>

Win(p) ==
    /\ p[1] = id[p[2]]
    /\ leader' = leader \cup {p[2]}
    /\ pending' = pending \ {p}
    /\ UNCHANGED id

Next ==
    \/ \E n \in Node : Send(n)
    \/ \E p \in pending : PassOn(p) \/ Discard(p) \/ Win(p)

Spec == Init /\ [][Next]_vars

(* There is one leader at most. *)
OneLeader == \A n, m \in leader : n = m

\* want --explicit: verified, 19456 distinct, depth 26
============================================================================
