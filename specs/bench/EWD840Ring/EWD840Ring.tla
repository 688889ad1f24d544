----------------------------- MODULE EWD840Ring ------------------------------
(* Detection of termination on a ring, where a message arrives at once,    *)
(* after Dijkstra's note EWD 840.                                          *)
EXTENDS Naturals

CONSTANT N      \* how many nodes there are

Node == 0 .. N - 1

VARIABLES active, color, at, tokenColor

vars == <<active, color, at, tokenColor>>

Init ==
    /\ active \in [Node -> BOOLEAN]
    /\ color \in [Node -> {"white", "black"}]
    /\ at = 0
    /\ tokenColor = "black"

StartRound ==
    /\ at = 0
    /\ tokenColor = "black" \/ color[0] = "black"
    /\ at' = N - 1
    /\ tokenColor' = "white"
    /\ color' = [color EXCEPT ![0] = "white"]
    /\ UNCHANGED active

PassToken(n) ==
    /\ at = n
    /\ ~ active[n] \/ color[n] = "black" \/ tokenColor = "black"
    /\ at' = n - 1
    /\ tokenColor' = IF color[n] = "black" THEN "black" ELSE tokenColor
    /\ color' = [color EXCEPT ![n] = "white"]
    /\ UNCHANGED active

SendTo(n, m) ==
    /\ active[n]
    /\ active' = [active EXCEPT ![m] = TRUE]
    /\ color' = [color EXCEPT ![n] = IF m > n THEN "black" ELSE @]
    /\ UNCHANGED <<at, tokenColor>>

Rest(n) ==
    /\ active[n]
    /\ active' = [active EXCEPT ![n] = FALSE]
    /\ UNCHANGED <<color, at, tokenColor>>

Next ==
    \/ StartRound
    \/ \E n \in Node \ {0} : PassToken(n)
    \/ \E n \in Node : Rest(n) \/ \E m \in Node \ {n} : SendTo(n, m)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Detected == at = 0 /\ tokenColor = "white" /\ color[0] = "white" /\ ~ active[0]

(* What is detected is true. *)
Safe == Detected => \A n \in Node : ~ active[n]
\* want --bmc --depth 12: clean to 12
\* want --explicit --constant N=4: verified, 1054 distinct
\* bench --depth 30: EWD840, 10 nodes; target 3; published 1856
\* bench --depth 60: EWD840, 10 nodes; target 3
=============================================================================
