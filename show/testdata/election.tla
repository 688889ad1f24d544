-------------------- MODULE Trace --------------------
\* Invariant AtMostOneLeader is violated in state 3.
\* A behaviour of Election.
EXTENDS Integers, Sequences, TLC

CONSTANTS Node1, Node2, Node3 \* model values

Trace == <<
  (* 1: InitialState *)
  [currentTerm |-> (Node1 :> 0 @@ Node2 :> 0 @@ Node3 :> 0),
   votesGranted |-> (Node1 :> {} @@ Node2 :> {} @@ Node3 :> {}),
   messages |-> {},
   log |-> <<>>],
  (* 2: Timeout(Node1) *)
  [currentTerm |-> (Node1 :> 1 @@ Node2 :> 0 @@ Node3 :> 0),
   votesGranted |-> (Node1 :> {Node1} @@ Node2 :> {} @@ Node3 :> {}),
   messages |-> {[from |-> Node1, kind |-> "vote request", term |-> 1]},
   log |-> <<>>],
  (* 3: Win(Node1) *)
  [currentTerm |-> (Node1 :> 1 @@ Node2 :> 1 @@ Node3 :> 0),
   votesGranted |-> (Node1 :> {Node1, Node2, Node3} @@ Node2 :> {} @@ Node3 :> {}),
   messages |-> {[from |-> Node1, kind |-> "vote request", term |-> 1]},
   log |-> <<{1, 2, 3}, TRUE>>]
>>

======================================================
