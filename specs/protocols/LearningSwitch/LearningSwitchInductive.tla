---------------------- MODULE LearningSwitchInductive ----------------------
(* Why LearningSwitch is right: who sends towards a host sends to it, or to *)
(* a switch that knows the way.                                             *)
EXTENDS LearningSwitch

Knows(s, d) == s = d \/ route[d][s] # None

NoRouteToOneself == \A d \in Node : route[d][d] = None
NextKnows == \A d, s \in Node : route[d][s] # None => Knows(route[d][s], d)
SenderKnows == \A p \in packets : Knows(p.from, p.src)

\* want --explicit: verified, 23213 distinct, depth 24
\* want --induct: verified
============================================================================
