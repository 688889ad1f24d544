------------------------- MODULE RaftVoteMessages --------------------------
(* The election of Raft as Ongaro and Ousterhout describe it ("In search of *)
(* an understandable consensus algorithm", USENIX ATC 2014): all messages   *)
(* are records in one set, a server that sees a later term steps down, a    *)
(* refusal is an answer, too, and logs are left out. Messages are never     *)
(* taken away, so that they may be received twice, late, or not at all.     *)
EXTENDS Naturals, FiniteSets

CONSTANT Server

ASSUME IsFiniteSet(Server)

Nil == "nil"
Quorum == {Q \in SUBSET Server : Cardinality(Q) * 2 > Cardinality(Server)}

VARIABLES
    currentTerm, state, votedFor,   \* as in the paper
    votesGranted,                   \* the votes that a candidate has received
    messages

serverVars == <<currentTerm, state, votedFor>>
vars == <<serverVars, votesGranted, messages>>

TypeOK ==
    /\ currentTerm \in [Server -> Nat]
    /\ state \in [Server -> {"follower", "candidate", "leader"}]
    /\ votedFor \in [Server -> Server \cup {Nil}]
    /\ votesGranted \in [Server -> SUBSET Server]
    /\ messages \subseteq
           [type : {"RequestVote"}, term : Nat, from : Server, to : Server]
               \cup [type : {"Vote"}, term : Nat, from : Server, to : Server, granted : BOOLEAN]

Init ==
    /\ currentTerm = [s \in Server |-> 0]
    /\ state = [s \in Server |-> "follower"]
    /\ votedFor = [s \in Server |-> Nil]
    /\ votesGranted = [s \in Server |-> {}]
    /\ messages = {}

Send(m) == messages' = messages \cup {m}

Timeout(s) ==
    /\ state[s] \in {"follower", "candidate"}
    /\ state' = [state EXCEPT ![s] = "candidate"]
    /\ currentTerm' = [currentTerm EXCEPT ![s] = @ + 1]
    /\ votedFor' = [votedFor EXCEPT ![s] = Nil]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = {}]
    /\ UNCHANGED messages

\* A candidate asks t, which may be itself, for its vote.
RequestVote(s, t) ==
    /\ state[s] = "candidate"
    /\ Send([type |-> "RequestVote", term |-> currentTerm[s], from |-> s, to |-> t])
    /\ UNCHANGED <<serverVars, votesGranted>>

UpdateTerm(m) ==
    /\ m.term > currentTerm[m.to]
    /\ currentTerm' = [currentTerm EXCEPT ![m.to] = m.term]
    /\ state' = [state EXCEPT ![m.to] = "follower"]
    /\ votedFor' = [votedFor EXCEPT ![m.to] = Nil]
    /\ UNCHANGED <<votesGranted, messages>>

HandleRequest(m) ==
    LET grant == m.term = currentTerm[m.to] /\ votedFor[m.to] \in {Nil, m.from}
    IN  /\ m.type = "RequestVote"
        /\ m.term <= currentTerm[m.to]
        /\ votedFor' = IF grant THEN [votedFor EXCEPT ![m.to] = m.from] ELSE votedFor
        /\ Send([type |-> "Vote", term |-> currentTerm[m.to], from |-> m.to, to |-> m.from, granted |-> grant])
        /\ UNCHANGED <<currentTerm, state, votesGranted>>

HandleVote(m) ==
    /\ m.type = "Vote"
    /\ m.term = currentTerm[m.to]
    /\ m.granted
    /\ votesGranted' = [votesGranted EXCEPT ![m.to] = @ \cup {m.from}]
    /\ UNCHANGED <<serverVars, messages>>

BecomeLeader(s) ==
    /\ state[s] = "candidate"
    /\ votesGranted[s] \in Quorum
    /\ state' = [state EXCEPT ![s] = "leader"]
    /\ UNCHANGED <<currentTerm, votedFor, votesGranted, messages>>

\* A restart keeps currentTerm and votedFor, which are on disk.
Restart(s) ==
    /\ state' = [state EXCEPT ![s] = "follower"]
    /\ votesGranted' = [votesGranted EXCEPT ![s] = {}]
    /\ UNCHANGED <<currentTerm, votedFor, messages>>

Next ==
    \/ \E s \in Server : Timeout(s) \/ BecomeLeader(s) \/ Restart(s)
    \/ \E s, t \in Server : RequestVote(s, t)
    \/ \E m \in messages : UpdateTerm(m) \/ HandleRequest(m) \/ HandleVote(m)

Spec == Init /\ [][Next]_vars

(* Election safety: a term has one leader at most. *)
ElectionSafety ==
    \A s, t \in Server :
        state[s] = "leader" /\ state[t] = "leader" /\ currentTerm[s] = currentTerm[t] => s = t

FewTerms == \A s \in Server : currentTerm[s] <= 1

\* want --explicit -c RaftVoteMessagesSmall.cfg: verified, 1093 distinct, depth 15
============================================================================
