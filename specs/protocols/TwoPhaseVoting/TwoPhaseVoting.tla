-------------------------- MODULE TwoPhaseVoting ---------------------------
(* Two-phase commit where each node votes and may die. The coordinator      *)
(* orders all to commit after votes of yes from all, and all to abort after *)
(* a no or a death. After the two-phase commit of I4 (Ma and others, SOSP   *)
(* 2019).                                                                   *)
CONSTANT Node

VARIABLES
    alive,
    yes, no,            \* who has voted so
    toCommit, toAbort,  \* whom the coordinator has ordered so
    committed, aborted, \* who has done so
    trouble             \* somebody has died or voted no

vars == <<alive, yes, no, toCommit, toAbort, committed, aborted, trouble>>

TypeOK ==
    /\ alive \in SUBSET Node
    /\ yes \in SUBSET Node /\ no \in SUBSET Node
    /\ toCommit \in SUBSET Node /\ toAbort \in SUBSET Node
    /\ committed \in SUBSET Node /\ aborted \in SUBSET Node
    /\ trouble \in BOOLEAN

Init ==
    /\ alive = Node
    /\ yes = {} /\ no = {}
    /\ toCommit = {} /\ toAbort = {}
    /\ committed = {} /\ aborted = {}
    /\ trouble = FALSE

CanVote(n) == n \in alive /\ n \notin yes \cup no \cup committed \cup aborted

VoteYes(n) ==
    /\ CanVote(n)
    /\ yes' = yes \cup {n}
    /\ UNCHANGED <<alive, no, toCommit, toAbort, committed, aborted, trouble>>

\* Who votes no need not wait for what becomes of it.
VoteNo(n) ==
    /\ CanVote(n)
    /\ no' = no \cup {n}
    /\ aborted' = aborted \cup {n}
    /\ trouble' = TRUE
    /\ UNCHANGED <<alive, yes, toCommit, toAbort, committed>>

Die(n) ==
    /\ n \in alive
    /\ alive' = alive \ {n}
    /\ trouble' = TRUE
    /\ UNCHANGED <<yes, no, toCommit, toAbort, committed, aborted>>

Undecided == toCommit = {} /\ toAbort = {}

OrderCommit ==
    /\ Undecided
    /\ yes = Node
    /\ toCommit' = Node
    /\ UNCHANGED <<alive, yes, no, toAbort, committed, aborted, trouble>>

OrderAbort ==
    /\ Undecided
    /\ \E n \in Node : n \in no \/ n \notin alive
    /\ toAbort' = Node
    /\ UNCHANGED <<alive, yes, no, toCommit, committed, aborted, trouble>>

Commit(n) ==
    /\ n \in alive \cap toCommit
    /\ committed' = committed \cup {n}
    /\ UNCHANGED <<alive, yes, no, toCommit, toAbort, aborted, trouble>>

Abort(n) ==
    /\ n \in alive \cap toAbort
    /\ aborted' = aborted \cup {n}
    /\ UNCHANGED <<alive, yes, no, toCommit, toAbort, committed, trouble>>

Next ==
    \/ OrderCommit \/ OrderAbort
    \/ \E n \in Node : VoteYes(n) \/ VoteNo(n) \/ Die(n) \/ Commit(n) \/ Abort(n)

Spec == Init /\ [][Next]_vars

(* All who decide decide the same; they commit only what all want, and abort *)
(* only for a reason.                                                        *)
Safety ==
    /\ committed = {} \/ aborted = {}
    /\ committed # {} => yes = Node
    /\ aborted # {} => trouble

\* want --explicit: verified, 1064 distinct, depth 11
============================================================================
