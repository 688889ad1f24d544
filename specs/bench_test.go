package specs

import "testing"

// The benchmarks run the program as a user does, from a cold start.

func benchmark(b *testing.B, exit int, name string, flags ...string) {
	for b.Loop() {
		if r := lemma(b, name, append([]string{"check", name + ".tla"}, flags...)...); r.exit != exit {
			b.Fatalf("exit code %d, want %d: %s", r.exit, exit, r.result.summary())
		}
	}
}

func BenchmarkLeaderElectionExplicit(b *testing.B) {
	benchmark(b, exitCodes["invariant"], "LeaderElection", "--explicit")
}

func BenchmarkLeaderElectionBounded(b *testing.B) {
	benchmark(b, exitCodes["invariant"], "LeaderElection", "--bmc")
}

func BenchmarkInductionThreeServers(b *testing.B) {
	benchmark(b, 0, "RaftElection", "--induct", "--any", "MaxTerm")
}

func BenchmarkInductionFiveServers(b *testing.B) {
	benchmark(b, 0, "RaftElection", "--induct", "--any", "MaxTerm", "-c", "RaftElectionFive.cfg")
}
