----------------------------- MODULE PaxosRounds -----------------------------
(* Consensus by rounds, as Paxos does it: whoever starts a round asks the  *)
(* acceptors for their latest votes, and what a quorum says decides which  *)
(* value the round may propose. Messages stay where they are sent.         *)
EXTENDS Integers, FiniteSets

CONSTANTS
    Acceptor,
    Value,
    Round       \* a set of numbers

Quorum == {Q \in SUBSET Acceptor : Cardinality(Q) * 2 > Cardinality(Acceptor)}

NoRound == -1
NoValue == "none"

VARIABLES
    promised,   \* the latest round that an acceptor takes part in
    voted,      \* the round of its latest vote
    vote,       \* and the value that it voted for
    sent        \* all messages

vars == <<promised, voted, vote, sent>>

Init ==
    /\ promised = [a \in Acceptor |-> NoRound]
    /\ voted = [a \in Acceptor |-> NoRound]
    /\ vote = [a \in Acceptor |-> NoValue]
    /\ sent = {}

Send(m) == sent' = sent \cup {m}

Start(r) ==
    /\ Send([type |-> "start", round |-> r])
    /\ UNCHANGED <<promised, voted, vote>>

Promise(a) ==
    \E m \in sent :
        /\ m.type = "start"
        /\ m.round > promised[a]
        /\ promised' = [promised EXCEPT ![a] = m.round]
        /\ Send([type |-> "promise", from |-> a, round |-> m.round, voted |-> voted[a], vote |-> vote[a]])
        /\ UNCHANGED <<voted, vote>>

Propose(r, v) ==
    /\ ~ \E m \in sent : m.type = "propose" /\ m.round = r
    /\ \E Q \in Quorum :
        LET promises == {m \in sent : m.type = "promise" /\ m.round = r /\ m.from \in Q}
            votes == {m \in promises : m.voted >= 0}
        IN  /\ \A a \in Q : \E m \in promises : m.from = a
            /\ \/ votes = {}
               \/ \E m \in votes : m.vote = v /\ \A n \in votes : m.voted >= n.voted
    /\ Send([type |-> "propose", round |-> r, value |-> v])
    /\ UNCHANGED <<promised, voted, vote>>

Accept(a) ==
    \E m \in sent :
        /\ m.type = "propose"
        /\ m.round >= promised[a]
        /\ promised' = [promised EXCEPT ![a] = m.round]
        /\ voted' = [voted EXCEPT ![a] = m.round]
        /\ vote' = [vote EXCEPT ![a] = m.value]
        /\ Send([type |-> "accept", from |-> a, round |-> m.round, value |-> m.value])

Next ==
    \/ \E r \in Round : Start(r) \/ \E v \in Value : Propose(r, v)
    \/ \E a \in Acceptor : Promise(a) \/ Accept(a)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
ChosenIn(r, v) ==
    \E Q \in Quorum : \A a \in Q : [type |-> "accept", from |-> a, round |-> r, value |-> v] \in sent

Chosen == {v \in Value : \E r \in Round : ChosenIn(r, v)}

(* At most one value is chosen. *)
Agreement == Cardinality(Chosen) <= 1
\* want --bmc --depth 9: clean to 9
\* want-long --explicit: verified
\* bench --depth 13: Paxos, 3 acceptors; target 2; published 1212
\* bench --depth 14 -c PaxosRoundsFive.cfg: Paxos, 5 acceptors; target 30; published 4921
=============================================================================
