----------------------------- MODULE ShardedKV -----------------------------
(* A key-value store in shards: the owner of a key may write it, or send it  *)
(* with its value to another node, in a message that is received once. After *)
(* the sharded store of IronFleet (Hawblitzel and others, SOSP 2015), as     *)
(* mypyvy has it.                                                            *)
CONSTANTS Node, Key, Value, Nil

ASSUME Nil \notin Value

VARIABLES
    table,      \* table[n][k]: the value that n has for k, or Nil
    owner,      \* owner[n]: the keys that n may write
    transfers   \* keys on the way, with their values

vars == <<table, owner, transfers>>

Transfer == [to : Node, key : Key, val : Value]

TypeOK ==
    /\ table \in [Node -> [Key -> Value \cup {Nil}]]
    /\ owner \in [Node -> SUBSET Key]
    /\ transfers \subseteq Transfer

Init ==
    /\ table = [n \in Node |-> [k \in Key |-> Nil]]
    /\ owner \in [Node -> SUBSET Key]
    /\ \A n, m \in Node : owner[n] \cap owner[m] # {} => n = m
    /\ transfers = {}

Put(n, k, v) ==
    /\ k \in owner[n]
    /\ table' = [table EXCEPT ![n][k] = v]
    /\ UNCHANGED <<owner, transfers>>

Reshard(n, k, m) ==
    /\ table[n][k] # Nil
    /\ table' = [table EXCEPT ![n][k] = Nil]
    /\ owner' = [owner EXCEPT ![n] = @ \ {k}]
    /\ transfers' = transfers \cup {[to |-> m, key |-> k, val |-> table[n][k]]}

Receive(t) ==
    /\ transfers' = transfers \ {t}
    /\ table' = [table EXCEPT ![t.to][t.key] = t.val]
    /\ owner' = [owner EXCEPT ![t.to] = @ \cup {t.key}]

Next ==
    \/ \E n \in Node, k \in Key, v \in Value : Put(n, k, v)
    \/ \E n, m \in Node, k \in Key : Reshard(n, k, m)
    \/ \E t \in transfers : Receive(t)

Spec == Init /\ [][Next]_vars

(* A key has a value at one node. *)
OnePlace == \A n, m \in Node, k \in Key : table[n][k] # Nil /\ table[m][k] # Nil => n = m

\* want --explicit: verified, 256 distinct, depth 5
============================================================================
