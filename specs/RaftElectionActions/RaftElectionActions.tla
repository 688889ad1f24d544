------------------------- MODULE RaftElectionActions -------------------------
(* The protocol of RaftElection in plain TLA+: an action for each thing     *)
(* that a server or the network does.                                       *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Servers,    \* the servers
    MaxTerm     \* no server starts an election beyond this term

ASSUME MaxTerm \in Nat

VARIABLES
    currentTerm, votedFor,  \* on disk: survive a crash
    role, votesGranted,     \* in memory
    requests, replies       \* the network

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
    /\ UNCHANGED <<currentTerm, votedFor, requests, replies>>

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

TypeOK ==
    /\ currentTerm \in [Servers -> Nat]
    /\ votedFor \in [Servers -> Servers \cup {Nobody}]
    /\ role \in [Servers -> {"Follower", "Candidate", "Leader"}]
    /\ votesGranted \in [Servers -> SUBSET Servers]
    /\ requests \subseteq [term : Nat, from : Servers]
    /\ replies \subseteq [term : Nat, from : Servers, to : Servers]

RepliesAreVotes ==
    \A r \in replies :
        /\ r.term <= currentTerm[r.from]
        /\ r.term = currentTerm[r.from] => votedFor[r.from] = r.to

OneVotePerTerm ==
    \A a, b \in replies : a.from = b.from /\ a.term = b.term => a.to = b.to

CountedVotesWereGiven ==
    \A s \in Servers : role[s] # "Follower" =>
        \A v \in votesGranted[s] :
            \/ currentTerm[v] > currentTerm[s]
            \/ currentTerm[v] = currentTerm[s] /\ votedFor[v] = s

CountedVotesAreSpent ==
    \A r \in replies, s \in Servers :
        role[s] # "Follower" /\ currentTerm[s] = r.term /\ r.from \in votesGranted[s] => s = r.to

VotesAreCountedOnce ==
    \A s, t \in Servers :
        role[s] # "Follower" /\ role[t] # "Follower" /\ currentTerm[s] = currentTerm[t] /\ s # t
            => votesGranted[s] \cap votesGranted[t] = {}

LeadersHaveQuorum ==
    \A s \in Servers : role[s] = "Leader" => IsQuorum(votesGranted[s])

\* want --explicit: verified, 411433 generated, 50965 distinct, depth 16
\* want --bmc --depth 8: clean to 8
\* want --induct --any MaxTerm: proved AtMostOneLeader
=============================================================================
