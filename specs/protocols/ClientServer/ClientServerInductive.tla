----------------------- MODULE ClientServerInductive -----------------------
(* Why ClientServer is right. *)
EXTENDS ClientServer

SentResponsesFit ==
    \A m \in responded : \E r \in Request : <<m[1], r>> \in requested /\ <<r, m[2]>> \in fits

\* want --explicit: verified, 4504 distinct, depth 13
\* want --induct: verified
============================================================================
