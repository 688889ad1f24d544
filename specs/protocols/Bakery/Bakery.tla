------------------------------ MODULE Bakery -------------------------------
(* The bakery algorithm. Lamport, "A new solution of Dijkstra's concurrent  *)
(* programming problem", CACM 17 (1974). A process draws a number greater   *)
(* than all that it sees, reading them one at a time while others draw, too *)
(* and then waits for each process that may come first.                     *)
EXTENDS Naturals

CONSTANT N

ASSUME N \in Nat

Procs == 1..N

\* Process i with number a comes before process j with number b.
First(a, i, b, j) == a < b \/ (a = b /\ i < j)

(* --algorithm Bakery
variables
    number = [i \in Procs |-> 0],           \* 0: does not want to enter
    choosing = [i \in Procs |-> FALSE];     \* is drawing a number

process proc \in Procs
variables unseen = {}, highest = 0, other = 1;
begin
    Idle:
        skip;
    Choose:
        choosing[self] := TRUE;
        unseen := Procs \ {self};
        highest := 0;
    Look:
        while unseen # {} do
            with i \in unseen do
                unseen := unseen \ {i};
                if number[i] > highest then highest := number[i]; end if;
            end with;
        end while;
    Draw:
        number[self] := highest + 1;
    Drawn:
        choosing[self] := FALSE;
        unseen := Procs \ {self};
    Wait:
        while unseen # {} do
            with i \in unseen do
                await ~choosing[i];
                other := i;
            end with;
    Turn:
            await number[other] = 0 \/ First(number[self], self, number[other], other);
            unseen := unseen \ {other};
        end while;
    Inside:
        skip;
    Leave:
        number[self] := 0;
        goto Idle;
end process;
end algorithm; *)

(* No two processes are inside. *)
Mutex == \A i, j \in Procs : i # j => ~(pc[i] = "Inside" /\ pc[j] = "Inside")

SmallNumbers == \A i \in Procs : number[i] <= 2

\* want --explicit: verified, 419 distinct, depth 34
============================================================================
