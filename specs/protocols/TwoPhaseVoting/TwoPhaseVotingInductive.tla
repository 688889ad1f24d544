---------------------- MODULE TwoPhaseVotingInductive ----------------------
(* Why TwoPhaseVoting is right. *)
EXTENDS TwoPhaseVoting

OneVote == yes \cap no = {}
NoIsTrouble == no # {} => trouble
DeathIsTrouble == alive # Node => trouble
CommitWasWanted == toCommit # {} => yes = Node
AbortHasReason == toAbort # {} => trouble
OneOrder == toCommit = {} \/ toAbort = {}
CommittedByOrder == committed \subseteq toCommit
AbortedByOrder == aborted \subseteq toAbort \cup no

\* want --explicit: verified, 1064 distinct, depth 11
\* want --induct: verified
============================================================================
