----------------------------- MODULE RaftLogs ------------------------------
(* Raft with logs, its messages as steps of two servers. Ongaro and          *)
(* Ousterhout, "In search of an understandable consensus algorithm", USENIX  *)
(* ATC 2014. A log is a sequence of terms: what else an entry holds does not *)
(* matter. A quorum elects who has a log that is as good as theirs; a leader *)
(* appends to its log; a server copies the next entry from another one when  *)
(* the entries before agree, and drops entries that are worse.               *)
EXTENDS Naturals, FiniteSets, Sequences

CONSTANT Server

Quorum == {Q \in SUBSET Server : Cardinality(Q) * 2 > Cardinality(Server)}

VARIABLES currentTerm, state, log

vars == <<currentTerm, state, log>>

TypeOK ==
    /\ currentTerm \in [Server -> Nat]
    /\ state \in [Server -> {"leader", "follower"}]
    /\ log \in [Server -> Seq(Nat)]

Init ==
    /\ currentTerm = [s \in Server |-> 0]
    /\ state = [s \in Server |-> "follower"]
    /\ log = [s \in Server |-> <<>>]

LastTerm(l) == IF Len(l) = 0 THEN 0 ELSE l[Len(l)]

\* The log of s is as good as that of t.
AsGood(s, t) ==
    \/ LastTerm(log[s]) > LastTerm(log[t])
    \/ LastTerm(log[s]) = LastTerm(log[t]) /\ Len(log[s]) >= Len(log[t])

BecomeLeader(s, Q) ==
    /\ s \in Q
    /\ \A q \in Q : currentTerm[q] <= currentTerm[s] /\ AsGood(s, q)
    /\ currentTerm' = [q \in Server |-> IF q \in Q THEN currentTerm[s] + 1 ELSE currentTerm[q]]
    /\ state' = [q \in Server |-> IF q = s THEN "leader" ELSE IF q \in Q THEN "follower" ELSE state[q]]
    /\ UNCHANGED log

ClientRequest(s) ==
    /\ state[s] = "leader"
    /\ log' = [log EXCEPT ![s] = Append(@, currentTerm[s])]
    /\ UNCHANGED <<currentTerm, state>>

\* s copies the next entry from t.
Copy(s, t) ==
    /\ state[s] = "follower"
    /\ Len(log[t]) > Len(log[s])
    /\ Len(log[s]) > 0 => log[t][Len(log[s])] = log[s][Len(log[s])]
    /\ log' = [log EXCEPT ![s] = Append(@, log[t][Len(@) + 1])]
    /\ UNCHANGED <<currentTerm, state>>

\* s finds that its last entry conflicts with the better log of t.
Drop(s, t) ==
    /\ state[s] = "follower"
    /\ Len(log[s]) > 0
    /\ LastTerm(log[s]) < LastTerm(log[t])
    /\ Len(log[s]) <= Len(log[t]) => log[t][Len(log[s])] # LastTerm(log[s])
    /\ log' = [log EXCEPT ![s] = SubSeq(@, 1, Len(@) - 1)]
    /\ UNCHANGED <<currentTerm, state>>

LearnTerm(s, t) ==
    /\ currentTerm[s] < currentTerm[t]
    /\ currentTerm' = [currentTerm EXCEPT ![s] = currentTerm[t]]
    /\ state' = [state EXCEPT ![s] = "follower"]
    /\ UNCHANGED log

Next ==
    \/ \E s \in Server, Q \in Quorum : BecomeLeader(s, Q)
    \/ \E s \in Server : ClientRequest(s)
    \/ \E s, t \in Server : Copy(s, t) \/ Drop(s, t) \/ LearnTerm(s, t)

Spec == Init /\ [][Next]_vars

(* Log matching: where two logs have an entry of the same term, they are the *)
(* same up to it.                                                            *)
LogMatching ==
    \A s, t \in Server : \A i \in 1..Len(log[s]) :
        i <= Len(log[t]) /\ log[s][i] = log[t][i] =>
            \A j \in 1..i : log[s][j] = log[t][j]

Short == \A s \in Server : currentTerm[s] <= 2 /\ Len(log[s]) <= 3

\* want --explicit: verified, 2971 distinct, depth 13
============================================================================
