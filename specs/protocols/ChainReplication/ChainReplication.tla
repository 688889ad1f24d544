------------------------- MODULE ChainReplication --------------------------
(* A replicated database as a chain of servers. van Renesse and Schneider,   *)
(* "Chain replication for supporting high throughput and availability",      *)
(* OSDI 2004. The head takes updates, each server passes its history on to   *)
(* the next, and an update is answered by the tail. Servers that fail are    *)
(* taken out of the chain, one always lives.                                 *)
EXTENDS Naturals, Sequences

CONSTANTS N, Update

ASSUME N \in Nat /\ N > 0

Server == 1..N

VARIABLES
    alive,      \* the servers in the chain, in the order of their numbers
    history,    \* history[s]: the updates that s has applied
    answered    \* the updates that clients have been told of

vars == <<alive, history, answered>>

TypeOK ==
    /\ alive \in SUBSET Server
    /\ history \in [Server -> Seq(Update)]
    /\ answered \in Seq(Update)

Init ==
    /\ alive = Server
    /\ history = [s \in Server |-> <<>>]
    /\ answered = <<>>

IsHead(s) == s \in alive /\ \A t \in alive : s <= t
IsTail(s) == s \in alive /\ \A t \in alive : t <= s
IsNext(s, t) == s \in alive /\ t \in alive /\ s < t /\ \A u \in alive : u <= s \/ t <= u

Prefix(h, k) == Len(h) <= Len(k) /\ \A i \in 1..Len(h) : h[i] = k[i]

Submit(s, u) ==
    /\ IsHead(s)
    /\ history' = [history EXCEPT ![s] = Append(@, u)]
    /\ UNCHANGED <<alive, answered>>

PassOn(s, t) ==
    /\ IsNext(s, t)
    /\ Len(history[t]) < Len(history[s])
    /\ history' = [history EXCEPT ![t] = Append(@, history[s][Len(@) + 1])]
    /\ UNCHANGED <<alive, answered>>

Answer(s) ==
    /\ IsTail(s)
    /\ Len(answered) < Len(history[s])
    /\ answered' = Append(answered, history[s][Len(answered) + 1])
    /\ UNCHANGED <<alive, history>>

Fail(s) ==
    /\ s \in alive /\ alive # {s}
    /\ alive' = alive \ {s}
    /\ UNCHANGED <<history, answered>>

Next ==
    \E s \in Server :
        \/ \E u \in Update : Submit(s, u)
        \/ \E t \in Server : PassOn(s, t)
        \/ Answer(s) \/ Fail(s)

Spec == Init /\ [][Next]_vars

(* No server that lives lacks what has been answered. *)
NothingIsLost == \A s \in alive : Prefix(answered, history[s])

Short == \A s \in Server : Len(history[s]) <= 2

\* want --explicit: verified, 1691 distinct, depth 11
============================================================================
