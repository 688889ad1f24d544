---------------------------- MODULE BakeryTickets ----------------------------
(* Lamport's bakery: who wants to enter draws a ticket above those that it *)
(* sees, one after the other, and waits for all with a lower one. While a  *)
(* ticket is written, others may read anything.                            *)
EXTENDS Naturals

CONSTANT N      \* how many processes there are

Process == 1 .. N

VARIABLES
    ticket,     \* 0 for none
    drawing,    \* is a process about to draw?
    pc,
    unread,     \* whom it has yet to look at
    highest,    \* the highest ticket that it has seen
    ahead       \* whom it waits for

vars == <<ticket, drawing, pc, unread, highest, ahead>>

Init ==
    /\ ticket = [p \in Process |-> 0]
    /\ drawing = [p \in Process |-> FALSE]
    /\ pc = [p \in Process |-> "out"]
    /\ unread = [p \in Process |-> {}]
    /\ highest = [p \in Process |-> 0]
    /\ ahead = [p \in Process |-> 1]

Before(p, q) == ticket[p] < ticket[q] \/ (ticket[p] = ticket[q] /\ p <= q)

Want(p) ==
    /\ pc[p] = "out"
    /\ \/ /\ drawing' = [drawing EXCEPT ![p] = ~ @]
          /\ UNCHANGED <<pc, unread, highest>>
       \/ /\ drawing' = [drawing EXCEPT ![p] = TRUE]
          /\ unread' = [unread EXCEPT ![p] = Process \ {p}]
          /\ highest' = [highest EXCEPT ![p] = 0]
          /\ pc' = [pc EXCEPT ![p] = "look"]
    /\ UNCHANGED <<ticket, ahead>>

Look(p) ==
    /\ pc[p] = "look"
    /\ \/ \E q \in unread[p] :
            /\ unread' = [unread EXCEPT ![p] = @ \ {q}]
            /\ highest' = [highest EXCEPT ![p] = IF ticket[q] > @ THEN ticket[q] ELSE @]
            /\ UNCHANGED pc
       \/ /\ unread[p] = {}
          /\ pc' = [pc EXCEPT ![p] = "draw"]
          /\ UNCHANGED <<unread, highest>>
    /\ UNCHANGED <<ticket, drawing, ahead>>

Draw(p) ==
    /\ pc[p] = "draw"
    /\ \/ \E n \in 0 .. N + 1 :
            /\ ticket' = [ticket EXCEPT ![p] = n]
            /\ UNCHANGED <<pc>>
       \/ /\ ticket' = [ticket EXCEPT ![p] = highest[p] + 1]
          /\ pc' = [pc EXCEPT ![p] = "show"]
    /\ UNCHANGED <<drawing, unread, highest, ahead>>

Show(p) ==
    /\ pc[p] = "show"
    /\ \/ /\ drawing' = [drawing EXCEPT ![p] = ~ @]
          /\ UNCHANGED <<pc, unread>>
       \/ /\ drawing' = [drawing EXCEPT ![p] = FALSE]
          /\ unread' = [unread EXCEPT ![p] = Process \ {p}]
          /\ pc' = [pc EXCEPT ![p] = "queue"]
    /\ UNCHANGED <<ticket, highest, ahead>>

Queue(p) ==
    /\ pc[p] = "queue"
    /\ \/ \E q \in unread[p] :
            /\ ahead' = [ahead EXCEPT ![p] = q]
            /\ ~ drawing[q]
            /\ pc' = [pc EXCEPT ![p] = "wait"]
       \/ /\ unread[p] = {}
          /\ pc' = [pc EXCEPT ![p] = "in"]
          /\ UNCHANGED ahead
    /\ UNCHANGED <<ticket, drawing, unread, highest>>

Wait(p) ==
    /\ pc[p] = "wait"
    /\ ticket[ahead[p]] = 0 \/ Before(p, ahead[p])
    /\ unread' = [unread EXCEPT ![p] = @ \ {ahead[p]}]
    /\ pc' = [pc EXCEPT ![p] = "queue"]
    /\ UNCHANGED <<ticket, drawing, highest, ahead>>

Leave(p) ==
    /\ pc[p] = "in"
    /\ ticket' = [ticket EXCEPT ![p] = 0]
    /\ pc' = [pc EXCEPT ![p] = "out"]
    /\ UNCHANGED <<drawing, unread, highest, ahead>>

Next == \E p \in Process : Want(p) \/ Look(p) \/ Draw(p) \/ Show(p) \/ Queue(p) \/ Wait(p) \/ Leave(p)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* One process at a time is in. *)
Exclusion == \A p, q \in Process : pc[p] = "in" /\ pc[q] = "in" => p = q
\* want --bmc --depth 6: clean to 6
\* bench --depth 8: Bakery, 5 processes; target 10; published 658
\* bench --depth 16: Bakery, 5 processes; target 10
=============================================================================
