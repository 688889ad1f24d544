package pluscal

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/tlatools"
)

// TestTree compares the value that describes an algorithm with the official
// translator's, on every algorithm at hand that is not changed by being translated.
func TestTree(t *testing.T) {
	j := tlatools.Start(t)
	all := algorithms(t)
	for seed := range uint64(140) {
		all[fmt.Sprint("random ", seed)] = randomAlgorithm(seed)
	}
	n := 0
	for name, text := range all {
		x := translateText(t, name, text)
		if x.units == nil {
			continue
		}
		if _, ok := x.alg.Checksum(); !ok {
			continue
		}
		want, ok := j.Tree(t, text)
		if !ok {
			continue // lenient
		}
		var diags diag.List
		prepared := prepare(x.alg, &diags)
		d := &describer{table: names(prepared, &diags), Algorithm: prepared}
		for _, s := range d.symbols {
			s.use = s.decl.Name // which the official translator changes afterwards
		}
		n++
		if got := d.algorithm(); got != want {
			t.Errorf("%s: %s\n%s", name, firstDifference(got, want), text)
		}
	}
	t.Logf("%d algorithms", n)
}

// TestPublished compares checksums with those that the corpus's files have.
func TestPublished(t *testing.T) {
	otherwise := map[string]string{
		"EWD998PCal.tla":     "nobody knows of which version it is",
		"EWD687aPlusCal.tla": "nobody knows of which version it is",
		"Peterson.tla":       "nobody knows of which version it is",
	}
	pcal, tla := 0, 0
	for name, text := range algorithms(t) {
		x := translateText(t, name, text)
		block := x.region.Block
		if block == nil || block.TLA == "" || !strings.HasPrefix(name, shared) {
			continue
		}
		if got := sumLines(text[block.Body:block.BodyEnd]); got != block.TLA {
			t.Errorf("%s: checksum of the translation is %s, want %s", name, got, block.TLA)
		}
		tla++
		got, ok := x.alg.Checksum()
		if _, skip := otherwise[filepath.Base(name)]; !ok || skip {
			continue
		}
		if got != block.PCal {
			t.Errorf("%s: checksum of the algorithm is %s, want %s", name, got, block.PCal)
		}
		pcal++
	}
	t.Logf("%d algorithms, %d translations", pcal, tla)
}

// firstDifference shows where two texts begin to differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "the end", "the end"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return "\n got " + x + "\nwant " + y
		}
	}
	return "nothing"
}
