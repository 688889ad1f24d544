--------------------------- MODULE HermesBroken ----------------------------
(* Hermes with one mistake: a write that another one overtakes goes on *)
(* collecting acknowledgements as if they were for its own.            *)
EXTENDS Hermes

RecvAnyAck(n, m) ==
    /\ m.type = "ack"
    /\ state[n] \in {"write", "replay"}
    /\ acks' = [acks EXCEPT ![n] = @ \cup {m.from}]
    /\ UNCHANGED <<alive, state, ts, writer, msgs>>

\* want --explicit: violated Consistent in state 11
============================================================================
