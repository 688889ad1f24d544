------------------------------- MODULE Quorum --------------------------------
(* Quorum systems: sets of subsets of S of which any two have a member in
   common, closed under supersets. *)
QuorumSystem(S) ==
  {Q \in SUBSET SUBSET S :
     /\ Q # {}
     /\ \A q, r \in Q : q \cap r # {}
     /\ \A q \in Q : \A r \in SUBSET S : q \subseteq r => r \in Q}
==============================================================================
