------------------- MODULE MajoritySetElectionInductive --------------------
(* Why MajoritySetElection is right. *)
EXTENDS MajoritySetElection

SentByVoters == \A b \in ballots : hasVoted[b.from]
CollectedFromVoters == \A n \in Node : \A v \in voters[n] : hasVoted[v]
OneBallot == \A b, c \in ballots : b.from = c.from => b = c
SentOrCollected == \A b \in ballots, n \in Node : b.from \notin voters[n]
CollectedOnce == \A n, m \in Node : n # m => voters[n] \cap voters[m] = {}
LeadersHaveMajorities == \A n \in leaders : voters[n] \in Majority

\* want --explicit: verified, 956 distinct, depth 11
\* want --induct: verified
============================================================================
