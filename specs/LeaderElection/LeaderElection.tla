---------------- MODULE LeaderElection ----------------
(* An election as one first writes it down, and wrong: any server may    *)
(* hand its vote to any candidate, as often as it likes, and a leader    *)
(* never steps down. Two servers become leaders within five states.      *)
(* It also has three slips that people make when they type TLA+ from     *)
(* memory: two spellings of operators, and a module not extended.        *)
EXTENDS Naturals, Sequences, TLC

CONSTANTS Servers, MaxTerm

(* --algorithm election
variables
    currentTerm = [s \in Servers |-> 0], state = [s \in Servers |-> "Follower"],
    votesGranted = [s \in Servers |-> {}];
define
    (* Safety: no two servers lead in the term of either of them. *)
    AtMostOneLeader == \forall t \in 0..MaxTerm : \forall s1, s2 \in Servers :
        (state[s1] = "Leader" \and state[s2] = "Leader" \and currentTerm[s1] = t) => (s1 = s2)
end define;
macro RequestVotes(self) begin
    state[self] := "Candidate";
    currentTerm[self] := currentTerm[self] + 1;
    votesGranted[self] := {self};
end macro;
process server \in Servers
begin
    FollowLoop:
        while currentTerm[self] < MaxTerm do
            either \* the election timer of this server runs out
                when state[self] = "Follower" \/ state[self] = "Candidate";
                RequestVotes(self);
            or     \* this server hands its vote to a candidate not behind it
                with peer \in Servers \ {self} do
                    when state[peer] = "Candidate" \and (currentTerm[peer] >= currentTerm[self]);
                    votesGranted[peer] := votesGranted[peer] \union {self};
                    if Cardinality(votesGranted[peer]) > (Cardinality(Servers) \div 2) then
                        state[peer] := "Leader";
                    end if;
                end with;
            end either;
        end while;
end process;
end algorithm; *)

\* want --explicit: violated AtMostOneLeader in state 5
\* want --bmc: violated AtMostOneLeader in state 5
\* want --explicit -c NoInvariant.cfg: verified, 4757 generated, 2025 distinct, depth 15
=======================================================
