----------------------- MODULE NaiveConsensusBroken ------------------------
(* NaiveConsensus with one mistake: a quorum agrees when nobody in it is *)
(* against.                                                              *)
EXTENDS NaiveConsensus

AgreeUnopposed(Q, v) ==
    /\ \A n \in Q, w \in Value : ballot[n][w] => w = v
    /\ agreed' = agreed \cup {<<Q, v>>}
    /\ UNCHANGED <<ballot, decision>>

\* want --explicit: violated Agreement in state 5
============================================================================
