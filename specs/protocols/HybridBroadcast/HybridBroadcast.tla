-------------------------- MODULE HybridBroadcast --------------------------
(* Reliable broadcast among nodes with faults of several kinds. Widder and   *)
(* Schmid, "Booting clock synchronization in partially synchronous systems   *)
(* with hybrid process and link failures", Distributed Computing 20 (2007),  *)
(* after Srikanth and Toueg. A node echoes what it is given by its client,   *)
(* or what enough others echo; with still more echoes it accepts. A node may *)
(* crash in the middle of a broadcast, lie to all alike, or lie to each as   *)
(* it likes.                                                                 *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Node,
    Crashing,   \* nodes that may crash
    Symmetric,  \* nodes that may say what is not so, to all alike
    Arbitrary   \* nodes that may say anything to anybody

Liars == Symmetric \cup Arbitrary
Obedient == Node \ Liars

ASSUME
    /\ Crashing \cup Symmetric \cup Arbitrary \subseteq Node
    /\ Cardinality(Node) > Cardinality(Crashing) + 2 * Cardinality(Symmetric) + 3 * Cardinality(Arbitrary)

\* Enough echoes that one of them is obedient; enough that all will hear it.
Enough(S) == Cardinality(S) > Cardinality(Liars)
Most(S) == Cardinality(S) >= Cardinality(Node) - Cardinality(Crashing) - Cardinality(Liars)

VARIABLES
    given,      \* the nodes that have the message from their clients
    sent,       \* <<n, m>>: n has sent its echo to m
    heard,      \* heard[n]: the nodes whose echo n has received
    accepted    \* the nodes that have accepted

vars == <<given, sent, heard, accepted>>

TypeOK ==
    /\ given \subseteq Node
    /\ sent \subseteq Node \X Node
    /\ heard \in [Node -> SUBSET Node]
    /\ accepted \subseteq Node

\* From the start, some obedient clients give the message, or none does.
Init ==
    /\ given \in SUBSET Node
    /\ sent = {}
    /\ heard = [n \in Node |-> {}]
    /\ accepted = {}

Echo(n) ==
    /\ n \in given \/ Enough(heard[n])
    /\ sent' = sent \cup {<<n, m>> : m \in Node}
    /\ UNCHANGED <<given, heard, accepted>>

\* A node crashes while it sends.
EchoInPart(n) ==
    /\ n \in Crashing
    /\ n \in given \/ Enough(heard[n])
    /\ \E M \in SUBSET Node : sent' = sent \cup {<<n, m>> : m \in M}
    /\ UNCHANGED <<given, heard, accepted>>

Receive(n, m) ==
    /\ <<m, n>> \in sent
    /\ heard' = [heard EXCEPT ![n] = @ \cup {m}]
    /\ UNCHANGED <<given, sent, accepted>>

Accept(n) ==
    /\ Most(heard[n])
    /\ accepted' = accepted \cup {n}
    /\ UNCHANGED <<given, sent, heard>>

LieToAll(n) ==
    /\ n \in Symmetric
    /\ sent' = sent \cup {<<n, m>> : m \in Node}
    /\ UNCHANGED <<given, heard, accepted>>

Lie(n, m) ==
    /\ n \in Arbitrary
    /\ sent' = sent \cup {<<n, m>>}
    /\ UNCHANGED <<given, heard, accepted>>

Next ==
    \/ \E n \in Node : Echo(n) \/ EchoInPart(n) \/ Accept(n) \/ LieToAll(n)
    \/ \E n, m \in Node : Receive(n, m) \/ Lie(n, m)

Spec == Init /\ [][Next]_vars

(* What an obedient node accepts was given to an obedient node. *)
Unforgeability == accepted \cap Obedient # {} => given \cap Obedient # {}

\* want --explicit -c HybridBroadcastSmall.cfg: verified, 7146 distinct, depth 16
============================================================================
