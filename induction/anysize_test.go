package induction

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// election is the Raft election for any servers, with old replaced by new.
func election(t *testing.T, old, new string) *ir.System {
	t.Helper()
	const name = "RaftElectionActions"
	text, err := os.ReadFile(filepath.Join("..", "specs", name, name+".tla"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q", name, old)
	}
	return module(t, strings.NewReplacer("MODULE "+name, "MODULE M", old, new).Replace(string(text)), frontend.Options{
		SpecName: "Spec", Any: []string{"Servers", "MaxTerm"}, FreeConstants: true,
		Invariants: []string{"TypeOK", "AtMostOneLeader", "RepliesAreVotes", "OneVotePerTerm", "CountedVotesWereGiven",
			"CountedVotesAreSpent", "VotesAreCountedOnce", "LeadersHaveQuorum"},
	})
}

func TestElectionIsProvedForAnyServers(t *testing.T) {
	for _, name := range []string{"RaftElection", "RaftElectionActions"} {
		sys := load(t, name, frontend.Options{Any: []string{"Servers", "MaxTerm"}})
		r := check(t, sys, Options{GivenOnly: true})
		if r.Status != trace.Verified {
			t.Fatalf("%s: %v: %s %v", name, r.Status, r.Message, r.Notes)
		}
		for _, p := range r.Proofs {
			if !slices.Equal(p.ForAny, []string{"Servers", "MaxTerm"}) {
				t.Errorf("%s: %s is proved for any %v", name, p.Name, p.ForAny)
			}
		}
	}
}

// The claim says what was proved: of a protocol that is wrong, or right only for
// so many servers as the config has, nothing is claimed for any.
func TestMutantsAreNotProvedForAnyServers(t *testing.T) {
	tests := []struct{ old, new string }{
		{"Cardinality(votes) * 2 > Cardinality(Servers)", "Cardinality(votes) >= 2"}, // a majority of three
		{"Cardinality(votes) * 2 > Cardinality(Servers)", "Cardinality(votes) * 2 >= Cardinality(Servers)"},
		{"Cardinality(votes) * 2 > Cardinality(Servers)", "Cardinality(votes) * 3 > Cardinality(Servers)"},
		{"Cardinality(votes) * 2 > Cardinality(Servers)", "votes # {}"},
		{"votedFor[s] \\in {Nobody, r.from}", "TRUE"},
		{"    /\\ r.to = s\n", ""},
		{"    /\\ IsQuorum(votesGranted[s])\n", ""},
	}
	for i, test := range tests {
		if !long() && i%4 != 0 {
			continue
		}
		r := check(t, election(t, test.old, test.new), Options{K: 1, GivenOnly: true})
		if r.Status == trace.Verified {
			t.Errorf("with %q: proved", test.new)
		}
		for _, p := range r.Proofs {
			if slices.Contains(p.ForAny, "Servers") {
				t.Errorf("with %q: %s is claimed for any Servers", test.new, p.Name)
			}
		}
	}
}

// What holds of sets of any size is proved, and what does not is not, whatever
// holds of those of three elements.
func TestSizes(t *testing.T) {
	tests := []struct {
		inv  string
		want bool
	}{
		{"\\A A, B \\in SUBSET S : 2 * Cardinality(A) > Cardinality(S) /\\ 2 * Cardinality(B) > Cardinality(S) => A \\cap B # {}", true},
		{"\\A A, B \\in SUBSET S : 2 * Cardinality(A) >= Cardinality(S) /\\ 2 * Cardinality(B) > Cardinality(S) => A \\cap B # {}", true},
		{"\\A A, B \\in SUBSET S : 2 * Cardinality(A) >= Cardinality(S) /\\ 2 * Cardinality(B) >= Cardinality(S) => A \\cap B # {}", false},
		{"\\A A \\in SUBSET S : Cardinality(A) > 0 => A # {}", true},
		{"\\A A \\in SUBSET S : A # {} => Cardinality(A) >= 1", true},
		{"\\A A \\in SUBSET S : Cardinality(A) <= Cardinality(S)", true},
		{"\\A A \\in SUBSET S : Cardinality(A) <= 3", false},
		{"Cardinality(S) = 3", false},
		{"Cardinality(S) >= 1", true},
		{"\\A a, b, c, d \\in S : Cardinality({a, b, c, d}) < 4", false},
		{"\\A a, b \\in S : a # b => Cardinality({a, b}) = 2", true},
		{"Cardinality(x) <= 1 <=> \\A a, b \\in x : a = b", true},
		{"Cardinality(x) <= 2 <=> \\A a, b \\in x : a = b", false},
		{"\\A A \\in SUBSET S : Cardinality(A) = 1 <=> \\E a \\in A : A = {a}", true},
		{"\\A A \\in SUBSET S : Cardinality(A) >= 2 => \\E a \\in A : A \\ {a} # {}", true},
		{"\\A A \\in SUBSET S : Cardinality(A) >= 1 => \\E a \\in A : A \\ {a} # {}", false},
		{"\\E A \\in SUBSET S : Cardinality(A) * 2 > Cardinality(S)", true},
		{"\\A a \\in S : \\E b \\in S : a # b", false},
		{"x \\subseteq S /\\ Cardinality(x) <= Cardinality(S)", true},
		// What two sets have in common, beside a third.
		{"\\A A, B, D \\in SUBSET S : Cardinality(A) + Cardinality(B) > Cardinality(S) + Cardinality(D) => \\E a \\in A \\cap B : a \\notin D", true},
		{"\\A A, B, D \\in SUBSET S : Cardinality(A) + Cardinality(B) >= Cardinality(S) + Cardinality(D) => \\E a \\in A \\cap B : a \\notin D", false},
		{"\\A A, D \\in SUBSET S : Cardinality(A) > Cardinality(D) => \\E a \\in A : a \\notin D", true},
		{"\\A A, D \\in SUBSET S : Cardinality(A) >= Cardinality(D) => \\E a \\in A : a \\notin D", false},
		{"\\A A, B \\in SUBSET S : 3 * Cardinality(A) > 2 * Cardinality(S) /\\ 3 * Cardinality(B) > 2 * Cardinality(S) => 3 * Cardinality(A \\cap B) > Cardinality(S)", true},
		{"\\A A, B \\in SUBSET S : 3 * Cardinality(A) >= 2 * Cardinality(S) /\\ 3 * Cardinality(B) >= 2 * Cardinality(S) => 3 * Cardinality(A \\cap B) > Cardinality(S)", false},
		{"\\A A \\in SUBSET S : Cardinality(S \\ A) + Cardinality(A) = Cardinality(S)", true},
		{"\\A A, B \\in SUBSET S : Cardinality(A \\ B) + Cardinality(B) = Cardinality(A)", false},
		{"\\A A, B \\in SUBSET S : Cardinality(A \\ B) + Cardinality(B) >= Cardinality(A)", true},
		{"\\A A, B \\in SUBSET S : Cardinality(A \\union B) <= Cardinality(A) + Cardinality(B)", true},
		{"\\A A, B \\in SUBSET S : Cardinality(A \\union B) < Cardinality(A) + Cardinality(B)", false},
		// The same of four elements, which are never tried.
		{"\\A A, B \\in SUBSET S : Cardinality(S) = 4 => Cardinality(A \\ B) + Cardinality(B) = Cardinality(A)", false},
		{"\\A A, B \\in SUBSET S : Cardinality(S) = 4 => Cardinality(A \\union B) = Cardinality(A) + Cardinality(B)", false},
		{"\\A A, B \\in SUBSET S : Cardinality(S) = 4 => Cardinality(A \\cap B) = Cardinality(B)", false},
		{"\\A A, B, D \\in SUBSET S : Cardinality(S) = 4 /\\ Cardinality(A) + Cardinality(B) >= Cardinality(S) + Cardinality(D) => \\E a \\in A \\cap B : a \\notin D", false},
		// Sets whose members are told apart by the sizes of others.
		{"Cardinality({b \\in S : Cardinality(S \\ {b}) > 2}) = 0", false},
		{"Cardinality({b \\in S : Cardinality({c \\in S : c # b}) > 2}) = 0", false},
		{"Cardinality({b \\in x : Cardinality({c \\in S : c # b}) > 2}) = 0", false},
		{"Cardinality({b \\in S : Cardinality(x \\union {b}) > 3}) = 0", false},
		{"Cardinality({b \\in S : {c \\in S : c # b} \\in {A \\in SUBSET S : Cardinality(A) > 2}}) = 0", false},
		{"Cardinality({b \\in S : Cardinality({c \\in S : c # b}) > Cardinality(S)}) = 0", true},
	}
	for _, test := range tests {
		sys := module(t, `---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANT S
VARIABLE x
Init == x = {}
Next == x' \in SUBSET S
TypeOK == x \in SUBSET S
Inv == `+test.inv+`
====`, frontend.Options{Init: "Init", Next: "Next", Any: []string{"S"}, Invariants: []string{"TypeOK", "Inv"}})
		r := check(t, sys, Options{K: 1, GivenOnly: true})
		if proved := r.Status == trace.Verified; proved != test.want {
			t.Errorf("%s: %v %s %v", test.inv, r.Status, r.Message, r.Notes)
		}
	}
}

// TestGrowing: what is true of a set that grows among three or five elements need not
// be true among more.
func TestGrowing(t *testing.T) {
	for inv, want := range map[string]bool{
		"Cardinality(x) <= Cardinality(S)": true,
		"Cardinality(x) <= 3":              false,
		"Cardinality(x) <= 5":              false,
		"x # {} => Cardinality(x) > 0":     true,
	} {
		sys := module(t, `---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANT S
VARIABLE x
Init == x = {}
Next == \E s \in S : x' = x \union {s}
TypeOK == x \in SUBSET S
Inv == `+inv+`
====`, frontend.Options{Init: "Init", Next: "Next", Any: []string{"S"}, Invariants: []string{"TypeOK", "Inv"}})
		r := check(t, sys, Options{K: 1, GivenOnly: true})
		if proved := r.Status == trace.Verified; proved != want {
			t.Errorf("%s: %v %s %v", inv, r.Status, r.Message, r.Notes)
		}
	}
}

// TestAssumedSizes: an ASSUME that holds of some sets only is false of none that it
// is made for, and one that holds of no set proves nothing.
func TestAssumedSizes(t *testing.T) {
	for _, test := range []struct {
		assume, inv string
		want        trace.Status
	}{
		{"Cardinality(S) = 4", "Cardinality(x) <= 4", trace.Verified},
		{"Cardinality(S) = 4", "Cardinality(x) <= 3", trace.Violated},
		{`\A a, b \in S : a = b`, `\A a, b \in x : a = b`, trace.Verified},
		{`Cardinality(S) > 3 /\ Cardinality(S) < 3`, "x = {}", trace.Unknown},
	} {
		sys := module(t, `---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANT S
ASSUME `+test.assume+`
VARIABLE x
Init == x = {}
Next == x' \in SUBSET S
TypeOK == x \in SUBSET S
Inv == `+test.inv+`
====`, frontend.Options{Init: "Init", Next: "Next", Any: []string{"S"}, Invariants: []string{"TypeOK", "Inv"}})
		r := check(t, sys, Options{K: 2, GivenOnly: true})
		if r.Status != test.want || r.Status == trace.Violated && r.Violations[0].Kind != trace.Invariant {
			t.Errorf("ASSUME %s, %s: %v %s %v", test.assume, test.inv, r.Status, r.Message, r.Notes)
		}
	}
}

func TestNamedElementsAreRefused(t *testing.T) {
	sys := module(t, `---- MODULE M ----
CONSTANTS S, First
VARIABLE x
Init == x = First
Next == x' \in S
TypeOK == x \in S
====`, frontend.Options{Init: "Init", Next: "Next", Any: []string{"S"}, Constants: []string{"S={a, b}", "First=a"}, Invariants: []string{"TypeOK"}})
	r := Check(t.Context(), sys, Options{})
	if r.Err == nil || !strings.Contains(r.Err.Error(), "a, in the value of First") {
		t.Errorf("%v, want an error about First", r.Err)
	}
}

// TestProgressSaysWhichSizes: while few members are proved about, nothing speaks of
// any; each formula is named before it is tried.
func TestProgressSaysWhichSizes(t *testing.T) {
	sys := load(t, filepath.Join("protocols", "LockServer"), frontend.Options{Any: []string{"Client"}})
	var about []string
	r := check(t, sys, Options{Progress: func(p Progress) {
		if !slices.Contains(about, p.About) {
			about = append(about, p.About)
		}
		if p.Newest == "" && p.Goal == "" || p.Held > p.Open {
			t.Errorf("%+v", p)
		}
	}})
	if r.Status != trace.Verified || !slices.Equal(about, []string{"Client of 3", "any Client"}) {
		t.Errorf("%v: progress about %q", r.Status, about)
	}
}

// TestOnlyFixed: what holds of the sets that were tried alone is claimed of these.
func TestOnlyFixed(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANT S
VARIABLE x
Init == x = {}
Next == x' \in SUBSET S
TypeOK == x \in SUBSET S
Inv == Cardinality(x) <= 7
====`, frontend.Options{Init: "Init", Next: "Next", Any: []string{"S"}, Invariants: []string{"TypeOK", "Inv"}})
	r := check(t, sys, Options{GivenOnly: true})
	if r.Status != trace.Unknown || !strings.HasPrefix(r.Message, "Proved for S = {") || !strings.HasSuffix(r.Message, ", but not for sets of any size.") {
		t.Errorf("%v: %s", r.Status, r.Message)
	}
	for _, p := range r.Proofs {
		if len(p.ForAny) > 0 {
			t.Errorf("%s is claimed for any %v", p.Name, p.ForAny)
		}
	}
}

// TestLargerSetsRefute: what is false of larger sets than those that are proved about
// is refuted, by a behaviour with these.
func TestLargerSetsRefute(t *testing.T) {
	sys := module(t, `---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANT S
VARIABLE x
Init == x = {}
Next == \E s \in S : x' = x \cup {s}
Inv == Cardinality(x) <= 4
====`, frontend.Options{Init: "Init", Next: "Next", Any: []string{"S"}, Invariants: []string{"Inv"}})
	r := check(t, sys, Options{})
	if r.Status != trace.Violated || len(r.Proofs) > 0 || !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, " S = {S1, S2, S3, S4, S5") }) {
		t.Errorf("%v: %s %v", r.Status, r.Message, r.Notes)
	}
}

// TestSmallSetsMislead: of three nodes, too much is true for what is true of any to be
// found among it.
func TestSmallSetsMislead(t *testing.T) {
	sys := load(t, filepath.Join("protocols", "ConsensusWithoutDecide"), frontend.Options{Any: []string{"Node"}})
	if r := check(t, sys, Options{}); r.Status != trace.Verified || !slices.Equal(r.Proofs[0].ForAny, []string{"Node"}) {
		t.Errorf("%v: %s %v", r.Status, r.Message, r.Notes)
	}
}
