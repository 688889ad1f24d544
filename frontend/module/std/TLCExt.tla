------------------------------- MODULE TLCExt --------------------------------
(* More of what TLC offers: checks of its own behaviour, traces, registers. *)
LOCAL INSTANCE TLC
LOCAL INSTANCE Naturals
LOCAL INSTANCE FiniteSets

(* a = b, and both are printed when that is false. *)
AssertEq(a, b) == IF a = b THEN TRUE ELSE PrintT(<<"not equal", a, b>>) /\ FALSE

(* TRUE when evaluating exp fails with the message err. *)
AssertError(err, exp) == NATIVE

(* The states from the initial one to the present, as records. *)
Trace == NATIVE
TLCDefer(exp) == NATIVE
PickSuccessor(exp) == TRUE
TLCNoOp(val) == val
TLCModelValue(str) == NATIVE
TLCCache(expr, closure) == expr
TLCGetOrDefault(key, default) == NATIVE
TLCGetAndSet(key, Op(_, _), val, default) == NATIVE
TLCFP(val) == NATIVE
TLCEvalDefinition(name) == NATIVE

(* The counterexample found so far, as sets of states and actions. *)
CounterExample == NATIVE
ToTrace(counterexample) ==
  [i \in 1 .. Cardinality(counterexample.state) |-> (CHOOSE s \in counterexample.state : s[1] = i)[2]]
==============================================================================
