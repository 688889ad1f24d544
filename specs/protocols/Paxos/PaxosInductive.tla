-------------------------- MODULE PaxosInductive ---------------------------
(* Why Paxos is right, for any number of ballots: what is proposed in a     *)
(* ballot is safe there, that is, nothing else is or will be chosen before. *)
EXTENDS Paxos

TypeOK ==
    /\ promised \in [Acceptor -> Int]
    /\ lastBallot \in [Acceptor -> Int]
    /\ lastValue \in [Acceptor -> Value \cup {None}]
    /\ msgs \subseteq
           [type : {"prepare"}, bal : Int]
               \cup [type : {"promise"}, bal : Int, acc : Acceptor,
                     lastBal : Int, lastVal : Value \cup {None}]
               \cup [type : {"propose"}, bal : Int, val : Value]
               \cup [type : {"accept"}, bal : Int, val : Value, acc : Acceptor]

Accepted(a, b, v) == [type |-> "accept", bal |-> b, val |-> v, acc |-> a] \in msgs
Proposed(b, v) == [type |-> "propose", bal |-> b, val |-> v] \in msgs

BallotsAreNatural == \A m \in msgs : m.bal >= 0

\* What an acceptor remembers.
LastIsPromised == \A a \in Acceptor : lastBallot[a] <= promised[a] /\ lastBallot[a] >= -1
LastWasAccepted ==
    \A a \in Acceptor : lastBallot[a] >= 0 =>
        \E v \in Value : lastValue[a] = v /\ Accepted(a, lastBallot[a], v)
NothingAccepted == \A a \in Acceptor : lastBallot[a] = -1 => lastValue[a] = None
LastIsLatest == \A m \in msgs : m.type = "accept" => m.bal <= lastBallot[m.acc]

\* What a promise tells.
PromiseIsKept == \A m \in msgs : m.type = "promise" => m.bal <= promised[m.acc] /\ m.lastBal < m.bal
PromiseTellsLast ==
    \A m \in msgs : m.type = "promise" /\ m.lastBal >= 0 =>
        \E v \in Value : m.lastVal = v /\ Accepted(m.acc, m.lastBal, v)
PromiseTellsAll ==
    \A m, n \in msgs :
        m.type = "promise" /\ n.type = "accept" /\ n.acc = m.acc /\ n.bal < m.bal => n.bal <= m.lastBal
PromiseIsBounded == \A m \in msgs : m.type = "promise" => m.lastBal >= -1

\* Proposals.
OneProposal ==
    \A m, n \in msgs : m.type = "propose" /\ n.type = "propose" /\ m.bal = n.bal => m.val = n.val
AcceptedWasProposed == \A m \in msgs : m.type = "accept" => Proposed(m.bal, m.val)

ProposedWasPromised ==
    \A m \in msgs : m.type = "propose" =>
        \E Q \in Quorum : \A a \in Q : promised[a] >= m.bal

\* Acceptor a will not accept v in ballot b: it has not, and is past it.
Past(a, b, v) == promised[a] > b /\ ~Accepted(a, b, v)

ProposedIsSafe ==
    \A m, n \in msgs :
        m.type = "propose" /\ n.type = "propose" /\ n.bal < m.bal /\ n.val # m.val =>
            \E Q \in Quorum : \A a \in Q : Past(a, n.bal, n.val)

\* want --explicit: verified, 3921 distinct, depth 17
============================================================================
