-------------------------- MODULE MinorityElection --------------------------
(* Scenario A of the lesson: split brain. The network may fall apart into  *)
(* two sides. A candidate counts the votes of its side and compares them   *)
(* with the servers that it can reach, not with all of them: no majority   *)
(* of all servers is needed, and each side elects a leader in one term.    *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Servers,    \* the servers
    MaxTerm     \* no server starts an election beyond this term

VARIABLES
    currentTerm, votedFor, role, votesGranted,
    side        \* the side of the partition on which each server is

vars == <<currentTerm, votedFor, role, votesGranted, side>>

Nobody == "nobody"

Reachable(s) == {t \in Servers : side[t] = side[s]}

\* The mistake: a majority of those within reach.
IsQuorum(s) == Cardinality(votesGranted[s]) * 2 > Cardinality(Reachable(s))

Init ==
    /\ currentTerm = [s \in Servers |-> 0]
    /\ votedFor = [s \in Servers |-> Nobody]
    /\ role = [s \in Servers |-> "Follower"]
    /\ votesGranted = [s \in Servers |-> {}]
    /\ side = [s \in Servers |-> "left"]

Timeout(s) ==
    /\ role[s] # "Leader"
    /\ currentTerm[s] < MaxTerm
    /\ currentTerm' = [currentTerm EXCEPT ![s] = @ + 1]
    /\ role' = [role EXCEPT ![s] = "Candidate"]
    /\ votedFor' = [votedFor EXCEPT ![s] = s]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = {s}]
    /\ UNCHANGED side

\* s hears the request of candidate c and gives it its vote.
Vote(s, c) ==
    /\ s # c
    /\ side[s] = side[c]
    /\ role[c] = "Candidate"
    /\ \/ currentTerm[c] > currentTerm[s]
       \/ currentTerm[c] = currentTerm[s] /\ votedFor[s] \in {Nobody, c}
    /\ currentTerm' = [currentTerm EXCEPT ![s] = currentTerm[c]]
    /\ votedFor' = [votedFor EXCEPT ![s] = c]
    /\ role' = [role EXCEPT ![s] = IF currentTerm[c] > currentTerm[s] THEN "Follower" ELSE @]
    /\ votesGranted' = [votesGranted EXCEPT ![c] = @ \cup {s}]
    /\ UNCHANGED side

TakeLead(s) ==
    /\ role[s] = "Candidate"
    /\ IsQuorum(s)
    /\ role' = [role EXCEPT ![s] = "Leader"]
    /\ UNCHANGED <<currentTerm, votedFor, votesGranted, side>>

\* The network splits, or heals.
Repartition ==
    /\ side' \in [Servers -> {"left", "right"}]
    /\ UNCHANGED <<currentTerm, votedFor, role, votesGranted>>

Next ==
    \/ \E s \in Servers : Timeout(s) \/ TakeLead(s) \/ \E c \in Servers : Vote(s, c)
    \/ Repartition

Spec == Init /\ [][Next]_vars

AtMostOneLeader ==
    \A s, t \in Servers :
        role[s] = "Leader" /\ role[t] = "Leader" /\ currentTerm[s] = currentTerm[t] => s = t

\* want --explicit: violated AtMostOneLeader in state 7
\* want --bmc: violated AtMostOneLeader in state 7
=============================================================================
