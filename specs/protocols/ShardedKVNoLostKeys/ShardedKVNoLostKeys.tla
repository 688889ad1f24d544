------------------------ MODULE ShardedKVNoLostKeys ------------------------
(* The sharded store again, its tables as sets of tuples: what is shown is   *)
(* that no key is lost, and that one that is owned is not on the way. After  *)
(* sharded_kv_no_lost_keys of mypyvy.                                        *)
CONSTANTS Node, Key, Value

VARIABLES
    table,      \* <<n, k, v>>: n has value v for k
    owner,      \* <<n, k>>: n may write k
    messages    \* <<n, k, v>>: k is on the way to n

vars == <<table, owner, messages>>

TypeOK ==
    /\ table \subseteq Node \X Key \X Value
    /\ owner \subseteq Node \X Key
    /\ messages \subseteq Node \X Key \X Value

\* Every key has an owner at first, and one owner.
Init ==
    /\ table = {}
    /\ messages = {}
    /\ \E f \in [Key -> Node] : owner = {<<f[k], k>> : k \in Key}

Put(n, k, v) ==
    /\ <<n, k>> \in owner
    /\ table' = {e \in table : e[1] # n \/ e[2] # k} \cup {<<n, k, v>>}
    /\ UNCHANGED <<owner, messages>>

Reshard(n, m, k, v) ==
    /\ <<n, k, v>> \in table
    /\ table' = table \ {<<n, k, v>>}
    /\ owner' = owner \ {<<n, k>>}
    /\ messages' = messages \cup {<<m, k, v>>}

Receive(n, k, v) ==
    /\ <<n, k, v>> \in messages
    /\ messages' = messages \ {<<n, k, v>>}
    /\ table' = table \cup {<<n, k, v>>}
    /\ owner' = owner \cup {<<n, k>>}

Next ==
    \E n \in Node, k \in Key, v \in Value :
        \/ Put(n, k, v)
        \/ \E m \in Node : Reshard(n, m, k, v)
        \/ Receive(n, k, v)

Spec == Init /\ [][Next]_vars

OnItsWay(k) == \E n \in Node, v \in Value : <<n, k, v>> \in messages

(* Every key is owned, or on its way to an owner, and not both. *)
NoKeyIsLost ==
    \A k \in Key : (\E n \in Node : <<n, k>> \in owner) <=> ~OnItsWay(k)

\* want --explicit: verified, 225 distinct, depth 5
============================================================================
