--------------------------- MODULE EchoBroadcast ---------------------------
(* Of N processes at most T are faulty, and N > 3 T. A sender, which may be *)
(* faulty, sends a value to all; a correct process sends the first value    *)
(* that it gets on to all, as an echo, and accepts a value of which it has  *)
(* echoes from N - T processes. Faulty ones send whatever they like. This   *)
(* is the echo broadcast of Bracha and Toueg ("Asynchronous consensus and   *)
(* broadcast protocols", J. ACM 32, 1985), without its second phase: all    *)
(* correct processes that accept accept the same value, and some may not    *)
(* accept any.                                                              *)
(*                                                                          *)
(* The network loses nothing and forges nothing. A value that a faulty      *)
(* sender gives to some and not to others is one that correct processes     *)
(* may echo at any time.                                                    *)
EXTENDS Integers, FiniteSets

CONSTANTS Proc, Faulty, T, Value

ASSUME Faults ==
    /\ T \in Nat
    /\ Faulty \subseteq Proc
    /\ Cardinality(Faulty) <= T
    /\ Cardinality(Proc) > 3 * T

VARIABLES
    echoed,     \* echoed[v]: processes that have sent an echo of v
    accepted    \* accepted[v]: correct processes that have accepted v

vars == <<echoed, accepted>>

Correct == Proc \ Faulty

TypeOK ==
    /\ echoed \in [Value -> SUBSET Proc]
    /\ accepted \in [Value -> SUBSET Proc]

Init ==
    /\ echoed = [v \in Value |-> {}]
    /\ accepted = [v \in Value |-> {}]

Echo(p, v) ==
    /\ p \in Correct
    /\ \A w \in Value : p \notin echoed[w]
    /\ echoed' = [echoed EXCEPT ![v] = @ \union {p}]
    /\ UNCHANGED accepted

Lie(p, v) ==
    /\ p \in Faulty
    /\ echoed' = [echoed EXCEPT ![v] = @ \union {p}]
    /\ UNCHANGED accepted

Enough(v) == Cardinality(echoed[v]) >= Cardinality(Proc) - T

Accept(p, v) ==
    /\ p \in Correct
    /\ Enough(v)
    /\ accepted' = [accepted EXCEPT ![v] = @ \union {p}]
    /\ UNCHANGED echoed

Next == \E p \in Proc, v \in Value : Echo(p, v) \/ Lie(p, v) \/ Accept(p, v)

Spec == Init /\ [][Next]_vars

(* No two values are accepted. *)
Agreement == \A v, w \in Value : accepted[v] # {} /\ accepted[w] # {} => v = w

\* want --explicit: verified, 332 distinct, depth 9
\* want --induct -c EchoBroadcastAny.cfg --any Proc: verified, proved Agreement
============================================================================
