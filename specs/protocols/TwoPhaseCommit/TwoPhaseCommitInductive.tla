---------------------- MODULE TwoPhaseCommitInductive ----------------------
(* Why TwoPhaseCommit is right. *)
EXTENDS TwoPhaseCommit

Committed == [type |-> "commit"] \in msgs
Aborted == [type |-> "abort"] \in msgs
Told(r) == [type |-> "prepared", rm |-> r] \in msgs

\* What is heard was said, and who said it has not gone back to work, nor
\* given up by itself.
HeardIsTold == \A r \in tmHeard : Told(r)
ToldIsNotWorking == \A r \in RM : Told(r) => rmState[r] # "working"
ToldAbortsWhenTold == \A r \in RM : Told(r) /\ rmState[r] = "aborted" => Aborted

\* The messages of the transaction manager say what it has done.
CommitIsTrue == Committed <=> tmState = "committed"
AbortIsTrue == Aborted <=> tmState = "aborted"
CommitHasHeardAll == tmState = "committed" => tmHeard = RM
CommittedByMessage == \A r \in RM : rmState[r] = "committed" => Committed

\* want --explicit: verified, 288 distinct, depth 11
\* want --induct: verified
============================================================================
