------------------------------- MODULE Graphs --------------------------------
(* Directed graphs: records of a set node and a set edge of pairs. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

EmptyGraph == [node |-> {}, edge |-> {}]
Graphs(S) == [node : {S}, edge : SUBSET (S \X S)]

(* Kinds and parts of graphs. *)
IsDirectedGraph(G) == G = [node |-> G.node, edge |-> G.edge] /\ G.edge \subseteq G.node \X G.node
DirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsDirectedGraph(H)}
Transpose(G) == [node |-> G.node, edge |-> {<<e[2], e[1]>> : e \in G.edge}]
IsUndirectedGraph(G) == IsDirectedGraph(G) /\ Transpose(G).edge = G.edge
UndirectedSubgraph(G) == {H \in DirectedSubgraph(G) : IsUndirectedGraph(H)}
GraphUnion(G, H) == [node |-> G.node \cup H.node, edge |-> G.edge \cup H.edge]

(* Paths: sequences of nodes along edges; simple ones come to no node twice. *)
Path(G) ==
  {p \in Seq(G.node) : p # << >> /\ \A i \in 1 .. Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge}
SimplePath(G) ==
  LET Longer(P) ==
        UNION {{Append(p, n) : n \in {m \in G.node : /\ <<p[Len(p)], m>> \in G.edge
                                                     /\ \A i \in DOMAIN p : p[i] # m}} : p \in P}
      RECURSIVE From(_)
      From(P) == IF P = {} THEN {} ELSE P \cup From(Longer(P))
  IN  From({<<n>> : n \in G.node})

(* The neighbours of a node, and of all nodes in a set. *)
Successors(G, n) == {m \in G.node : <<n, m>> \in G.edge}
Predecessors(G, n) == {m \in G.node : <<m, n>> \in G.edge}
AllSuccessors(G, S) == UNION {Successors(G, n) : n \in S}
AllPredecessors(G, S) == UNION {Predecessors(G, n) : n \in S}
InDegree(G, n) == Cardinality(Predecessors(G, n))
OutDegree(G, n) == Cardinality(Successors(G, n))
Roots(G) == {n \in G.node : Predecessors(G, n) = {}}
Leaves(G) == {n \in G.node : Successors(G, n) = {}}

(* The nodes in S and those that paths from there lead to. *)
LOCAL Reached(S, G) ==
  LET RECURSIVE Grow(_)
      Grow(T) == LET U == T \cup AllSuccessors(G, T) IN IF U = T THEN T ELSE Grow(U)
  IN  Grow(S)
AreConnectedIn(m, n, G) == m \in G.node /\ n \in Reached({m}, G)
ConnectionsIn(G) ==
  LET From == [m \in G.node |-> Reached({m}, G)] IN [m, n \in G.node |-> n \in From[m]]
IsStronglyConnected(G) == \A m \in G.node : Reached({m}, G) = G.node

(* The nodes at the other end of paths of at least one edge. *)
Descendants(G, n) == Reached(Successors(G, n), G)
Ancestors(G, n) == Descendants(Transpose(G), n)

HasCycle(G) == \E n \in G.node : n \in Descendants(G, n)
IsDag(G) == IsDirectedGraph(G) /\ ~HasCycle(G)

(* The edges of a tree point to its root. *)
IsTreeWithRoot(G, r) ==
  /\ IsDirectedGraph(G)
  /\ \A e \in G.edge : e[1] # r /\ \A f \in G.edge : e[1] = f[1] => e = f
  /\ \A n \in G.node : AreConnectedIn(n, r, G)
IsBipartiteWithPartitions(G, U, V) ==
  /\ U \cap V = {}
  /\ G.node \subseteq U \cup V
  /\ \A e \in G.edge : (e[1] \in U /\ e[2] \in V) \/ (e[1] \in V /\ e[2] \in U)
==============================================================================
