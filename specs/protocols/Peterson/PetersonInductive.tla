------------------------- MODULE PetersonInductive -------------------------
(* Why Peterson is right. *)
EXTENDS Peterson

FlagIsUp == \A p \in Process : flag[p] <=> pc[p] # "idle"
InsideHasTurn ==
    \A p \in Process : pc[p] = "inside" /\ pc[Other(p)] \in {"waits", "inside"} => turn = p

\* want --explicit: verified, 20 distinct, depth 6
\* want --induct: verified
============================================================================
