// Lemmabench prints how long the search for lemmas takes on the bundled
// protocols, beside what is aimed at and what has been published.
//
//	go run ./internal/lemmabench [-seeds 5] [-timeout 60s] [NAME ...]
//
// Each protocol is proved from the invariants of its config alone. Published
// times are seconds of endive, IC3PO, fol-ic3, SWISS and DistAI, in this order,
// from Schultz, Dardik and Tripakis, "Plain and simple inductive invariant
// inference for distributed protocols in TLA+" (FMCAD 2022), table I.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/olekukonko/tablewriter"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A goal is what is aimed at for one protocol.
type goal struct {
	target    string
	published string
}

var goals = map[string]goal{
	"LockServer":             {"1 s", "7/1/1/1/err"},
	"ToyConsensus":           {"1 s", "7/10/21/6/err"},
	"ToyConsensusEpr":        {"1 s", "19/9/70/2/err"},
	"ToyConsensusForall":     {"1 s", "19/3/11/3/err"},
	"SimpleElection":         {"1 s", "24/7/32/9/err"},
	"QuorumElection":         {"1 s", "11/3/24/11/3"},
	"TwoPhaseCommit":         {"2 s", "43/14/9/33/29"},
	"TwoPhaseVoting":         {"2 s", "69/27/8/6/17"},
	"DecentralizedLock":      {"2 s", "44/19/4/1/26"},
	"Firewall":               {"2 s", "38/2/7/75/err"},
	"ConsensusEpr":           {"5 s", "247/1300/1468/72/err"},
	"ConsensusForall":        {"5 s", "175/99/2461/29/err"},
	"ConsensusWithoutDecide": {"5 s", "127/50/168/18/err"},
	"ShardedKV":              {"5 s", "312/10/22/4024/2"},
	"ClientServerDB":         {"5 s", "4941/17/TO/24/err"},
	"MajoritySetElection":    {"5 s", "53/72/TO/28/err"},
	"LearningSwitch":         {"60 s", "TO/127/TO/959/79"},
	"HybridBroadcast":        {"60 s", "-/587/1360/TO/err"},
	"ChordRing":              {"60 s", "-/229/TO/TO/53"},
	"LoglessReconfig":        {"300 s", "2025/TO/-/err/err"},
	"ZeusCommit":             {"300 s", ""},
	"Hermes":                 {"300 s", ""},
	"Bakery":                 {"300 s", ""},
	"Paxos":                  {"300 s", ""},
	"GermanCache":            {"600 s", ""},
}

func main() {
	seeds := flag.Int("seeds", 5, "how many seeds are tried; the median counts")
	timeout := flag.Duration("timeout", time.Minute, "for one run")
	flag.Parse()
	names := flag.Args()
	if len(names) == 0 {
		files, _ := filepath.Glob("specs/protocols/*/*.cfg")
		for _, f := range files {
			if name := filepath.Base(filepath.Dir(f)); filepath.Base(f) == name+".cfg" {
				names = append(names, name)
			}
		}
	}
	t := tablewriter.NewWriter(os.Stdout)
	t.Header("protocol", "proved", "median", "lemmas", "target", "published")
	for _, name := range names {
		r := measure(name, *seeds, *timeout)
		g := goals[name]
		if err := t.Append(name, fmt.Sprintf("%d of %d", r.proved, *seeds), r.median(), r.lemmas, g.target, g.published); err != nil {
			fail(err)
		}
	}
	if err := t.Render(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// A measurement is what the runs of one protocol came to.
type measurement struct {
	times  []time.Duration
	proved int
	lemmas int // of the last proof
}

func (m measurement) median() string {
	slices.Sort(m.times)
	return m.times[len(m.times)/2].Round(10 * time.Millisecond).String()
}

func measure(name string, seeds int, timeout time.Duration) (m measurement) {
	for seed := range seeds {
		ctx, stop := context.WithTimeout(context.Background(), timeout)
		r, err := prove(ctx, name, uint64(seed))
		stop()
		if err != nil {
			fail(err)
		}
		m.times = append(m.times, r.Duration)
		if r.Status == trace.Verified {
			m.proved++
			m.lemmas = len(r.Lemmas)
		}
	}
	return m
}

func prove(ctx context.Context, name string, seed uint64) (*trace.Result, error) {
	base := filepath.Join("specs", "protocols", name, name)
	o := frontend.Options{Files: &source.Set{}, Spec: base + ".tla", FreeConstants: true}
	cfg, err := frontend.ReadConfig(o.Files, base+".cfg")
	if err != nil {
		return nil, err
	}
	o.Config = cfg
	sys, _, err := frontend.Load(o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return induction.Check(ctx, sys, induction.Options{Seed: seed}), nil
}
