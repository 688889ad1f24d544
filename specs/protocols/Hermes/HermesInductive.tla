-------------------------- MODULE HermesInductive --------------------------
(* Why Hermes is right: what is valid anywhere is known to all that live. *)
EXTENDS Hermes

AtLeast(s, t) == Newer(s, t) \/ s = t

AckIsTrue == \A m \in msgs : m.type = "ack" => AtLeast(ts[m.from], m.ts)
CountedIsTrue ==
    \A n \in Node : state[n] \in {"write", "replay"} => \A a \in acks[n] : AtLeast(ts[a], ts[n])
ValidIsKnown == \A n \in alive : state[n] = "valid" => \A a \in alive : AtLeast(ts[a], ts[n])
ValidatedIsKnown == \A m \in msgs : m.type = "val" => \A a \in alive : AtLeast(ts[a], m.ts)

\* want --induct: verified
============================================================================
