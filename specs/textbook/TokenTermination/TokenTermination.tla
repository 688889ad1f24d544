------------------------- MODULE TokenTermination --------------------------
(* Has a computation on a ring of nodes ended? Dijkstra, Feijen and van      *)
(* Gasteren, "Derivation of a termination detection algorithm for            *)
(* distributed computations", IPL 16 (1983), EWD 840. A token goes round; a  *)
(* node that makes another one active is black and blackens the token.       *)
EXTENDS Naturals

CONSTANT N

Nodes == 0..N-1

VARIABLES
    active, black,          \* the nodes that are so
    token, tokenIsBlack     \* where the token is, and its colour

vars == <<active, black, token, tokenIsBlack>>

TypeOK ==
    /\ active \subseteq Nodes
    /\ black \subseteq Nodes
    /\ token \in Nodes
    /\ tokenIsBlack \in BOOLEAN

Init ==
    /\ active \in SUBSET Nodes
    /\ black \in SUBSET Nodes
    /\ token = 0
    /\ tokenIsBlack = TRUE

\* Node 0 starts another probe when the last one has told nothing.
StartProbe ==
    /\ token = 0
    /\ tokenIsBlack \/ 0 \in black
    /\ token' = N - 1
    /\ tokenIsBlack' = FALSE
    /\ black' = black \ {0}
    /\ UNCHANGED active

PassToken(n) ==
    /\ token = n /\ n # 0
    /\ n \notin active \/ n \in black \/ tokenIsBlack
    /\ token' = n - 1
    /\ tokenIsBlack' = (tokenIsBlack \/ n \in black)
    /\ black' = black \ {n}
    /\ UNCHANGED active

Activate(n, m) ==
    /\ n \in active
    /\ active' = active \cup {m}
    /\ black' = IF m > n THEN black \cup {n} ELSE black
    /\ UNCHANGED <<token, tokenIsBlack>>

Rest(n) ==
    /\ n \in active
    /\ active' = active \ {n}
    /\ UNCHANGED <<black, token, tokenIsBlack>>

Next ==
    \/ StartProbe
    \/ \E n \in Nodes : PassToken(n) \/ Rest(n) \/ \E m \in Nodes : Activate(n, m)

Spec ==
    /\ Init /\ [][Next]_vars
    /\ WF_vars(StartProbe \/ \E n \in Nodes : PassToken(n))

Detected == token = 0 /\ ~tokenIsBlack /\ 0 \notin black /\ 0 \notin active

DetectedIsTrue == Detected => active = {}
InTheEnd == active = {} ~> Detected

\* want --explicit: verified, 1054 distinct, depth 12
============================================================================
