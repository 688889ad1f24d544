---------------- MODULE raft_leader_election ----------------
(* An election in the manner of Raft that forgets whom a server voted    *)
(* for: a server may vote for several candidates of one term, so that    *)
(* two of them win it. The example job of the service's interface.       *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Servers,
    MaxTerm     \* no server begins an election beyond this term

ASSUME MaxTerm \in Nat

VARIABLES currentTerm, state, votesGranted
vars == <<currentTerm, state, votesGranted>>

Init ==
    /\ currentTerm = [s \in Servers |-> 0]
    /\ state = [s \in Servers |-> "Follower"]
    /\ votesGranted = [s \in Servers |-> {}]

Timeout(s) ==
    /\ state[s] # "Leader" /\ currentTerm[s] < MaxTerm
    /\ currentTerm' = [currentTerm EXCEPT ![s] = @ + 1]
    /\ state' = [state EXCEPT ![s] = "Candidate"]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = {s}]

(* The vote of a server for a candidate. That it voted already in this   *)
(* term should stop it.                                                  *)
Vote(voter, s) ==
    /\ voter # s /\ state[s] = "Candidate" /\ currentTerm[voter] <= currentTerm[s]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = @ \union {voter}]
    /\ UNCHANGED <<currentTerm, state>>

BecomeLeader(s) ==
    /\ state[s] = "Candidate" /\ 2 * Cardinality(votesGranted[s]) > Cardinality(Servers)
    /\ state' = [state EXCEPT ![s] = "Leader"]
    /\ UNCHANGED <<currentTerm, votesGranted>>

Next ==
    \/ \E s \in Servers : Timeout(s)
    \/ \E voter, s \in Servers : Vote(voter, s)
    \/ \E s \in Servers : BecomeLeader(s)

Spec == Init /\ [][Next]_vars /\ WF_vars(Next)

AtMostOneLeader == \A s, t \in Servers :
    state[s] = "Leader" /\ state[t] = "Leader" /\ currentTerm[s] = currentTerm[t] => s = t

LivenessEventuallyElection == <>(\E s \in Servers : state[s] = "Leader")

\* want --explicit: violated AtMostOneLeader in state 7
\* want --bmc: violated AtMostOneLeader in state 7
=============================================================
