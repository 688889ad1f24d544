-------------------------- MODULE ElectionLivelock --------------------------
(* Scenario B of the lesson: timeouts for ever. Election timers run out     *)
(* before the votes are in, again and again, all servers at about the same  *)
(* time, and no leader is ever elected although every server goes on        *)
(* working. Terms are counted modulo Terms, which keeps the state space     *)
(* finite: servers compare terms for equality only.                         *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Servers,    \* the servers
    Terms       \* how many terms are told apart

ASSUME Terms \in Nat /\ Terms > 1

VARIABLES
    term,       \* the election that a server is in
    role,
    votedFor    \* its vote in that election

vars == <<term, role, votedFor>>

Init ==
    /\ term = [s \in Servers |-> 0]
    /\ role = [s \in Servers |-> "Candidate"]
    /\ votedFor = [s \in Servers |-> s]

Leaders == {s \in Servers : role[s] = "Leader"}

\* The timer of s runs out: a new election, and s votes for itself.
Timeout(s) ==
    /\ role[s] # "Leader"
    /\ term' = [term EXCEPT ![s] = (@ + 1) % Terms]
    /\ role' = [role EXCEPT ![s] = "Candidate"]
    /\ votedFor' = [votedFor EXCEPT ![s] = s]

\* s hears of the election of c, which is one ahead, and votes for c.
Vote(s, c) ==
    /\ role[s] # "Leader" /\ role[c] = "Candidate"
    /\ term[c] = (term[s] + 1) % Terms
    /\ term' = [term EXCEPT ![s] = term[c]]
    /\ role' = [role EXCEPT ![s] = "Follower"]
    /\ votedFor' = [votedFor EXCEPT ![s] = c]

TakeLead(s) ==
    /\ role[s] = "Candidate"
    /\ Leaders = {}
    /\ Cardinality({v \in Servers : votedFor[v] = s /\ term[v] = term[s]}) * 2 > Cardinality(Servers)
    /\ role' = [role EXCEPT ![s] = "Leader"]
    /\ UNCHANGED <<term, votedFor>>

Next == \E s \in Servers : Timeout(s) \/ TakeLead(s) \/ \E c \in Servers : Vote(s, c)

\* Every server goes on, and takes the lead when it can go on doing so. That
\* is not enough: a timer that runs out takes the chance away.
Spec ==
    /\ Init /\ [][Next]_vars
    /\ \A s \in Servers : WF_vars(Timeout(s)) /\ WF_vars(TakeLead(s))

AtMostOneLeader == Cardinality(Leaders) <= 1

LivenessEventuallyElection == []<>(\E s \in Servers : role[s] = "Leader")

\* want --explicit: lasso LivenessEventuallyElection
=============================================================================
