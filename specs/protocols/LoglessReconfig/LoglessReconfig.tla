-------------------------- MODULE LoglessReconfig --------------------------
(* MongoDB's reconfiguration without a log. Schultz, Dardik and Tripakis,   *)
(* "Formal verification of a distributed dynamic reconfiguration protocol", *)
(* CPP 2022. The set of servers that vote is itself replicated state, with  *)
(* a version and a term; a primary may change it by steps whose quorums     *)
(* overlap, once a quorum has the present one.                              *)
EXTENDS Naturals, FiniteSets

CONSTANT Server

VARIABLES
    currentTerm, state,
    config, configVersion, configTerm   \* the configuration that each server has

vars == <<currentTerm, state, config, configVersion, configTerm>>

TypeOK ==
    /\ currentTerm \in [Server -> Nat]
    /\ state \in [Server -> {"primary", "secondary"}]
    /\ config \in [Server -> SUBSET Server]
    /\ configVersion \in [Server -> Nat]
    /\ configTerm \in [Server -> Nat]

Quorums(S) == {Q \in SUBSET S : Cardinality(Q) * 2 > Cardinality(S)}
Overlap(S, T) == \A P \in Quorums(S), Q \in Quorums(T) : P \cap Q # {}

\* The configuration of s is newer than that of t; at least as new.
IsNewer(s, t) ==
    \/ configTerm[s] > configTerm[t]
    \/ configTerm[s] = configTerm[t] /\ configVersion[s] > configVersion[t]
IsSame(s, t) == configTerm[s] = configTerm[t] /\ configVersion[s] = configVersion[t]

Init ==
    /\ currentTerm = [s \in Server |-> 0]
    /\ state = [s \in Server |-> "secondary"]
    /\ \E C \in SUBSET Server : C # {} /\ config = [s \in Server |-> C]
    /\ configVersion = [s \in Server |-> 1]
    /\ configTerm = [s \in Server |-> 0]

BecomePrimary(s, Q) ==
    /\ s \in config[s] /\ s \in Q
    /\ Q \in Quorums(config[s])
    /\ \A v \in Q : currentTerm[v] <= currentTerm[s] /\ ~IsNewer(v, s)
    /\ currentTerm' = [v \in Server |-> IF v \in Q THEN currentTerm[s] + 1 ELSE currentTerm[v]]
    /\ state' = [v \in Server |-> IF v = s THEN "primary" ELSE IF v \in Q THEN "secondary" ELSE state[v]]
    /\ configTerm' = [configTerm EXCEPT ![s] = currentTerm[s] + 1]
    /\ UNCHANGED <<config, configVersion>>

\* A quorum has the configuration of s; and is in its term.
Committed(s) ==
    \E Q \in Quorums(config[s]) : \A v \in Q : IsSame(v, s) /\ currentTerm[v] = currentTerm[s]

Reconfigure(s, C) ==
    /\ state[s] = "primary"
    /\ Committed(s)
    /\ s \in C
    /\ Overlap(config[s], C)
    /\ config' = [config EXCEPT ![s] = C]
    /\ configVersion' = [configVersion EXCEPT ![s] = @ + 1]
    /\ configTerm' = [configTerm EXCEPT ![s] = currentTerm[s]]
    /\ UNCHANGED <<currentTerm, state>>

\* s sends its configuration to t.
SendConfig(s, t) ==
    /\ state[t] = "secondary"
    /\ IsNewer(s, t)
    /\ config' = [config EXCEPT ![t] = config[s]]
    /\ configVersion' = [configVersion EXCEPT ![t] = configVersion[s]]
    /\ configTerm' = [configTerm EXCEPT ![t] = configTerm[s]]
    /\ UNCHANGED <<currentTerm, state>>

SendTerm(s, t) ==
    /\ currentTerm[s] > currentTerm[t]
    /\ currentTerm' = [currentTerm EXCEPT ![t] = currentTerm[s]]
    /\ state' = [state EXCEPT ![t] = "secondary"]
    /\ UNCHANGED <<config, configVersion, configTerm>>

Next ==
    \/ \E s \in Server, Q \in SUBSET Server : BecomePrimary(s, Q) \/ Reconfigure(s, Q)
    \/ \E s, t \in Server : SendConfig(s, t) \/ SendTerm(s, t)

Spec == Init /\ [][Next]_vars

(* A term has one primary at most. *)
OnePrimaryPerTerm ==
    \A s, t \in Server :
        state[s] = "primary" /\ state[t] = "primary" /\ currentTerm[s] = currentTerm[t] => s = t

FewSteps == \A s \in Server : currentTerm[s] <= 2 /\ configVersion[s] <= 2

\* want --explicit: verified, 5362 distinct, depth 10
============================================================================
