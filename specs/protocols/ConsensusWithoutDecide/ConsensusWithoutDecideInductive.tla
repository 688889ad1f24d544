------------------ MODULE ConsensusWithoutDecideInductive ------------------
(* Why ConsensusWithoutDecide is right. *)
EXTENDS ConsensusWithoutDecide

VotersAreKnown == \A n, m \in Node : <<"vote", n, m>> \in net => voted[n]
OneVote == \A n, m, k \in Node : <<"vote", n, m>> \in net /\ <<"vote", n, k>> \in net => m = k
ReceivedWasSent == \A n \in Node : \A m \in votes[n] : <<"vote", m, n>> \in net
LeadersHaveMajorities == \A n \in leaders : IsMajority(votes[n])

\* want --induct: verified
============================================================================
