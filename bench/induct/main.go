// Induct prints how long the search for lemmas takes on the bundled
// protocols, beside what is aimed at and what has been published.
//
//	go run ./bench/induct [-seeds 5] [-budget 75s] [-timeout 150s] [NAME ...]
//
// Each protocol is proved from the invariants of its config alone, with one seed
// after the other, in one process; the median counts. A run that takes longer than
// what is aimed at is ended, and one that takes longer than -timeout; a protocol that
// has taken longer than -budget has no further seeds tried, unless all must come through. What is missed is marked.
// On two idle cores the whole table takes less than twenty minutes.
//
// Published times are seconds of endive, IC3PO, fol-ic3, SWISS and DistAI, in this
// order, from Schultz, Dardik and Tripakis, "Plain and simple inductive invariant
// inference for distributed protocols in TLA+" (FMCAD 2022), table I, where there are
// five; a single one is endive's, unless it is named.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/olekukonko/tablewriter"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// limits are what a row may take.
type limits struct {
	seeds           int
	budget, timeout time.Duration
}

func main() {
	var l limits
	flag.IntVar(&l.seeds, "seeds", 5, "how many seeds are tried; the median counts")
	flag.DurationVar(&l.budget, "budget", 75*time.Second, "for one protocol: beyond it no further seed is tried")
	flag.DurationVar(&l.timeout, "timeout", 150*time.Second, "for one run")
	flag.Parse()
	begin := time.Now()
	t := tablewriter.NewWriter(os.Stdout)
	t.Header("protocol", "proved", "median", "slowest", "lemmas", "target", "", "published")
	var all tally
	for _, r := range chosen(flag.Args()) {
		m, err := measure(r, l)
		if err != nil {
			fail(err)
		}
		all.add(r, m)
		cells := m.cells(r)
		fmt.Fprintln(os.Stderr, strings.Join(cells[:3], ": "))
		if err := t.Append(cells); err != nil {
			fail(err)
		}
	}
	if err := t.Render(); err != nil {
		fail(err)
	}
	fmt.Printf("%s; %s in all.\n", all, time.Since(begin).Round(time.Second))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// chosen are the rows whose names are, or begin with, one of those given; all where
// none are.
func chosen(names []string) []row {
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool {
		return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return r.name == n || strings.HasPrefix(r.name, n+",") })
	})
}

// A measurement is what the runs of one row came to.
type measurement struct {
	times  []time.Duration // of those that came through, sorted
	failed int             // the others
	lemmas int             // of the last proof
}

func (m measurement) runs() int { return len(m.times) + m.failed }

// measure proves r with one seed after the other.
func measure(r row, l limits) (m measurement, err error) {
	if r.seeds > 0 {
		l.seeds = r.seeds
	}
	if r.target == 0 {
		r.target = aimless
	}
	l.timeout = min(l.timeout, r.target)
	sys, err := load(r)
	if err != nil {
		return m, err
	}
	begin := time.Now()
	for seed := range l.seeds {
		if over := time.Since(begin) > l.budget && !r.all; seed > 0 && (over || 2*m.failed > l.seeds) {
			break
		}
		ctx, stop := context.WithTimeout(context.Background(), l.timeout)
		res := induction.Check(ctx, sys, induction.Options{Seed: uint64(seed), GivenOnly: r.given})
		stop()
		if res.Err != nil {
			return m, fmt.Errorf("%s: %w", r.name, res.Err)
		}
		if res.Status != trace.Verified {
			m.failed++
			continue
		}
		m.times, m.lemmas = append(m.times, res.Duration), len(res.Lemmas)
	}
	slices.Sort(m.times)
	return m, nil
}

// aimless is how long a run may take that has no target.
const aimless = time.Minute

// load reads the system of r.
func load(r row) (*ir.System, error) {
	spec, cfg := r.files()
	o := frontend.Options{Files: &source.Set{}, Spec: spec, FreeConstants: true, Any: r.any}
	if r.invariant != "" {
		o.Invariants = []string{r.invariant}
	}
	var err error
	if o.Config, err = frontend.ReadConfig(o.Files, cfg); err != nil {
		return nil, err
	}
	sys, _, err := frontend.Load(o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.name, err)
	}
	return sys, nil
}

// median is that of the runs, of which those that proved nothing count as the
// longest; ok tells whether it is one that came through.
func (m measurement) median() (d time.Duration, ok bool) {
	if at := m.runs() / 2; at < len(m.times) {
		return m.times[at], true
	}
	return 0, false
}

// met tells whether m is what r aims at.
func (m measurement) met(r row) bool {
	d, ok := m.median()
	return ok && d <= r.target && (!r.all || m.failed == 0)
}

// cells are m as a line of the table.
func (m measurement) cells(r row) []string {
	median, slowest, lemmas, target, mark, published := "-", "-", "", "", "", ""
	if d, ok := m.median(); ok {
		median = shortly(d)
	}
	if n := len(m.times); n > 0 {
		slowest, lemmas = shortly(m.times[n-1]), fmt.Sprint(m.lemmas)
	}
	if r.target > 0 {
		target = fmt.Sprintf("%.0f s", r.target.Seconds())
		if mark = "met"; !m.met(r) {
			mark = "MISSED"
		}
	}
	if r.published != "" {
		published = "[" + r.published + "]"
	}
	return []string{r.name, fmt.Sprintf("%d of %d", len(m.times), m.runs()), median, slowest, lemmas, target, mark, published}
}

func shortly(d time.Duration) string { return d.Round(10 * time.Millisecond).String() }

// A tally counts rows.
type tally struct{ rows, proved, targets, met int }

func (t *tally) add(r row, m measurement) {
	t.rows++
	if _, ok := m.median(); ok {
		t.proved++
	}
	if r.target > 0 {
		t.targets++
		if m.met(r) {
			t.met++
		}
	}
}

func (t tally) String() string {
	return fmt.Sprintf("%d of %d rows are proved by most seeds; %d of %d targets are met", t.proved, t.rows, t.met, t.targets)
}
