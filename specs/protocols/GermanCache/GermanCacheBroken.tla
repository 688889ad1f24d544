------------------------- MODULE GermanCacheBroken -------------------------
(* GermanCache with one mistake: the directory gives exclusive access when *)
(* nobody has it exclusively, and does not look for sharers.               *)
EXTENDS GermanCache

GrantAmongSharers(c) ==
    /\ command = "own" /\ current = c /\ told[c] = "none" /\ ~exclusive
    /\ told' = [told EXCEPT ![c] = "grant exclusive"]
    /\ sharers' = sharers \cup {c}
    /\ exclusive' = TRUE
    /\ command' = "none"
    /\ current' = Nobody
    /\ UNCHANGED <<cache, request, ack, toInvalidate>>

\* want --explicit: violated Coherent in state 9
============================================================================
