------------------------ MODULE ChordRingInductive -------------------------
(* Why ChordRing is right: successors are nearer to Base, so that the way *)
(* from one to the next must come to it.                                  *)
EXTENDS ChordRing

BaseIsMember == Base \in members
AllHaveSuccessors == \A n \in members : HasSuccessor(n, members)
Nearer(n, m) == Dist(m, Base) < Dist(n, Base)
SuccessorIsNearer == \A n \in members \ {Base} : succ[n] # None /\ Nearer(n, succ[n])
SecondIsNearer ==
    \A n \in members \ {Base} : succ2[n] # None /\ succ[n] # Base => Nearer(n, succ2[n])

\* want --induct: verified
============================================================================
