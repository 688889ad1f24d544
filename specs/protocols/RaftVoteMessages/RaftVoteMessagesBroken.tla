---------------------- MODULE RaftVoteMessagesBroken -----------------------
(* RaftVoteMessages with one mistake: a server grants every request of its *)
(* term, whomever it has voted for.                                        *)
EXTENDS RaftVoteMessages

HandleEveryRequest(m) ==
    /\ m.type = "RequestVote"
    /\ m.term = currentTerm[m.to]
    /\ votedFor' = [votedFor EXCEPT ![m.to] = m.from]
    /\ Send([type |-> "Vote", term |-> m.term, from |-> m.to, to |-> m.from, granted |-> TRUE])
    /\ UNCHANGED <<currentTerm, state, votesGranted>>

\* want --explicit: violated ElectionSafety in state 17
============================================================================
