package main

import (
	"path/filepath"
	"time"
)

// A row is one line of the table: what is proved, and what is aimed at.
type row struct {
	name      string
	spec, cfg string // files under specs, without .tla and .cfg; "" for protocols/NAME/NAME
	invariant string // in the place of the config's
	any       []string
	given     bool // no lemmas are looked for: the config's invariants are inductive
	seeds     int  // 0 for as many as asked for
	all       bool // every seed must come through, not the median
	target    time.Duration
	published string
}

// files are the module and the config of r.
func (r row) files() (spec, cfg string) {
	spec, cfg = r.spec, r.cfg
	if spec == "" {
		spec = "protocols/" + r.name + "/" + r.name
	}
	if cfg == "" {
		cfg = spec
	}
	return filepath.Join("specs", spec+".tla"), filepath.Join("specs", cfg+".cfg")
}

const second = time.Second

// rows are what is measured, the published times as in the package comment.
var rows = []row{
	{name: "RaftElection", spec: "RaftElection/RaftElection", invariant: "AtMostOneLeader", any: []string{"MaxTerm"}, seeds: 10, all: true, target: 60 * second},
	{name: "RaftElection, 5 servers", spec: "RaftElection/RaftElection", cfg: "RaftElection/RaftElectionFive", invariant: "AtMostOneLeader",
		any: []string{"MaxTerm"}, seeds: 10, all: true, target: 60 * second},
	{name: "RaftElection, any servers", spec: "RaftElection/RaftElection", invariant: "AtMostOneLeader", any: []string{"Servers", "MaxTerm"}, target: 90 * second},
	{name: "LockServer", target: second, published: "7/1/1/1/err"},
	{name: "ToyConsensus", target: second, published: "7/10/21/6/err"},
	{name: "ToyConsensusEpr", target: second, published: "19/9/70/2/err"},
	{name: "ToyConsensusForall", target: second, published: "19/3/11/3/err"},
	{name: "SimpleElection", target: second, published: "24/7/32/9/err"},
	{name: "QuorumElection", target: second, published: "11/3/24/11/3"},
	{name: "TwoPhaseCommit", target: 2 * second, published: "43/14/9/33/29"},
	{name: "TwoPhaseVoting", target: 2 * second, published: "69/27/8/6/17"},
	{name: "DecentralizedLock", target: 2 * second, published: "44/19/4/1/26"},
	{name: "Firewall", target: 2 * second, published: "38/2/7/75/err"},
	{name: "ConsensusEpr", target: 5 * second, published: "247/1300/1468/72/err"},
	{name: "ConsensusForall", target: 5 * second, published: "175/99/2461/29/err"},
	{name: "ConsensusWithoutDecide", target: 5 * second, published: "127/50/168/18/err"},
	{name: "ShardedKV", target: 5 * second, published: "312/10/22/4024/2"},
	{name: "ShardedKVNoLostKeys"},
	{name: "ClientServer"},
	{name: "ClientServerDB", target: 5 * second, published: "4941/17/TO/24/err"},
	{name: "MajoritySetElection", target: 5 * second, published: "53/72/TO/28/err"},
	{name: "LearningSwitch", target: 60 * second, published: "TO/127/TO/959/79"},
	{name: "HybridBroadcast", target: 60 * second, published: "-/587/1360/TO/err"},
	{name: "ChordRing", target: 60 * second, published: "-/229/TO/TO/53"},
	{name: "LoglessReconfig", target: 300 * second, published: "2025/TO/-/err/err"},
	{name: "ZeusCommit", target: 300 * second, published: "4903"},
	{name: "Hermes", target: 300 * second, published: "scimitar 477"},
	{name: "Bakery", target: 300 * second, published: "scimitar 6121"},
	{name: "Paxos", any: []string{"MaxBallot"}, target: 300 * second},
	{name: "FlexiblePaxos"},
	{name: "GermanCache", target: 600 * second, published: "scimitar 15592"},
	{name: "RaftLogs, its invariant given", spec: "protocols/RaftLogs/RaftLogsInductive", given: true, seeds: 1, target: 120 * second},
	{name: "RaftLogs"},
	{name: "RaftVoteMessages"},
	{name: "RaftElectionAbstract"},
	{name: "RingElection"},
	{name: "NaiveConsensus"},
	{name: "LockServerAutomaton"},
	{name: "LockService"},
	{name: "DistributedLock"},
	{name: "ChainReplication"},
	{name: "LamportMutex"},
	{name: "Peterson"},
	{name: "TicketLock"},
	{name: "EchoBroadcast"},
}
