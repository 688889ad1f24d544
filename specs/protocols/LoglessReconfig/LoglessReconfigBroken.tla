----------------------- MODULE LoglessReconfigBroken -----------------------
(* LoglessReconfig with one mistake: a primary does not wait until a quorum *)
(* has its configuration before it makes the next.                          *)
EXTENDS LoglessReconfig

CommittedAtOnce(s) == TRUE

MoreSteps == \A s \in Server : currentTerm[s] <= 1 /\ configVersion[s] <= 3

\* want --explicit: violated OnePrimaryPerTerm in state 6
============================================================================
