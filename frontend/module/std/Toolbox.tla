------------------------------- MODULE Toolbox -------------------------------
(* The trace that is being explored, as the Toolbox offers it. *)
_TETrace == NATIVE
_TEPosition == NATIVE
==============================================================================
