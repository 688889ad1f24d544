----------------------------- MODULE EWD998Ring ------------------------------
(* Detection of termination on a ring, where messages take their time,     *)
(* after Dijkstra's note EWD 998: a token goes round and adds up what each *)
(* node has sent and not received.                                         *)
EXTENDS Integers, FiniteSets

CONSTANT N      \* how many nodes there are

Node == 0 .. N - 1

VARIABLES
    active,     \* does a node work?
    color,      \* has it received since the token passed?
    counter,    \* messages that it has sent, less those that it has received
    pending,    \* messages on their way to it
    token       \* where the token is, the sum that it carries, its colour

vars == <<active, color, counter, pending, token>>

Init ==
    /\ active \in [Node -> BOOLEAN]
    /\ color \in [Node -> {"white", "black"}]
    /\ counter = [n \in Node |-> 0]
    /\ pending = [n \in Node |-> 0]
    /\ token = [at |-> 0, sum |-> 0, color |-> "black"]

StartRound ==
    /\ token.at = 0
    /\ \/ token.color = "black"
       \/ color[0] = "black"
       \/ counter[0] + token.sum > 0
    /\ token' = [at |-> N - 1, sum |-> 0, color |-> "white"]
    /\ color' = [color EXCEPT ![0] = "white"]
    /\ UNCHANGED <<active, counter, pending>>

PassToken(n) ==
    /\ ~ active[n]
    /\ token.at = n
    /\ token' = [at |-> token.at - 1, sum |-> token.sum + counter[n],
                 color |-> IF color[n] = "black" THEN "black" ELSE token.color]
    /\ color' = [color EXCEPT ![n] = "white"]
    /\ UNCHANGED <<active, counter, pending>>

SendTo(n, m) ==
    /\ active[n]
    /\ counter' = [counter EXCEPT ![n] = @ + 1]
    /\ pending' = [pending EXCEPT ![m] = @ + 1]
    /\ UNCHANGED <<active, color, token>>

Receive(n) ==
    /\ pending[n] > 0
    /\ pending' = [pending EXCEPT ![n] = @ - 1]
    /\ counter' = [counter EXCEPT ![n] = @ - 1]
    /\ color' = [color EXCEPT ![n] = "black"]
    /\ active' = [active EXCEPT ![n] = TRUE]
    /\ UNCHANGED token

Rest(n) ==
    /\ active[n]
    /\ active' = [active EXCEPT ![n] = FALSE]
    /\ UNCHANGED <<color, counter, pending, token>>

Next ==
    \/ StartRound
    \/ \E n \in Node \ {0} : PassToken(n)
    \/ \E n \in Node : Receive(n) \/ Rest(n) \/ \E m \in Node \ {n} : SendTo(n, m)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Detected ==
    /\ token.at = 0 /\ token.color = "white"
    /\ token.sum + counter[0] = 0
    /\ color[0] = "white" /\ ~ active[0]

(* What is detected is true. *)
Safe == Detected => \A n \in Node : ~ active[n] /\ pending[n] = 0
\* want --bmc --depth 6: clean to 6
\* bench --depth 10: EWD998, 4 nodes; target 1; published 270
\* bench --depth 20: EWD998, 4 nodes; target 60
=============================================================================
