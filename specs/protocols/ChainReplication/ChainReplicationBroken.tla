---------------------- MODULE ChainReplicationBroken -----------------------
(* ChainReplication with one mistake: the head answers, too. *)
EXTENDS ChainReplication

AnswerAtEnds(s) ==
    /\ IsTail(s) \/ IsHead(s)
    /\ Len(answered) < Len(history[s])
    /\ answered' = Append(answered, history[s][Len(answered) + 1])
    /\ UNCHANGED <<alive, history>>

\* want --explicit: violated NothingIsLost in state 3
============================================================================
