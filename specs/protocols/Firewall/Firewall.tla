----------------------------- MODULE Firewall ------------------------------
(* A firewall that remembers. Hosts inside may send to anybody; a host       *)
(* outside may send to one inside only after somebody inside has sent to it. *)
(* After the firewall of VeriCon (Ball and others, PLDI 2014), in the form   *)
(* of mypyvy.                                                                *)
CONSTANTS Host, Inside

ASSUME Inside \subseteq Host

Outside == Host \ Inside

VARIABLES
    sent,       \* the packets sent, pairs of source and destination
    allowed     \* the hosts outside that the firewall lets in

vars == <<sent, allowed>>

TypeOK == sent \subseteq Host \X Host /\ allowed \subseteq Host

Init == sent = {} /\ allowed = {}

SendOut(s, d) ==
    /\ s \in Inside /\ d \in Outside
    /\ sent' = sent \cup {<<s, d>>}
    /\ allowed' = allowed \cup {d}

SendIn(s, d) ==
    /\ s \in Outside /\ d \in Inside
    /\ s \in allowed
    /\ sent' = sent \cup {<<s, d>>}
    /\ UNCHANGED allowed

Next == \E s, d \in Host : SendOut(s, d) \/ SendIn(s, d)

Spec == Init /\ [][Next]_vars

(* Who has sent in was spoken to first. *)
NoneUninvited ==
    \A s \in Outside, d \in Inside :
        <<s, d>> \in sent => \E i \in Inside : <<i, s>> \in sent

\* want --explicit: verified, 2197 distinct, depth 13
============================================================================
