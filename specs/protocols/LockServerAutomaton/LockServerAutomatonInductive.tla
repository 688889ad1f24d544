------------------- MODULE LockServerAutomatonInductive --------------------
(* Why LockServerAutomaton is right: one client at most is past its grant, *)
(* and then the server knows that the lock is taken.                       *)
EXTENDS LockServerAutomaton

HasLock(c) == state[c] \in {"granted", "holding", "releasing"}

OneHasLock == \A c, d \in Client : HasLock(c) /\ HasLock(d) => c = d
ServerKnows == \A c \in Client : HasLock(c) => server = "taken"

\* want --explicit: verified, 112 distinct, depth 8
\* want --induct: verified
============================================================================
