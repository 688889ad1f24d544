-------------------------- MODULE UndirectedGraphs ---------------------------
(* Undirected graphs: each edge is a set of one or two nodes. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences

LOCAL IsGraph(G) == G = [node |-> G.node, edge |-> G.edge]
IsUndirectedGraph(G) == IsGraph(G) /\ \A e \in G.edge : \E a, b \in G.node : e = {a, b}
IsLoopFreeUndirectedGraph(G) ==
  IsGraph(G) /\ \A e \in G.edge : \E a, b \in G.node : a # b /\ e = {a, b}
UndirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsUndirectedGraph(H)}

(* Paths: sequences of nodes along edges; simple ones come to no node twice. *)
Path(G) ==
  {p \in Seq(G.node) : p # << >> /\ \A i \in 1 .. Len(p) - 1 : {p[i], p[i + 1]} \in G.edge}
SimplePath(G) ==
  LET Longer(P) ==
        UNION {{Append(p, n) : n \in {m \in G.node : /\ {p[Len(p)], m} \in G.edge
                                                     /\ \A i \in DOMAIN p : p[i] # m}} : p \in P}
      RECURSIVE From(_)
      From(P) == IF P = {} THEN {} ELSE P \cup From(Longer(P))
  IN  From({<<n>> : n \in G.node})

(* The nodes that a path from m leads to. *)
LOCAL Reached(m, G) ==
  LET RECURSIVE Grow(_)
      Grow(S) == LET T == S \cup {n \in G.node : \E s \in S : {s, n} \in G.edge}
                 IN  IF T = S THEN S ELSE Grow(T)
  IN  Grow({m})
AreConnectedIn(m, n, G) == m \in G.node /\ n \in Reached(m, G)
ConnectedComponents(G) == {Reached(m, G) : m \in G.node}
IsStronglyConnected(G) == ConnectedComponents(G) = {G.node}
UndirectedGraphs(S) == [node : {S}, edge : SUBSET {{s, t} : s, t \in S}]
==============================================================================
