-------------------------- MODULE ForgetfulElection --------------------------
(* RaftElection with one mistake, scenario C of the lesson: votedFor is not *)
(* on disk. A server that crashes forgets its vote, votes again in the same *)
(* term, and two servers are elected in it.                                 *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Servers,    \* the servers
    MaxTerm     \* no server starts an election beyond this term

ASSUME MaxTerm \in Nat

VARIABLES
    currentTerm,                    \* on disk: survives a crash
    votedFor, role, votesGranted,   \* in memory
    requests, replies               \* the network

vars == <<currentTerm, votedFor, role, votesGranted, requests, replies>>

Nobody == "nobody"

IsQuorum(votes) == Cardinality(votes) * 2 > Cardinality(Servers)

Init ==
    /\ currentTerm = [s \in Servers |-> 0]
    /\ votedFor = [s \in Servers |-> Nobody]
    /\ role = [s \in Servers |-> "Follower"]
    /\ votesGranted = [s \in Servers |-> {}]
    /\ requests = {}
    /\ replies = {}

Timeout(s) ==
    /\ role[s] # "Leader"
    /\ currentTerm[s] < MaxTerm
    /\ currentTerm' = [currentTerm EXCEPT ![s] = @ + 1]
    /\ role' = [role EXCEPT ![s] = "Candidate"]
    /\ votedFor' = [votedFor EXCEPT ![s] = s]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = {s}]
    /\ requests' = requests \cup {[term |-> currentTerm[s] + 1, from |-> s]}
    /\ UNCHANGED replies

\* s votes for the sender of r. A later term ends what s was doing.
Vote(s, r) ==
    /\ r.from # s
    /\ \/ r.term > currentTerm[s]
       \/ r.term = currentTerm[s] /\ votedFor[s] \in {Nobody, r.from}
    /\ IF r.term > currentTerm[s]
       THEN /\ role' = [role EXCEPT ![s] = "Follower"]
            /\ votesGranted' = [votesGranted EXCEPT ![s] = {}]
       ELSE UNCHANGED <<role, votesGranted>>
    /\ currentTerm' = [currentTerm EXCEPT ![s] = r.term]
    /\ votedFor' = [votedFor EXCEPT ![s] = r.from]
    /\ replies' = replies \cup {[term |-> r.term, from |-> s, to |-> r.from]}
    /\ UNCHANGED requests

CountVote(s, r) ==
    /\ r.to = s
    /\ r.term = currentTerm[s]
    /\ role[s] = "Candidate"
    /\ votesGranted' = [votesGranted EXCEPT ![s] = @ \cup {r.from}]
    /\ UNCHANGED <<currentTerm, votedFor, role, requests, replies>>

TakeLead(s) ==
    /\ role[s] = "Candidate"
    /\ IsQuorum(votesGranted[s])
    /\ role' = [role EXCEPT ![s] = "Leader"]
    /\ UNCHANGED <<currentTerm, votedFor, votesGranted, requests, replies>>

Crash(s) ==
    /\ role' = [role EXCEPT ![s] = "Follower"]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = {}]
    /\ votedFor' = [votedFor EXCEPT ![s] = Nobody]
    /\ UNCHANGED <<currentTerm, requests, replies>>

LoseRequest(r) ==
    /\ requests' = requests \ {r}
    /\ UNCHANGED <<currentTerm, votedFor, role, votesGranted, replies>>

LoseReply(r) ==
    /\ replies' = replies \ {r}
    /\ UNCHANGED <<currentTerm, votedFor, role, votesGranted, requests>>

Next ==
    \/ \E s \in Servers :
        \/ Timeout(s)
        \/ \E r \in requests : Vote(s, r)
        \/ \E r \in replies : CountVote(s, r)
        \/ TakeLead(s)
        \/ Crash(s)
    \/ \E r \in requests : LoseRequest(r)
    \/ \E r \in replies : LoseReply(r)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
AtMostOneLeader ==
    \A s, t \in Servers :
        role[s] = "Leader" /\ role[t] = "Leader" /\ currentTerm[s] = currentTerm[t] => s = t

\* want --explicit: violated AtMostOneLeader in state 10
\* want --bmc --depth 12: violated AtMostOneLeader in state 10
=============================================================================
