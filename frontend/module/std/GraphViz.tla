------------------------------ MODULE GraphViz -------------------------------
(* A directed graph, as in module Graphs, in the language of the program dot.
   Labels are those of nodes and of edges. *)
DotDiGraph(G, NodeLabel(_), EdgeLabel(_)) == NATIVE
==============================================================================
