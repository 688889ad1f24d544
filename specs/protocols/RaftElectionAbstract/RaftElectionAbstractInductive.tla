------------------- MODULE RaftElectionAbstractInductive -------------------
(* Why RaftElectionAbstract is right: a quorum has seen the term of a primary. *)
EXTENDS RaftElectionAbstract

TermsAreSeen == \A s \in primary : \E Q \in Quorums(Server) : \A q \in Q : term[q] >= term[s]

\* want --explicit: verified, 121 distinct, depth 4
\* want --induct: verified
============================================================================
