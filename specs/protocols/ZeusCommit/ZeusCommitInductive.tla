------------------------ MODULE ZeusCommitInductive ------------------------
(* Why ZeusCommit is right: what is valid anywhere is known to all that live. *)
EXTENDS ZeusCommit

AckIsTrue == \A m \in msgs : m.type = "ack" => version[m.from] >= m.version
CountedIsTrue ==
    \A n \in Node : state[n] \in {"write", "replay"} => \A a \in acks[n] : version[a] >= version[n]
ValidIsKnown == \A n \in Node : state[n] = "valid" => \A a \in alive : version[a] >= version[n]
ValidatedIsKnown == \A m \in msgs : m.type = "val" => \A a \in alive : version[a] >= m.version

\* want --induct: verified
============================================================================
