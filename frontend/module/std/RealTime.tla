------------------------------ MODULE RealTime -------------------------------
(* Time bounds on actions: now is the present time, which runs in steps of its
   own. *)
EXTENDS Reals
VARIABLE now

(* A step A, once enabled, is taken no sooner than D and no later than E. *)
RTBound(A, v, D, E) ==
  LET Advance(t) == t' = IF <<A>>_v \/ ~(ENABLED <<A>>_v)' THEN 0 ELSE t + (now' - now)
      Clock(t) == t = 0 /\ [][Advance(t)]_<<t, v, now>>
      NotLate(t) == [](t <= E)
      NotEarly(t) == [][A => t >= D]_v
  IN  \EE t : Clock(t) /\ NotLate(t) /\ NotEarly(t)

(* Time goes on without bound, and v does not change while it does. *)
RTnow(v) ==
  LET Tick == now' \in {r \in Real : r > now} /\ UNCHANGED v
  IN  /\ now \in Real
      /\ [][Tick]_now
      /\ \A r \in Real : WF_now(Tick /\ now' > r)
==============================================================================
