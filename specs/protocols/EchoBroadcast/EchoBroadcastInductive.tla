---------------------- MODULE EchoBroadcastInductive -----------------------
(* Why EchoBroadcast is right, for any processes and any T: two sets of    *)
(* N - T of N > 3 T processes have more than T in common, and so a correct *)
(* one, which has sent one echo only.                                      *)
EXTENDS EchoBroadcast

OneEcho == \A p \in Correct, v, w \in Value : p \in echoed[v] /\ p \in echoed[w] => v = w

AcceptedIsEchoed == \A v \in Value : accepted[v] # {} => Enough(v)

\* want --explicit -c EchoBroadcastFixed.cfg: verified, 332 distinct, depth 9
\* want --induct: verified
\* want --induct --any Proc --any Value: verified, proved Agreement
============================================================================
