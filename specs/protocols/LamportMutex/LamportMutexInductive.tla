----------------------- MODULE LamportMutexInductive -----------------------
(* What makes LamportMutex right. Of one process to another, at most one     *)
(* message of each kind is on the way, a request is behind the release of    *)
(* the one before it, and so on: the channel from p to q together with what  *)
(* q knows of p is in one of few states.                                     *)
EXTENDS LamportMutex

Has(p, q, type) == \E i \in DOMAIN channel[p][q] : channel[p][q][i].type = type

\* Where the messages of a type are in the channel from p to q: once at most,
OncePerType ==
    \A p, q \in Proc : \A i, j \in DOMAIN channel[p][q] :
        channel[p][q][i].type = channel[p][q][j].type => i = j
\* and a release comes before the next request.
ReleaseFirst ==
    \A p, q \in Proc : \A i, j \in DOMAIN channel[p][q] :
        channel[p][q][i].type = "release" /\ channel[p][q][j].type = "request" => i < j

NoneToOneself == \A p \in Proc : channel[p][p] = <<>>

\* Requests on the way, and known, are of the past, and say what was asked.
RequestIsTrue ==
    \A p, q \in Proc : \A i \in DOMAIN channel[p][q] :
        channel[p][q][i].type = "request" =>
            channel[p][q][i].time = req[p][p] /\ channel[p][q][i].time > 0
RequestIsPast == \A p \in Proc : req[p][p] <= clock[p] /\ clock[p] > 0
KnownIsTrue ==
    \A p, q \in Proc : p # q /\ req[q][p] # 0 =>
        Has(p, q, "release") \/ req[q][p] = req[p][p]

\* An acknowledgement, on the way or received, is for the present request.
AckIsForRequest ==
    \A p, q \in Proc : p # q /\ (Has(q, p, "ack") \/ q \in acks[p]) =>
        /\ req[p][p] # 0
        /\ req[q][p] = req[p][p]
        /\ clock[q] > req[p][p]
        /\ ~Has(p, q, "request")
        /\ ~Has(p, q, "release")
        /\ ~(Has(q, p, "ack") /\ q \in acks[p])
AcksWhileAsking == \A p \in Proc : acks[p] # {} => req[p][p] # 0

\* Who has the ack of q has also seen the request of q that came before it.
AckIsBehind ==
    \A p, q \in Proc : p # q /\ q \in acks[p] /\ Has(q, p, "request") =>
        req[q][q] > req[p][p]
AckInChannelIsBehind ==
    \A p, q \in Proc : \A i, j \in DOMAIN channel[q][p] :
        channel[q][p][i].type = "ack" /\ channel[q][p][j].type = "request" /\ i < j =>
            channel[q][p][j].time > req[p][p]

InsideIsFirst ==
    \A p \in inside :
        /\ req[p][p] # 0 /\ acks[p] = Proc
        /\ \A q \in Proc \ {p} : Before(p, q)

\* want --explicit: verified, 685 distinct, depth 34
============================================================================
