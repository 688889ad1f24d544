-------------------------- MODULE FirewallBroken ---------------------------
(* Firewall with one mistake: who has been let in may let others in. *)
EXTENDS Firewall

SendInAndInvite(s, d) ==
    /\ s \in Outside
    /\ s \in allowed
    /\ sent' = sent \cup {<<s, d>>}
    /\ allowed' = allowed \cup {d}

\* want --explicit: violated NoneUninvited in state 4
============================================================================
