------------------------------- MODULE Paxos -------------------------------
(* Paxos for one value. Lamport, "Paxos made simple", 2001. A proposer asks *)
(* the acceptors to promise themselves to a ballot, and learns from a       *)
(* quorum of promises which value it may propose in it; a value that a      *)
(* quorum accepts in one ballot is chosen. Messages are never taken away.   *)
EXTENDS Integers, FiniteSets

CONSTANTS Acceptor, Value, MaxBallot

ASSUME MaxBallot \in Nat

Quorum == {Q \in SUBSET Acceptor : Cardinality(Q) * 2 > Cardinality(Acceptor)}

None == "none"

VARIABLES
    promised,   \* the highest ballot that each acceptor has promised itself to
    lastBallot, \* the last ballot in which it has accepted a value, or -1,
    lastValue,  \* and that value
    msgs

vars == <<promised, lastBallot, lastValue, msgs>>

Init ==
    /\ promised = [a \in Acceptor |-> -1]
    /\ lastBallot = [a \in Acceptor |-> -1]
    /\ lastValue = [a \in Acceptor |-> None]
    /\ msgs = {}

Send(m) == msgs' = msgs \cup {m}

Prepare(b) ==
    /\ Send([type |-> "prepare", bal |-> b])
    /\ UNCHANGED <<promised, lastBallot, lastValue>>

Promise(a, b) ==
    /\ [type |-> "prepare", bal |-> b] \in msgs
    /\ b > promised[a]
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ Send([type |-> "promise", bal |-> b, acc |-> a,
             lastBal |-> lastBallot[a], lastVal |-> lastValue[a]])
    /\ UNCHANGED <<lastBallot, lastValue>>

\* What the promises of Q for ballot b allow: any value when none of them has
\* accepted one, and else the value of the highest ballot among them.
Allowed(Q, b, v) ==
    LET promises == {m \in msgs : m.type = "promise" /\ m.bal = b /\ m.acc \in Q}
    IN  /\ \A a \in Q : \E m \in promises : m.acc = a
        /\ \/ \A m \in promises : m.lastBal = -1
           \/ \E m \in promises :
                /\ m.lastVal = v
                /\ m.lastBal >= 0
                /\ \A n \in promises : n.lastBal <= m.lastBal

Propose(b, v) ==
    /\ ~\E m \in msgs : m.type = "propose" /\ m.bal = b
    /\ \E Q \in Quorum : Allowed(Q, b, v)
    /\ Send([type |-> "propose", bal |-> b, val |-> v])
    /\ UNCHANGED <<promised, lastBallot, lastValue>>

Accept(a, b, v) ==
    /\ [type |-> "propose", bal |-> b, val |-> v] \in msgs
    /\ b >= promised[a]
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ lastBallot' = [lastBallot EXCEPT ![a] = b]
    /\ lastValue' = [lastValue EXCEPT ![a] = v]
    /\ Send([type |-> "accept", bal |-> b, val |-> v, acc |-> a])

Next ==
    \E b \in 0..MaxBallot :
        \/ Prepare(b)
        \/ \E a \in Acceptor : Promise(a, b)
        \/ \E v \in Value : Propose(b, v) \/ \E a \in Acceptor : Accept(a, b, v)

Spec == Init /\ [][Next]_vars

Chosen(b, v) ==
    \E Q \in Quorum : \A a \in Q : [type |-> "accept", bal |-> b, val |-> v, acc |-> a] \in msgs

(* One value is chosen at most. *)
Agreement ==
    \A b, c \in 0..MaxBallot, v, w \in Value : Chosen(b, v) /\ Chosen(c, w) => v = w

\* want --explicit: verified, 3921 distinct, depth 17
============================================================================
