--------------------- MODULE HybridBroadcastInductive ----------------------
(* Why HybridBroadcast is right. *)
EXTENDS HybridBroadcast

HeardWasSent == \A n \in Node : \A m \in heard[n] : <<m, n>> \in sent
ObedientEchoWasGiven == \A e \in sent : e[1] \in Obedient => given \cap Obedient # {}
AcceptedIsHeard == \A n \in accepted : Most(heard[n])

\* want --induct: verified
============================================================================
