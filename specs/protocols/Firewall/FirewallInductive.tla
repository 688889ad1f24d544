------------------------- MODULE FirewallInductive -------------------------
(* Why Firewall is right. *)
EXTENDS Firewall

AllowedAreInvited == \A h \in allowed : \E i \in Inside : <<i, h>> \in sent

\* want --explicit: verified, 2197 distinct, depth 13
\* want --induct: verified
============================================================================
