-------------------- MODULE ToyConsensusForallInductive --------------------
(* Why ToyConsensusForall is right. *)
EXTENDS ToyConsensusForall

\* Who has not voted has no ballot, and nobody has two.
FlagIsTrue == \A b \in ballots : voted[b[1]]
OneBallot == \A b, c \in ballots : b[1] = c[1] => b[2] = c[2]

\* What is decided has the votes of its quorum.
DecisionsAreVoted == \A d \in decided : \A n \in d[2] : <<n, d[1]>> \in ballots

\* want --explicit: verified, 53 distinct, depth 7
\* want --induct: verified
============================================================================
