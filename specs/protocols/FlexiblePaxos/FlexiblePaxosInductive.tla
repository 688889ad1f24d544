---------------------- MODULE FlexiblePaxosInductive -----------------------
(* Why FlexiblePaxos is right. *)
EXTENDS FlexiblePaxos

Voted(a, b, v) == [acc |-> a, bal |-> b, val |-> v] \in votes

OneProposal == \A p, q \in proposals : p.bal = q.bal => p.val = q.val
VotedIsProposed == \A v \in votes : [bal |-> v.bal, val |-> v.val] \in proposals

PromiseTellsVote ==
    \A p \in promises :
        \/ p.last = -1
        \/ p.last >= 0 /\ p.last < p.bal /\ [acc |-> p.acc, bal |-> p.last, val |-> p.val] \in votes
PromiseTellsLast ==
    \A p \in promises, v \in votes : v.acc = p.acc /\ v.bal < p.bal => v.bal <= p.last

ProposedWasPromised ==
    \A p \in proposals : \E Q \in Quorum1 :
        \A a \in Q : \E m \in promises : m.acc = a /\ m.bal = p.bal

\* Of each quorum some acceptor will not vote for what is not proposed later.
ProposedIsSafe ==
    \A p, q \in proposals : q.bal < p.bal /\ q.val # p.val =>
        \A Q \in Quorum2 : \E a \in Q : PromisedPast(a, q.bal) /\ ~Voted(a, q.bal, q.val)

\* want --explicit -c FlexiblePaxosInductiveSmall.cfg: verified, 1216 distinct, depth 15
============================================================================
