------------------------ MODULE TicketLockInductive ------------------------
(* Why TicketLock is right. *)
EXTENDS TicketLock

DrawnIsPast == \A t \in Thread : pc[t] # "idle" => ticket[t] < next
TicketsDiffer == \A t, u \in Thread : t # u /\ pc[t] # "idle" /\ pc[u] # "idle" => ticket[t] # ticket[u]
InsideIsServed == \A t \in Thread : pc[t] = "crit" => ticket[t] = serving
NotPassedOver == \A t \in Thread : pc[t] = "wait" => ticket[t] >= serving
ServedIsDrawn == serving <= next

\* want --explicit: verified, 179 distinct, depth 13
\* want --induct: verified
============================================================================
