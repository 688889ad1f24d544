-------------------- MODULE Trace --------------------
\* Property Live is violated by a behaviour that returns to step 2 and repeats for ever.
\* A behaviour of Clock.
EXTENDS Integers, Sequences, TLC

Trace == <<
  (* 1: InitialState *)
  [x |-> 0],
  (* 2: Up *)
  [x |-> 1],
  (* 3: Down *)
  [x |-> 2]
>>

\* The last state is followed by Trace[LoopStart].
LoopStart == 2

======================================================
