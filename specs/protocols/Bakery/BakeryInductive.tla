-------------------------- MODULE BakeryInductive --------------------------
(* Why Bakery is right: the invariant of Lamport's proof, in our words. *)
EXTENDS Bakery

TypeOK ==
    /\ number \in [Procs -> Nat]
    /\ choosing \in [Procs -> BOOLEAN]
    /\ pc \in [Procs -> {"Idle", "Choose", "Look", "Draw", "Drawn", "Wait", "Turn", "Inside", "Leave"}]
    /\ unseen \in [Procs -> SUBSET Procs]
    /\ highest \in [Procs -> Nat]
    /\ other \in [Procs -> Procs]

\* j has seen the number of i, or will see it, and comes after i.
Behind(j, i) ==
    /\ number[i] > 0
    /\ \/ pc[j] \in {"Idle", "Choose", "Leave"}
       \/ pc[j] = "Look" /\ (i \in unseen[j] \/ highest[j] >= number[i])
       \/ pc[j] = "Draw" /\ highest[j] >= number[i]
       \/ /\ pc[j] \in {"Drawn", "Wait", "Turn"}
          /\ First(number[i], i, number[j], j)
          /\ pc[j] \in {"Wait", "Turn"} => i \in unseen[j]

NumberWhileInterested ==
    \A i \in Procs :
        /\ pc[i] \in {"Idle", "Choose", "Look", "Draw"} => number[i] = 0
        /\ pc[i] \in {"Drawn", "Wait", "Turn", "Inside", "Leave"} => number[i] > 0
ChoosingWhileDrawing == \A i \in Procs : pc[i] \in {"Look", "Draw", "Drawn"} => choosing[i]
NotForOneself == \A i \in Procs : i \notin unseen[i]
OtherIsUnseen == \A i \in Procs : pc[i] = "Turn" => other[i] \in unseen[i]
SeenAreBehind ==
    \A i \in Procs : pc[i] \in {"Wait", "Turn"} =>
        \A j \in Procs \ {i} : j \notin unseen[i] => Behind(j, i)
OtherWillSee ==
    \A i \in Procs : pc[i] = "Turn" =>
        LET j == other[i]
        IN  pc[j] = "Draw" \/ (pc[j] = "Look" /\ i \notin unseen[j]) => highest[j] >= number[i]
AllAreBehind == \A i, j \in Procs : pc[i] = "Inside" /\ i # j => Behind(j, i)

\* want --explicit: verified, 419 distinct, depth 34
\* want --induct: verified
\* want --induct -c BakeryThree.cfg: verified
============================================================================
