-------------------------------- MODULE Raft --------------------------------
(* Raft with replicated logs, crashes, and a network that loses, doubles   *)
(* and reorders messages: a bag, which is a function from the messages on  *)
(* their way to how many there are of each.                                *)
EXTENDS Naturals, FiniteSets, Sequences, TLC

CONSTANTS
    Server,     \* the servers
    Value       \* what clients ask to be written

Nobody == "nobody"

VARIABLES
    term,       \* on disk: the latest term that a server has seen,
    votedFor,   \* its vote in that term, or Nobody,
    log,        \* and its entries
    role,       \* in memory
    commit,     \* how many entries are known to be committed
    granted,    \* who voted for a candidate
    next,       \* by leader and server: the next entry to send
    match,      \* by leader and server: up to where the logs agree
    net         \* the bag of messages

vars == <<term, votedFor, log, role, commit, granted, next, match, net>>
disk == <<term, votedFor, log>>
leading == <<next, match>>

Majorities == {Q \in SUBSET Server : Cardinality(Q) * 2 > Cardinality(Server)}
LastTerm(l) == IF Len(l) = 0 THEN 0 ELSE l[Len(l)].term
Least(a, b) == IF a < b THEN a ELSE b

Sent(m, bag) == IF m \in DOMAIN bag THEN [bag EXCEPT ![m] = @ + 1] ELSE bag @@ (m :> 1)
Received(m, bag) == IF m \in DOMAIN bag THEN [bag EXCEPT ![m] = IF @ > 0 THEN @ - 1 ELSE 0] ELSE bag
Waiting(bag) == {m \in DOMAIN bag : bag[m] > 0}
Send(m) == net' = Sent(m, net)
Drop(m) == net' = Received(m, net)
Answer(reply, m) == net' = Received(m, Sent(reply, net))

Init ==
    /\ term = [s \in Server |-> 1]
    /\ votedFor = [s \in Server |-> Nobody]
    /\ log = [s \in Server |-> <<>>]
    /\ role = [s \in Server |-> "follower"]
    /\ commit = [s \in Server |-> 0]
    /\ granted = [s \in Server |-> {}]
    /\ next = [s \in Server |-> [t \in Server |-> 1]]
    /\ match = [s \in Server |-> [t \in Server |-> 0]]
    /\ net = [m \in {} |-> 0]

-----------------------------------------------------------------------------
\* What a server does by itself.

Restart(s) ==
    /\ role' = [role EXCEPT ![s] = "follower"]
    /\ commit' = [commit EXCEPT ![s] = 0]
    /\ granted' = [granted EXCEPT ![s] = {}]
    /\ next' = [next EXCEPT ![s] = [t \in Server |-> 1]]
    /\ match' = [match EXCEPT ![s] = [t \in Server |-> 0]]
    /\ UNCHANGED <<disk, net>>

Timeout(s) ==
    /\ role[s] \in {"follower", "candidate"}
    /\ role' = [role EXCEPT ![s] = "candidate"]
    /\ term' = [term EXCEPT ![s] = @ + 1]
    /\ votedFor' = [votedFor EXCEPT ![s] = Nobody]
    /\ granted' = [granted EXCEPT ![s] = {}]
    /\ UNCHANGED <<log, commit, leading, net>>

AskForVote(s, t) ==
    /\ role[s] = "candidate"
    /\ t \notin granted[s]
    /\ Send([kind |-> "ask", term |-> term[s], lastTerm |-> LastTerm(log[s]), lastIndex |-> Len(log[s]),
             from |-> s, to |-> t])
    /\ UNCHANGED <<disk, role, commit, granted, leading>>

Replicate(s, t) ==
    /\ s # t
    /\ role[s] = "leader"
    /\ LET before == next[s][t] - 1
           beforeTerm == IF before > 0 THEN log[s][before].term ELSE 0
           last == Least(Len(log[s]), next[s][t])
           entries == SubSeq(log[s], next[s][t], last)
       IN Send([kind |-> "append", term |-> term[s], before |-> before, beforeTerm |-> beforeTerm,
                entries |-> entries, commit |-> Least(commit[s], last), from |-> s, to |-> t])
    /\ UNCHANGED <<disk, role, commit, granted, leading>>

TakeLead(s) ==
    /\ role[s] = "candidate"
    /\ granted[s] \in Majorities
    /\ role' = [role EXCEPT ![s] = "leader"]
    /\ next' = [next EXCEPT ![s] = [t \in Server |-> Len(log[s]) + 1]]
    /\ match' = [match EXCEPT ![s] = [t \in Server |-> 0]]
    /\ UNCHANGED <<disk, commit, granted, net>>

Write(s, v) ==
    /\ role[s] = "leader"
    /\ log' = [log EXCEPT ![s] = Append(@, [term |-> term[s], value |-> v])]
    /\ UNCHANGED <<term, votedFor, role, commit, granted, leading, net>>

Commit(s) ==
    /\ role[s] = "leader"
    /\ LET Agree(i) == {s} \cup {t \in Server : match[s][t] >= i}
           agreed == {i \in 1..Len(log[s]) : Agree(i) \in Majorities}
           most == CHOOSE i \in agreed : \A j \in agreed : j <= i
           now == IF agreed # {} /\ log[s][most].term = term[s] THEN most ELSE commit[s]
       IN commit' = [commit EXCEPT ![s] = now]
    /\ UNCHANGED <<disk, role, granted, leading, net>>

-----------------------------------------------------------------------------
\* What a server does about a message.

NewTerm(m) ==
    /\ m.term > term[m.to]
    /\ term' = [term EXCEPT ![m.to] = m.term]
    /\ role' = [role EXCEPT ![m.to] = "follower"]
    /\ votedFor' = [votedFor EXCEPT ![m.to] = Nobody]
    /\ UNCHANGED <<log, commit, granted, leading, net>>

Vote(s, m) ==
    LET upToDate == \/ m.lastTerm > LastTerm(log[s])
                    \/ m.lastTerm = LastTerm(log[s]) /\ m.lastIndex >= Len(log[s])
        yes == m.term = term[s] /\ upToDate /\ votedFor[s] \in {Nobody, m.from}
    IN  /\ m.term <= term[s]
        /\ IF yes THEN votedFor' = [votedFor EXCEPT ![s] = m.from] ELSE UNCHANGED votedFor
        /\ Answer([kind |-> "vote", term |-> term[s], yes |-> yes, from |-> s, to |-> m.from], m)
        /\ UNCHANGED <<term, log, role, commit, granted, leading>>

CountVote(s, m) ==
    /\ m.term = term[s]
    /\ IF m.yes THEN granted' = [granted EXCEPT ![s] = @ \cup {m.from}] ELSE UNCHANGED granted
    /\ Drop(m)
    /\ UNCHANGED <<disk, role, commit, leading>>

Appended(s, m) ==
    LET fits == \/ m.before = 0
                \/ /\ m.before > 0
                   /\ m.before <= Len(log[s])
                   /\ m.beforeTerm = log[s][m.before].term
        index == m.before + 1
    IN  /\ m.term <= term[s]
        /\ \/ \* No: of an old term, or the logs do not fit.
              /\ m.term < term[s] \/ (m.term = term[s] /\ role[s] = "follower" /\ ~fits)
              /\ Answer([kind |-> "appended", term |-> term[s], yes |-> FALSE, match |-> 0, from |-> s, to |-> m.from], m)
              /\ UNCHANGED <<log, role, commit>>
           \/ \* Another one leads this term.
              /\ m.term = term[s] /\ role[s] = "candidate"
              /\ role' = [role EXCEPT ![s] = "follower"]
              /\ UNCHANGED <<log, commit, net>>
           \/ \* Yes.
              /\ m.term = term[s] /\ role[s] = "follower" /\ fits
              /\ \/ \* There is nothing to do.
                    /\ \/ m.entries = <<>>
                       \/ m.entries # <<>> /\ Len(log[s]) >= index /\ log[s][index].term = m.entries[1].term
                    /\ commit' = [commit EXCEPT ![s] = m.commit]
                    /\ Answer([kind |-> "appended", term |-> term[s], yes |-> TRUE,
                               match |-> m.before + Len(m.entries), from |-> s, to |-> m.from], m)
                    /\ UNCHANGED log
                 \/ \* An entry of another leader goes.
                    /\ m.entries # <<>> /\ Len(log[s]) >= index /\ log[s][index].term # m.entries[1].term
                    /\ log' = [log EXCEPT ![s] = SubSeq(@, 1, Len(@) - 1)]
                    /\ UNCHANGED <<commit, net>>
                 \/ \* One comes.
                    /\ m.entries # <<>> /\ Len(log[s]) = m.before
                    /\ log' = [log EXCEPT ![s] = Append(@, m.entries[1])]
                    /\ UNCHANGED <<commit, net>>
              /\ UNCHANGED role
        /\ UNCHANGED <<term, votedFor, granted, leading>>

Progress(s, m) ==
    /\ m.term = term[s]
    /\ IF m.yes
       THEN /\ next' = [next EXCEPT ![s][m.from] = m.match + 1]
            /\ match' = [match EXCEPT ![s][m.from] = m.match]
       ELSE /\ next' = [next EXCEPT ![s][m.from] = IF @ > 1 THEN @ - 1 ELSE 1]
            /\ UNCHANGED match
    /\ Drop(m)
    /\ UNCHANGED <<disk, role, commit, granted>>

Stale(s, m) ==
    /\ m.term < term[s]
    /\ Drop(m)
    /\ UNCHANGED <<disk, role, commit, granted, leading>>

Receive(m) ==
    \/ NewTerm(m)
    \/ m.kind = "ask" /\ Vote(m.to, m)
    \/ m.kind = "vote" /\ (Stale(m.to, m) \/ CountVote(m.to, m))
    \/ m.kind = "append" /\ Appended(m.to, m)
    \/ m.kind = "appended" /\ (Stale(m.to, m) \/ Progress(m.to, m))

Double(m) ==
    /\ Send(m)
    /\ UNCHANGED <<disk, role, commit, granted, leading>>

Lose(m) ==
    /\ Drop(m)
    /\ UNCHANGED <<disk, role, commit, granted, leading>>

Next ==
    \/ \E s \in Server : Restart(s) \/ Timeout(s) \/ TakeLead(s) \/ Commit(s)
    \/ \E s, t \in Server : AskForVote(s, t) \/ Replicate(s, t)
    \/ \E s \in Server, v \in Value : Write(s, v)
    \/ \E m \in Waiting(net) : Receive(m) \/ Double(m) \/ Lose(m)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Two leaders of one term are one server. *)
OneLeader ==
    \A s, t \in Server : role[s] = "leader" /\ role[t] = "leader" /\ term[s] = term[t] => s = t
\* want --bmc --depth 3: clean to 3
\* bench --depth 8: Raft, 5 servers; target 30; published 3949
=============================================================================
