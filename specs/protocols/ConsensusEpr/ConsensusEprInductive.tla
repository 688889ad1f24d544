----------------------- MODULE ConsensusEprInductive -----------------------
(* Why ConsensusEpr is right. *)
EXTENDS ConsensusEpr

TypeOK ==
    /\ msgs \subseteq [type : {"request", "vote"}, from : Node, to : Node]
    /\ voted \subseteq Node
    /\ votes \in [Node -> SUBSET Node]
    /\ leader \in [Node -> BOOLEAN]
    /\ decided \in [Node -> SUBSET Value]

BallotsAreOfVoters == \A n, m \in Node : Ballot(n, m) \in msgs => n \in voted
OneBallot == \A n, m, k \in Node : Ballot(n, m) \in msgs /\ Ballot(n, k) \in msgs => m = k
CountedWasSent == \A n \in Node : \A m \in votes[n] : Ballot(m, n) \in msgs
LeadersHaveQuorums == \A n \in Node : leader[n] => \E Q \in Quorum : Q \subseteq votes[n]
LeadersDecide == \A n \in Node : decided[n] # {} => leader[n]
OneDecision == \A n \in Node : \A v, w \in decided[n] : v = w

\* want --explicit: verified, 45440 distinct, depth 18
\* want --induct: verified
============================================================================
