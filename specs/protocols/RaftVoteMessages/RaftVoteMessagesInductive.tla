--------------------- MODULE RaftVoteMessagesInductive ---------------------
(* Why RaftVoteMessages is right. *)
EXTENDS RaftVoteMessages

Granted(m) == m.type = "Vote" /\ m.granted

GrantsAreVotes ==
    \A m \in messages : Granted(m) =>
        /\ m.term <= currentTerm[m.from]
        /\ m.term = currentTerm[m.from] => votedFor[m.from] = m.to
OneGrantPerTerm ==
    \A m, n \in messages :
        Granted(m) /\ Granted(n) /\ m.from = n.from /\ m.term = n.term => m.to = n.to
CountedWasGranted ==
    \A s \in Server : state[s] # "follower" =>
        \A v \in votesGranted[s] :
            [type |-> "Vote", term |-> currentTerm[s], from |-> v, to |-> s, granted |-> TRUE] \in messages
LeadersHaveQuorums == \A s \in Server : state[s] = "leader" => votesGranted[s] \in Quorum

\* want --explicit -c RaftVoteMessagesInductiveSmall.cfg: verified, 1093 distinct, depth 15
\* want --induct: verified
============================================================================
