-------------------------- MODULE LearningSwitch ---------------------------
(* Switches that learn where hosts are. A switch that gets a packet notes   *)
(* that its source lies where the packet came from, unless it knows already *)
(* where that is; it forwards where it knows the destination to be, and     *)
(* floods where it does not. Every node is a switch and a host; all are     *)
(* neighbours. After the learning switch of VeriCon (Ball and others, PLDI  *)
(* 2014) and of Ivy.                                                        *)
EXTENDS Naturals, FiniteSets

CONSTANTS Node, None

ASSUME None \notin Node

VARIABLES
    route,      \* route[d][s]: where s sends packets for d, or None
    packets     \* packets on the way: for dst, to node at from node from

vars == <<route, packets>>

TypeOK ==
    /\ route \in [Node -> [Node -> Node \cup {None}]]
    /\ packets \subseteq [src : Node, dst : Node, from : Node, at : Node]

Init ==
    /\ route = [d \in Node |-> [s \in Node |-> None]]
    /\ packets = {}

NewPacket(s, d) ==
    /\ packets' = packets \cup {[src |-> s, dst |-> d, from |-> s, at |-> s]}
    /\ UNCHANGED route

\* What is known about the source of p when p is dealt with.
Learn(p) ==
    IF p.at # p.src /\ route[p.src][p.at] = None
    THEN route' = [route EXCEPT ![p.src][p.at] = p.from]
    ELSE UNCHANGED route

Onward(p, n) == [p EXCEPT !.from = p.at, !.at = n]

Forward(p) ==
    /\ p.at # p.dst
    /\ route[p.dst][p.at] # None
    /\ Learn(p)
    /\ packets' = (packets \ {p}) \cup {Onward(p, route[p.dst][p.at])}

Flood(p) ==
    /\ p.at # p.dst
    /\ route[p.dst][p.at] = None
    /\ Learn(p)
    /\ packets' = (packets \ {p}) \cup {Onward(p, n) : n \in Node \ {p.at, p.from}}

Deliver(p) ==
    /\ p.at = p.dst
    /\ Learn(p)
    /\ packets' = packets \ {p}

Next ==
    \/ \E s, d \in Node : NewPacket(s, d)
    \/ \E p \in packets : Forward(p) \/ Flood(p) \/ Deliver(p)

Spec == Init /\ [][Next]_vars

(* There is no forwarding loop: no switches send the packets for a host only *)
(* to each other.                                                            *)
NoLoop ==
    \A d \in Node, S \in SUBSET Node :
        S # {} => \E s \in S : route[d][s] \notin S

FewPackets == Cardinality(packets) <= 2

\* want --explicit: verified, 23213 distinct, depth 24
============================================================================
