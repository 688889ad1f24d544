------------------------ MODULE ClientServerBroken -------------------------
(* ClientServer with one mistake: the server answers whoever asks anything. *)
EXTENDS ClientServer

RespondToAnybody(c, r, p) ==
    /\ \E d \in Client : <<d, r>> \in requested
    /\ <<r, p>> \in fits
    /\ responded' = responded \cup {<<c, p>>}
    /\ UNCHANGED <<fits, requested, received>>

\* want --explicit: violated ResponsesFit in state 4
============================================================================
