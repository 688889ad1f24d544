-------------------------- MODULE ReadersWriters ---------------------------
(* Readers share a room with each other, and a writer with nobody. Courtois, *)
(* Heymans and Parnas, "Concurrent control with readers and writers", CACM   *)
(* 14 (1971): the first solution, in which readers need not wait for writers *)
(* that wait, and may starve them.                                           *)
EXTENDS Naturals, FiniteSets

CONSTANTS Readers, Writers

VARIABLES want, reading, writing

vars == <<want, reading, writing>>

Threads == Readers \cup Writers

TypeOK ==
    /\ want \subseteq Threads
    /\ reading \subseteq Readers
    /\ writing \subseteq Writers

Init == want = {} /\ reading = {} /\ writing = {}

Ask(t) ==
    /\ t \notin want \cup reading \cup writing
    /\ want' = want \cup {t}
    /\ UNCHANGED <<reading, writing>>

StartReading(t) ==
    /\ t \in want /\ writing = {}
    /\ want' = want \ {t}
    /\ reading' = reading \cup {t}
    /\ UNCHANGED writing

StartWriting(t) ==
    /\ t \in want /\ writing = {} /\ reading = {}
    /\ want' = want \ {t}
    /\ writing' = {t}
    /\ UNCHANGED reading

Stop(t) ==
    /\ t \in reading \cup writing
    /\ reading' = reading \ {t}
    /\ writing' = writing \ {t}
    /\ UNCHANGED want

Next ==
    \/ \E t \in Threads : Ask(t) \/ Stop(t)
    \/ \E t \in Readers : StartReading(t)
    \/ \E t \in Writers : StartWriting(t)

Spec ==
    /\ Init /\ [][Next]_vars
    /\ \A t \in Threads : WF_vars(Stop(t))
    /\ \A t \in Readers : WF_vars(StartReading(t))
    /\ \A t \in Writers : WF_vars(StartWriting(t))

Exclusive == (writing = {} \/ reading = {}) /\ Cardinality(writing) <= 1

WritersWrite == \A t \in Writers : t \in want ~> t \in writing

\* want --explicit: verified, 52 distinct, depth 7
\* want --explicit --property WritersWrite: lasso WritersWrite
============================================================================
