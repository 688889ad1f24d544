package pool_test

import (
	"slices"
	"testing"
)

const reconfiguring = `---- MODULE M ----
EXTENDS Naturals, FiniteSets
CONSTANTS Node, None
VARIABLES term, config
Quorums(S) == {Q \in SUBSET S : Cardinality(Q) * 2 > Cardinality(S)}
Overlap(S, T) == \A P \in Quorums(S), Q \in Quorums(T) : P \cap Q # {}
Rise(n, Q) ==
    /\ Q \in Quorums(config[n]) /\ n \in Q
    /\ \A v \in Q : term[v] <= term[n] /\ config[v] # {}
    /\ term[n] < 3
    /\ term' = [v \in Node |-> IF v \in Q THEN term[n] + 1 ELSE term[v]]
    /\ UNCHANGED config
Change(n, C) ==
    /\ \E Q \in Quorums(config[n]) : \A v \in Q : term[v] = term[n]
    /\ Overlap(config[n], C)
    /\ config' = [config EXCEPT ![n] = C]
    /\ UNCHANGED term
Init == term = [n \in Node |-> 0] /\ config = [n \in Node |-> Node]
Next == \E n \in Node, Q \in SUBSET Node : Rise(n, Q) \/ Change(n, Q)
====`

// TestProjections: what a step asks of a set is asked of some set, and of other sets
// in the state where it puts the set there; no variable goes through all subsets.
func TestProjections(t *testing.T) {
	_, p := wordsOf(t, reconfiguring)
	costs := map[string]float64{}
	var texts []string
	for _, l := range p.Literals {
		costs[l.Text] = l.Cost
		texts = append(texts, l.Text)
		for _, s := range l.Sorts {
			if s.IsPowerSet() {
				t.Errorf("%s goes through all subsets", l.Text)
			}
		}
	}
	const some = `\E Q1 \in Quorums(config[n1]) : `
	one, two := some+`\A v \in Q1 : term[v] <= term[n1]`, some+`n1 \in Q1 /\ (\A v \in Q1 : term[v] <= term[n1])`
	for _, want := range []string{
		one, two, some + `n1 \in Q1`, some + `n2 \in Q1`, some + `\A v \in Q1 : config[v] # {}`,
		some + `\A v \in Q1 : term[v] <= term[n2]`, // of others than the quorum is of
		some + `\A v \in Q1 : term[v] = term[n2]`,  // asked for by Change itself
		`Overlap(config[n1], config[n2])`, `config[n1] = config[n2]`, `config[n1] = {}`, `term[n2] = term[n1]`,
	} {
		if !slices.Contains(texts, want) {
			t.Errorf("%s is not among the literals", want)
		}
	}
	for _, never := range []string{`config[n2] \in Quorums(config[n1])`, `\E Q1 \in SUBSET Node : Overlap(config[n1], Q1)`} {
		if slices.Contains(texts, never) {
			t.Errorf("%s is a literal", never)
		}
	}
	if !p.Projects || costs[two] <= costs[one] {
		t.Errorf("projects: %v; two parts cost %v, one %v", p.Projects, costs[two], costs[one])
	}
	if t.Failed() {
		t.Logf("%q", texts)
	}
	if _, p := words(t); p.Projects {
		t.Error("a pool has projections where no step is taken for a set")
	}
}

// TestProjectionsOfASetThatIsTaken: the set may be taken from those that it must be one
// of, and what is asked of it may use local definitions.
func TestProjectionsOfASetThatIsTaken(t *testing.T) {
	_, p := wordsOf(t, `---- MODULE M ----
EXTENDS Naturals, FiniteSets
CONSTANTS Node, None
VARIABLES term, config
Quorums(S) == {Q \in SUBSET S : Cardinality(Q) * 2 > Cardinality(S)}
Older(v, t) == term[v] < t
Rise(n, Q) ==
    LET next == term[n] + 1
        low == next <= 3
    IN /\ low /\ \A v \in Q : Older(v, next)
       /\ term' = [v \in Node |-> IF v \in Q THEN next ELSE term[v]]
       /\ UNCHANGED config
Init == term = [n \in Node |-> 0] /\ config = [n \in Node |-> Node]
Next == \E n \in Node : \/ \E Q \in Quorums(config[n]) : Rise(n, Q)
                         \/ \E C \in SUBSET Node : config' = [config EXCEPT ![n] = C] /\ UNCHANGED term
====`)
	var texts []string
	for _, l := range p.Literals {
		texts = append(texts, l.Text)
	}
	for _, want := range []string{
		`\E Q1 \in Quorums(config[n1]) : \A v \in Q1 : Older(v, term[n1] + 1)`,
		`\E Q1 \in Quorums(config[n1]) : \A v \in Q1 : Older(v, term[n2] + 1)`,
	} {
		if !slices.Contains(texts, want) || !p.Projects {
			t.Errorf("%s is not among the literals %q", want, texts)
		}
	}
}
