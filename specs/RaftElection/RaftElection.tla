---------------------------- MODULE RaftElection ----------------------------
(* Leader election as Raft does it. Servers exchange vote requests and     *)
(* replies over a network that loses, doubles and reorders them; a server  *)
(* that crashes comes back with its term and its vote, which it keeps on   *)
(* disk, and with nothing else.                                            *)
(*                                                                         *)
(* RaftElectionActions states the same protocol in plain TLA+.             *)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    Servers,    \* the servers
    MaxTerm     \* no server starts an election beyond this term

ASSUME MaxTerm \in Nat

Nobody == "nobody"

IsQuorum(votes) == Cardinality(votes) * 2 > Cardinality(Servers)

(* --algorithm RaftElection
variables
    \* On disk: survive a crash.
    currentTerm = [s \in Servers |-> 0],
    votedFor = [s \in Servers |-> Nobody],
    \* In memory.
    role = [s \in Servers |-> "Follower"],
    votesGranted = [s \in Servers |-> {}],
    \* The network. A message that has been received is still there, so it
    \* may be received again, in any order; Lose takes it away.
    requests = {},
    replies = {};

process server \in Servers
begin
    Serve:
    while TRUE do
        either \* The election timer runs out: start an election in a new term.
            await role[self] # "Leader" /\ currentTerm[self] < MaxTerm;
            currentTerm[self] := currentTerm[self] + 1;
            role[self] := "Candidate";
            votedFor[self] := self;
            votesGranted[self] := {self};
            requests := requests \cup {[term |-> currentTerm[self], from |-> self]};
        or     \* Vote for a candidate of a later term, or once in this term.
            with r \in requests do
                await \/ r.term > currentTerm[self]
                      \/ r.term = currentTerm[self] /\ votedFor[self] \in {Nobody, r.from};
                await r.from # self;
                if r.term > currentTerm[self] then
                    role[self] := "Follower";
                    votesGranted[self] := {};
                end if;
                currentTerm[self] := r.term;
                votedFor[self] := r.from;
                replies := replies \cup {[term |-> r.term, from |-> self, to |-> r.from]};
            end with;
        or     \* Count a vote for this election.
            with r \in replies do
                await r.to = self /\ r.term = currentTerm[self] /\ role[self] = "Candidate";
                votesGranted[self] := votesGranted[self] \cup {r.from};
            end with;
        or     \* Take the lead.
            await role[self] = "Candidate" /\ IsQuorum(votesGranted[self]);
            role[self] := "Leader";
        or     \* Crash and come back: memory is lost.
            role[self] := "Follower";
            votesGranted[self] := {};
        end either;
    end while;
end process;

process network = "network"
begin
    Lose:
    while TRUE do
        either
            with r \in requests do requests := requests \ {r}; end with;
        or
            with r \in replies do replies := replies \ {r}; end with;
        end either;
    end while;
end process;
end algorithm; *)

-----------------------------------------------------------------------------
\* No server is special.
Renamings == Permutations(Servers)

(* Safety: two leaders of the same term are one server. *)
AtMostOneLeader ==
    \A s, t \in Servers :
        role[s] = "Leader" /\ role[t] = "Leader" /\ currentTerm[s] = currentTerm[t] => s = t

(* Why that is so. Together these are inductive, for any MaxTerm. *)
TypeOK ==
    /\ currentTerm \in [Servers -> Nat]
    /\ votedFor \in [Servers -> Servers \cup {Nobody}]
    /\ role \in [Servers -> {"Follower", "Candidate", "Leader"}]
    /\ votesGranted \in [Servers -> SUBSET Servers]
    /\ requests \subseteq [term : Nat, from : Servers]
    /\ replies \subseteq [term : Nat, from : Servers, to : Servers]

\* A reply on the network is the vote that its sender gave in that term.
RepliesAreVotes ==
    \A r \in replies :
        /\ r.term <= currentTerm[r.from]
        /\ r.term = currentTerm[r.from] => votedFor[r.from] = r.to

\* Nobody votes twice in a term.
OneVotePerTerm ==
    \A a, b \in replies : a.from = b.from /\ a.term = b.term => a.to = b.to

\* A vote counted in an election was given in it.
CountedVotesWereGiven ==
    \A s \in Servers : role[s] # "Follower" =>
        \A v \in votesGranted[s] :
            \/ currentTerm[v] > currentTerm[s]
            \/ currentTerm[v] = currentTerm[s] /\ votedFor[v] = s

\* A vote counted for one server is not on its way to another,
CountedVotesAreSpent ==
    \A r \in replies, s \in Servers :
        role[s] # "Follower" /\ currentTerm[s] = r.term /\ r.from \in votesGranted[s] => s = r.to

\* and is not counted by another.
VotesAreCountedOnce ==
    \A s, t \in Servers :
        role[s] # "Follower" /\ role[t] # "Follower" /\ currentTerm[s] = currentTerm[t] /\ s # t
            => votesGranted[s] \cap votesGranted[t] = {}

LeadersHaveQuorum ==
    \A s \in Servers : role[s] = "Leader" => IsQuorum(votesGranted[s])

-----------------------------------------------------------------------------
(* Liveness. An election may fail in every term: all servers start one at  *)
(* once, or the network loses what matters. What makes a leader certain in *)
(* the end is partial synchrony: some day the network is calm. Here that   *)
(* day is the last term: only one server starts an election in it, nothing *)
(* of it is lost, and nobody in it crashes.                                *)
Calm ==
    /\ \A s \in Servers :
        /\ currentTerm[s] < MaxTerm /\ currentTerm'[s] = MaxTerm /\ role'[s] = "Candidate"
               => \A t \in Servers : currentTerm[t] < MaxTerm
        /\ currentTerm[s] = MaxTerm /\ role[s] # "Follower" => role'[s] # "Follower"
    /\ \A r \in requests : r.term = MaxTerm => r \in requests'
    /\ \A r \in replies : r.term = MaxTerm => r \in replies'

CalmNext == Next /\ Calm

\* What a server does when it can go on doing it.
StartElection(s) == CalmNext /\ role'[s] = "Candidate" /\ currentTerm'[s] > currentTerm[s]
JoinLastTerm(s)  == CalmNext /\ currentTerm[s] < MaxTerm /\ currentTerm'[s] = MaxTerm
CountVote(s)     == CalmNext /\ votesGranted[s] # votesGranted'[s] /\ votesGranted'[s] # {}
TakeLead(s)      == CalmNext /\ role[s] = "Candidate" /\ role'[s] = "Leader"

FairSpec ==
    /\ Init /\ [][CalmNext]_vars
    /\ \A s \in Servers :
        /\ WF_vars(StartElection(s))
        /\ WF_vars(JoinLastTerm(s))
        /\ WF_vars(CountVote(s))
        /\ WF_vars(TakeLead(s))

LivenessEventuallyElection == []<>(\E s \in Servers : role[s] = "Leader")

\* want --explicit: verified, 411433 generated, 50965 distinct, depth 16
\* want --bmc --depth 8: clean to 8
\* want --induct --any MaxTerm: proved AtMostOneLeader
\* want --induct --any MaxTerm --any Servers: proved AtMostOneLeader
\* want-long --induct --any MaxTerm --invariant AtMostOneLeader: proved AtMostOneLeader
\* want --induct --no-lemmas --any MaxTerm --k 1 --invariant TypeOK --invariant AtMostOneLeader: open AtMostOneLeader
\* want --explicit -c RaftElectionLive.cfg: verified, 43 distinct
\* want-long --induct --any MaxTerm -c RaftElectionFive.cfg: proved AtMostOneLeader
\* bench --depth 15 --no-deadlock --constant MaxTerm=15: election of Raft, 3 servers; target 60
\* want-long --explicit -c RaftElectionTerm3.cfg: verified, 21750073 generated, 2155589 distinct, depth 21
\* want-long --explicit -c RaftElectionTerm3Symmetry.cfg: verified, 3637419 generated, 360567 distinct, depth 21
=============================================================================
