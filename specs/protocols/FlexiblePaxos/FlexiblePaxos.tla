--------------------------- MODULE FlexiblePaxos ---------------------------
(* Paxos with two families of quorums: those that promise and those that     *)
(* accept need to meet, and no two of one family. Howard, Malkhi and         *)
(* Spiegelman, "Flexible Paxos: quorum intersection revisited", OPODIS 2016. *)
(* Acceptors have no variables of their own: what one has promised and       *)
(* accepted is in the messages that it has sent.                             *)
EXTENDS Integers

CONSTANTS Acceptor, Value, None, Quorum1, Quorum2

ASSUME
    /\ None \notin Value
    /\ Quorum1 \subseteq SUBSET Acceptor
    /\ Quorum2 \subseteq SUBSET Acceptor
    /\ \A P \in Quorum1, Q \in Quorum2 : P \cap Q # {}

Ballot == Nat

VARIABLES promises, proposals, votes

vars == <<promises, proposals, votes>>

TypeOK ==
    /\ promises \subseteq [acc : Acceptor, bal : Nat, last : Int, val : Value \cup {None}]
    /\ proposals \subseteq [bal : Nat, val : Value]
    /\ votes \subseteq [acc : Acceptor, bal : Nat, val : Value]

Init == promises = {} /\ proposals = {} /\ votes = {}

\* a has promised to take part in no ballot before b.
PromisedPast(a, b) == \E p \in promises : p.acc = a /\ p.bal > b

\* An acceptor that promises tells its last vote.
Promise(a, b) ==
    /\ ~PromisedPast(a, b) /\ ~\E p \in promises : p.acc = a /\ p.bal = b
    /\ ~\E v \in votes : v.acc = a /\ v.bal >= b
    /\ \/ /\ ~\E v \in votes : v.acc = a
          /\ promises' = promises \cup {[acc |-> a, bal |-> b, last |-> -1, val |-> None]}
       \/ \E v \in votes :
            /\ v.acc = a
            /\ \A w \in votes : w.acc = a => w.bal <= v.bal
            /\ promises' = promises \cup {[acc |-> a, bal |-> b, last |-> v.bal, val |-> v.val]}
    /\ UNCHANGED <<proposals, votes>>

Propose(b, v) ==
    /\ ~\E p \in proposals : p.bal = b
    /\ \E Q \in Quorum1 :
        /\ \A a \in Q : \E p \in promises : p.acc = a /\ p.bal = b
        /\ \A p \in promises : p.acc \in Q /\ p.bal = b /\ p.val # v =>
               \/ p.last = -1
               \/ \E q \in promises : q.acc \in Q /\ q.bal = b /\ q.val = v /\ q.last > p.last
    /\ proposals' = proposals \cup {[bal |-> b, val |-> v]}
    /\ UNCHANGED <<promises, votes>>

Vote(a, b, v) ==
    /\ [bal |-> b, val |-> v] \in proposals
    /\ ~PromisedPast(a, b)
    /\ votes' = votes \cup {[acc |-> a, bal |-> b, val |-> v]}
    /\ UNCHANGED <<promises, proposals>>

Next ==
    \E b \in Ballot :
        \/ \E a \in Acceptor : Promise(a, b)
        \/ \E v \in Value : Propose(b, v) \/ \E a \in Acceptor : Vote(a, b, v)

Spec == Init /\ [][Next]_vars

\* Some quorum has voted for v in ballot b.
Chosen(b, v) == \E Q \in Quorum2 : \A a \in Q : [acc |-> a, bal |-> b, val |-> v] \in votes

(* What is chosen in two ballots is the same. *)
Agreement ==
    \A p, q \in proposals : Chosen(p.bal, p.val) /\ Chosen(q.bal, q.val) => p.val = q.val

\* want --explicit -c FlexiblePaxosSmall.cfg: verified, 1216 distinct, depth 15
============================================================================
