---- MODULE Q ----
EXTENDS Integers, Sequences, TLC
CONSTANTS Nodes, None
VARIABLES items, owner, count, last
vars == <<items, owner, count, last>>
Init == items = <<>> /\ owner = None /\ count = [n \in Nodes |-> 0] /\ last = [by |-> None, op |-> "no\"ne"]
Put(n) == /\ Len(items) < 2 /\ items' = Append(items, [long_field_name |-> {n, None}, another_long_field_name |-> <<-1, 2, {}>>, f |-> (3 :> "a" @@ 7 :> "b")])
          /\ last' = [by |-> n, op |-> "put"]  /\ UNCHANGED <<owner, count>>
Take(n) == /\ items # <<>> /\ items' = Tail(items) /\ owner' = n
           /\ count' = [count EXCEPT ![n] = (@ + 1) % 3] /\ last' = [by |-> n, op |-> "take"]
Next == \E n \in Nodes : Put(n) \/ Take(n)
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Inv == \A n \in Nodes : count[n] < 2
Live == <>(count[CHOOSE n \in Nodes: TRUE] = 2)
====
