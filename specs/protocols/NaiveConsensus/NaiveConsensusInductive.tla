---------------------- MODULE NaiveConsensusInductive ----------------------
(* Why NaiveConsensus is right. *)
EXTENDS NaiveConsensus

OneBallot == \A n \in Node, v, w \in Value : ballot[n][v] /\ ballot[n][w] => v = w
AgreedWasCast == \A a \in agreed : \A n \in a[1] : ballot[n][a[2]]
DecidedWasAgreed == \A d \in decision : \E Q \in Majorities : <<Q, d[2]>> \in agreed

\* want --explicit: verified, 363 distinct, depth 11
\* want --induct: verified
============================================================================
