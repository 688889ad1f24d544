--------------------- MODULE LockServerAutomatonBroken ---------------------
(* LockServerAutomaton with one mistake: the server frees the lock for a *)
(* client that has not left yet.                                         *)
EXTENDS LockServerAutomaton

FreeEarly(c) ==
    /\ state[c] \in {"holding", "releasing"}
    /\ state' = [state EXCEPT ![c] = IF @ = "releasing" THEN "idle" ELSE @]
    /\ server' = "free"

\* want --explicit: violated Mutex in state 8
============================================================================
