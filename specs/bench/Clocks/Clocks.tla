------------------------------- MODULE Clocks --------------------------------
(* Clocks that tick one at a time, none of them more than one ahead of     *)
(* another.                                                                *)
EXTENDS Integers

CONSTANTS
    N,          \* how many clocks there are
    Last        \* what they count to

Clock == 1 .. N

VARIABLE time

Init == time = [c \in Clock |-> 0]

Tick(c) ==
    /\ time[c] < Last
    /\ \A d \in Clock : time[c] <= time[d]
    /\ time' = [time EXCEPT ![c] = @ + 1]

Next == \E c \in Clock : Tick(c)

Spec == Init /\ [][Next]_time

-----------------------------------------------------------------------------
(* No clock is more than one ahead of another. *)
Together == \A c, d \in Clock : time[c] - time[d] <= 1
\* want --bmc --depth 10: clean to 10
\* want --explicit --constant N=4: verified
\* bench --depth 100: clocks, 10 processes; target 5
=============================================================================
