package bmc

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/specs"
)

// bundled loads a spec of the folder specs/bench.
func bundled(t testing.TB, name, cfg string) *ir.System {
	t.Helper()
	read := func(file string) string {
		text, err := specs.FS.ReadFile(path.Join("bench", name, file))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	files, diags := new(source.Set), new(diag.List)
	c := config.Parse(files.Add(cfg, read(cfg)), diags)
	sys, _, err := frontend.Load(frontend.Options{
		Files: files, Spec: name + ".tla", Inline: map[string]string{name + ".tla": read(name + ".tla")}, Config: c,
	})
	if err != nil || diags.Err() != nil {
		t.Fatal(err, diags.Err())
	}
	return sys
}

// TestGrowth holds what a depth may cost: formulas that grow
// faster than they should are how bounded search comes to an end early. The
// figures are those of the day they were written, and a tenth more; who makes
// formulas smaller lowers them.
func TestGrowth(t *testing.T) {
	if !sat.Available {
		t.Skip("the clauses are those of the SAT solver")
	}
	for _, row := range []struct {
		name, cfg             string
		depth, terms, clauses int
		kilobytes             int // of all terms; the tables double
	}{
		{"Raft", "Raft.cfg", 6, 20900, 104000, 3050},
		{"PaxosRounds", "PaxosRounds.cfg", 9, 3150, 3250, 1150},
		{"PaxosRounds", "PaxosRoundsFive.cfg", 5, 7400, 8800, 780},
		{"EWD998Ring", "EWD998Ring.cfg", 9, 1650, 3200, 640},
		{"EWD840Ring", "EWD840Ring.cfg", 11, 12400, 6500, 5750},
		{"Needle", "Needle.cfg", 11, 1310, 680, 710},
		{"BakeryTickets", "BakeryTickets.cfg", 7, 13800, 17700, 2550},
		{"Prisoners", "Prisoners.cfg", 14, 420, 285, 285},
		{"Clocks", "Clocks.cfg", 20, 800, 0, 800},
	} {
		sys := bundled(t, row.name, row.cfg)
		r := Check(t.Context(), sys, Options{Depth: row.depth + 1, Stats: true})
		var terms, clauses, kilobytes int
		for _, note := range r.Notes {
			if prefix := fmt.Sprintf("Depth %d:", row.depth); strings.HasPrefix(note, prefix) {
				fmt.Sscanf(note, prefix+" %d terms, %d clauses; %d kB", &terms, &clauses, &kilobytes)
			}
		}
		if terms == 0 || terms > row.terms || clauses > row.clauses || kilobytes > row.kilobytes {
			t.Errorf("%s at depth %d: %d terms, %d clauses, %d kB; at most %d, %d, %d",
				row.name, row.depth, terms, clauses, kilobytes, row.terms, row.clauses, row.kilobytes)
		}
		t.Logf("%s at depth %d: %d terms, %d clauses, %d kB", row.cfg, row.depth, terms, clauses, kilobytes)
	}
}

// TestGrowthOfSequences: a sequence of several lengths and what is computed of its
// length have the same alternatives, which make no combinations.
func TestGrowthOfSequences(t *testing.T) {
	sys := inline(t, `---- MODULE T ----
EXTENDS Integers, Sequences
VARIABLE log
Init == log = [i \in 1..3 |-> <<>>]
Follow(i, j) == \E n \in 0..3 : Len(log[i]) + n <= Len(log[j])
  /\ log' = [log EXCEPT ![i] = @ \o SubSeq(log[j], Len(@) + 1, Len(@) + n)]
Next == \E i, j \in 1..3 : Follow(i, j) \/ log' = [log EXCEPT ![i] = Append(@ \o SubSeq(log[j], Len(@) + 1, Len(log[j])), j)]
Inv == Len(log[1]) < 9
====
`, []string{"Inv"})
	const most = 8300
	r := Check(t.Context(), sys, Options{Depth: 3, Stats: true})
	for _, note := range r.Notes {
		var terms int
		if n, _ := fmt.Sscanf(note, "Depth 3: %d terms", &terms); n == 1 && terms > most {
			t.Errorf("%d terms at depth 3, at most %d", terms, most)
		} else if n == 1 {
			t.Logf("%d terms at depth 3", terms)
		}
	}
}
