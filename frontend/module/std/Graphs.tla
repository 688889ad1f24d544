------------------------------- MODULE Graphs --------------------------------
(* Directed graphs: records of a set node and a set edge of pairs. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

IsDirectedGraph(G) == G = [node |-> G.node, edge |-> G.edge] /\ G.edge \subseteq G.node \X G.node
DirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsDirectedGraph(H)}
Transpose(G) == [node |-> G.node, edge |-> {<<e[2], e[1]>> : e \in G.edge}]
IsUndirectedGraph(G) == IsDirectedGraph(G) /\ Transpose(G).edge = G.edge
UndirectedSubgraph(G) == {H \in DirectedSubgraph(G) : IsUndirectedGraph(H)}

LOCAL IsPath(p, G) == p # << >> /\ \A i \in 1 .. Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge
Path(G) == {p \in Seq(G.node) : IsPath(p, G)}
SimplePath(G) ==
  {p \in UNION {[1 .. n -> G.node] : n \in 1 .. Cardinality(G.node)} :
     IsPath(p, G) /\ \A i, j \in DOMAIN p : p[i] = p[j] => i = j}

(* The nodes that a path from m leads to. *)
LOCAL Reached(m, G) ==
  LET RECURSIVE Grow(_)
      Grow(S) == LET T == S \cup {n \in G.node : \E s \in S : <<s, n>> \in G.edge}
                 IN  IF T = S THEN S ELSE Grow(T)
  IN  Grow({m})
AreConnectedIn(m, n, G) == n \in Reached(m, G)
ConnectionsIn(G) ==
  LET From == [m \in G.node |-> Reached(m, G)] IN [m, n \in G.node |-> n \in From[m]]
IsStronglyConnected(G) == \A m \in G.node : Reached(m, G) = G.node
Reachable(G, S) == UNION {Reached(m, G) : m \in S}
IsTreeWithRoot(G, r) ==
  /\ IsDirectedGraph(G)
  /\ \A e \in G.edge : e[1] # r /\ \A f \in G.edge : e[1] = f[1] => e = f
  /\ \A n \in G.node : AreConnectedIn(n, r, G)
IsBipartiteWithPartitions(G, U, V) ==
  U \cap V = {} /\ U \cup V = G.node /\ \A e \in G.edge : (e[1] \in U) <=> (e[2] \in V)
HasCycle(G) == \E e \in G.edge : AreConnectedIn(e[2], e[1], G)
IsDag(G) == ~HasCycle(G)
Successors(G, n) == {m \in G.node : <<n, m>> \in G.edge}
Predecessors(G, n) == {m \in G.node : <<m, n>> \in G.edge}
Roots(G) == {n \in G.node : Predecessors(G, n) = {}}
Leaves(G) == {n \in G.node : Successors(G, n) = {}}
EmptyGraph == [node |-> {}, edge |-> {}]
Graphs(S) == [node : {S}, edge : SUBSET (S \X S)]
==============================================================================
