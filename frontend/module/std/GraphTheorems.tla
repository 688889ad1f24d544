---------------------------- MODULE GraphTheorems ----------------------------
(* Facts about graphs are named in proofs only, which are not checked. *)
EXTENDS Graphs, Naturals, Sequences, FiniteSets
==============================================================================
