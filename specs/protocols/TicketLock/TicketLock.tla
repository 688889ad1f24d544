---------------------------- MODULE TicketLock -----------------------------
(* A ticket lock: who wants in draws the next number, and enters when its   *)
(* number is called; who leaves calls the next one. Mellor-Crummey and      *)
(* Scott, "Algorithms for scalable synchronization on shared-memory         *)
(* multiprocessors", ACM TOCS 9 (1991). Numbers are never used again.       *)
EXTENDS Naturals

CONSTANT Thread

VARIABLES
    pc,         \* where each thread is: "idle", "wait" or "crit"
    ticket,     \* the number that it has drawn
    next,       \* the number to be drawn next
    serving     \* the number that is called

vars == <<pc, ticket, next, serving>>

TypeOK ==
    /\ pc \in [Thread -> {"idle", "wait", "crit"}]
    /\ ticket \in [Thread -> Nat]
    /\ next \in Nat
    /\ serving \in Nat

Init ==
    /\ pc = [t \in Thread |-> "idle"]
    /\ ticket = [t \in Thread |-> 0]
    /\ next = 0
    /\ serving = 0

Draw(t) ==
    /\ pc[t] = "idle"
    /\ pc' = [pc EXCEPT ![t] = "wait"]
    /\ ticket' = [ticket EXCEPT ![t] = next]
    /\ next' = next + 1
    /\ UNCHANGED serving

Enter(t) ==
    /\ pc[t] = "wait"
    /\ ticket[t] <= serving
    /\ pc' = [pc EXCEPT ![t] = "crit"]
    /\ UNCHANGED <<ticket, next, serving>>

Leave(t) ==
    /\ pc[t] = "crit"
    /\ pc' = [pc EXCEPT ![t] = "idle"]
    /\ serving' = serving + 1
    /\ UNCHANGED <<ticket, next>>

Next == \E t \in Thread : Draw(t) \/ Enter(t) \/ Leave(t)

Spec == Init /\ [][Next]_vars

(* No two threads are in the critical section. *)
Mutex == \A t, u \in Thread : t # u => ~(pc[t] = "crit" /\ pc[u] = "crit")

\* The instance for explicit search.
FewTickets == next < 5

\* want --explicit: verified, 179 distinct, depth 13
============================================================================
