----------------------- MODULE LearningSwitchBroken ------------------------
(* LearningSwitch with one mistake: a switch learns from every packet, also *)
(* from one that comes by a detour.                                         *)
EXTENDS LearningSwitch

LearnAlways(p) ==
    IF p.at # p.src
    THEN route' = [route EXCEPT ![p.src][p.at] = p.from]
    ELSE UNCHANGED route

\* want --explicit: violated NoLoop in state 15
============================================================================
