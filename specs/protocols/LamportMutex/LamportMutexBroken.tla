------------------------ MODULE LamportMutexBroken -------------------------
(* LamportMutex with one mistake: a process does not answer requests, but    *)
(* takes the request of another for an answer to its own.                    *)
EXTENDS LamportMutex

TakeRequestForAck(p, q) ==
    /\ channel[q][p] # <<>>
    /\ LET m == Head(channel[q][p])
       IN  /\ m.type = "request"
           /\ req' = [req EXCEPT ![p][q] = m.time]
           /\ acks' = [acks EXCEPT ![p] = IF req[p][p] = 0 THEN @ ELSE @ \cup {q}]
           /\ channel' = [channel EXCEPT ![q][p] = Tail(@), ![p][q] = Append(@, [type |-> "ack"])]
           /\ UNCHANGED <<clock, inside>>

\* want --explicit: violated Mutex in state 9
============================================================================
