------------------------ MODULE EchoBroadcastBroken ------------------------
(* EchoBroadcast with one mistake: a majority of echoes is enough, as if *)
(* faulty processes could only stop.                                     *)
EXTENDS EchoBroadcast

EnoughForCrashes(v) == 2 * Cardinality(echoed[v]) > Cardinality(Proc)

\* want --explicit: violated Agreement in state 9
\* want --bmc --depth 9: violated Agreement in state 9
============================================================================
