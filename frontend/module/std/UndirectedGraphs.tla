-------------------------- MODULE UndirectedGraphs ---------------------------
(* Undirected graphs: each edge is a set of one or two nodes. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

LOCAL IsGraph(G) == G = [node |-> G.node, edge |-> G.edge]
IsUndirectedGraph(G) == IsGraph(G) /\ \A e \in G.edge : \E a, b \in G.node : e = {a, b}
IsLoopFreeUndirectedGraph(G) ==
  IsGraph(G) /\ \A e \in G.edge : \E a, b \in G.node : a # b /\ e = {a, b}
UndirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsUndirectedGraph(H)}

LOCAL IsPath(p, G) == p # << >> /\ \A i \in 1 .. Len(p) - 1 : {p[i], p[i + 1]} \in G.edge
Path(G) == {p \in Seq(G.node) : IsPath(p, G)}
SimplePath(G) ==
  {p \in UNION {[1 .. n -> G.node] : n \in 1 .. Cardinality(G.node)} :
     IsPath(p, G) /\ \A i, j \in DOMAIN p : p[i] = p[j] => i = j}

LOCAL Reached(m, G) ==
  LET RECURSIVE Grow(_)
      Grow(S) == LET T == S \cup {n \in G.node : \E s \in S : {s, n} \in G.edge}
                 IN  IF T = S THEN S ELSE Grow(T)
  IN  Grow({m})
AreConnectedIn(m, n, G) == n \in Reached(m, G)
ConnectedComponents(G) == {Reached(m, G) : m \in G.node}
IsStronglyConnected(G) == ConnectedComponents(G) = {G.node}
UndirectedGraphs(S) == [node : {S}, edge : SUBSET {{s, t} : s, t \in S}]
==============================================================================
