-------------------------- MODULE ConsensusForall --------------------------
(* ConsensusEpr with a ghost: the quorum that a leader counts on is named,   *)
(* so that the invariant needs no existential quantifier. Requests and votes *)
(* are relations. After consensus_forall of mypyvy.                          *)
CONSTANTS Node, Value, Quorum

ASSUME
    /\ Quorum \subseteq SUBSET Node
    /\ \A P, Q \in Quorum : P \cap Q # {}

VARIABLES
    asked,      \* asked[n][m]: n has asked m for its vote
    gave,       \* gave[n][m]: n has sent its vote to m
    voted,      \* voted[n]: n has given its vote to somebody
    counted,    \* counted[n][m]: n has received the vote of m
    counting,   \* the quorum whose votes are looked for
    leader,     \* leader[n]: n has been elected
    decided     \* decided[n][v]: n has decided v

vars == <<asked, gave, voted, counted, counting, leader, decided>>

Nowhere == [n \in Node |-> [m \in Node |-> FALSE]]

TypeOK ==
    /\ asked \in [Node -> [Node -> BOOLEAN]]
    /\ gave \in [Node -> [Node -> BOOLEAN]]
    /\ voted \in [Node -> BOOLEAN]
    /\ counted \in [Node -> [Node -> BOOLEAN]]
    /\ counting \in Quorum
    /\ leader \in [Node -> BOOLEAN]
    /\ decided \in [Node -> [Value -> BOOLEAN]]

Init ==
    /\ asked = Nowhere
    /\ gave = Nowhere
    /\ voted = [n \in Node |-> FALSE]
    /\ counted = Nowhere
    /\ counting \in Quorum
    /\ leader = [n \in Node |-> FALSE]
    /\ decided = [n \in Node |-> [v \in Value |-> FALSE]]

AskForVote(n, m) ==
    /\ asked' = [asked EXCEPT ![n][m] = TRUE]
    /\ UNCHANGED <<gave, voted, counted, counting, leader, decided>>

GiveVote(n, m) ==
    /\ asked[m][n]
    /\ ~voted[n]
    /\ gave' = [gave EXCEPT ![n][m] = TRUE]
    /\ voted' = [voted EXCEPT ![n] = TRUE]
    /\ UNCHANGED <<asked, counted, counting, leader, decided>>

CountVote(n, m) ==
    /\ gave[m][n]
    /\ counted' = [counted EXCEPT ![n][m] = TRUE]
    /\ UNCHANGED <<asked, gave, voted, counting, leader, decided>>

\* The ghost looks at another quorum, while it has not found one.
LookAt(Q) ==
    /\ \A n \in Node : ~leader[n]
    /\ counting' = Q
    /\ UNCHANGED <<asked, gave, voted, counted, leader, decided>>

BecomeLeader(n) ==
    /\ \A m \in counting : counted[n][m]
    /\ leader' = [leader EXCEPT ![n] = TRUE]
    /\ UNCHANGED <<asked, gave, voted, counted, counting, decided>>

Decide(n, v) ==
    /\ leader[n]
    /\ \A w \in Value : ~decided[n][w]
    /\ decided' = [decided EXCEPT ![n][v] = TRUE]
    /\ UNCHANGED <<asked, gave, voted, counted, counting, leader>>

Next ==
    \/ \E n, m \in Node : AskForVote(n, m) \/ GiveVote(n, m) \/ CountVote(n, m)
    \/ \E Q \in Quorum : LookAt(Q)
    \/ \E n \in Node : BecomeLeader(n) \/ \E v \in Value : Decide(n, v)

Spec == Init /\ [][Next]_vars

(* One node decides, and one value. *)
Safety ==
    \A n, m \in Node, v, w \in Value :
        decided[n][v] /\ decided[m][w] => n = m /\ v = w

\* want --explicit -c ConsensusForallSmall.cfg: verified, 456 distinct, depth 11
\* want-long --explicit: verified, 112128 distinct, depth 18
============================================================================
