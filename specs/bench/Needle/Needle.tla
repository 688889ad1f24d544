------------------------------- MODULE Needle --------------------------------
(* A sender hands values to a medium, which may drop any of them; a        *)
(* receiver may copy what is there. That all were dropped and none was     *)
(* copied takes two steps a value, and every order leads there.            *)
EXTENDS Naturals

CONSTANT N      \* how many values there are

Value == 1 .. N

VARIABLES toSend, medium, received

vars == <<toSend, medium, received>>

Init ==
    /\ toSend = Value
    /\ medium = {}
    /\ received = {}

Send(v) ==
    /\ v \in toSend
    /\ toSend' = toSend \ {v}
    /\ medium' = medium \cup {v}
    /\ UNCHANGED received

Receive(v) ==
    /\ v \in medium
    /\ received' = received \cup {v}
    /\ UNCHANGED <<toSend, medium>>

Drop(v) ==
    /\ v \in medium
    /\ medium' = medium \ {v}
    /\ UNCHANGED <<toSend, received>>

Next == \E v \in Value : Send(v) \/ Receive(v) \/ Drop(v)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* False: everything may get lost. *)
SomethingIsLeft == toSend # {} \/ medium # {} \/ received # {}
\* want --bmc --depth 8 --constant N=4: violated SomethingIsLeft in state 9
\* want --explicit --constant N=4: violated SomethingIsLeft in state 9
\* bench --depth 14 --constant N=7: needle, 7 values
\* bench --depth 18: needle, 9 values; target 3
\* bench --depth 24 --constant N=12: needle, 12 values; target 20
=============================================================================
