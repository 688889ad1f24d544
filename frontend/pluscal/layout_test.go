package pluscal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/internal/tlatools"
)

// TestLayoutTable holds translations as they are written against testdata/layout.txtar,
// byte for byte. The official translator wrote what is there, and with TLC_JAR must
// write it again.
func TestLayoutTable(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/layout.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(ar.Files); i += 2 {
		text := "---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\n" + string(ar.Files[i].Data) + "====\n"
		x := translateText(t, ar.Files[i].Name, text)
		if x.units == nil {
			t.Errorf("%s: %v", ar.Files[i].Name, x.diags.Err())
			continue
		}
		got, want := strings.Join(x.alg.Lines(x.units), "\n")+"\n", string(ar.Files[i+1].Data)
		if got != want {
			t.Errorf("%s: %s", ar.Files[i].Name, firstDifference(got, want))
		}
	}
}

// TestLayout compares translations as they are written with the official translator's,
// byte for byte, on every algorithm at hand.
func TestLayout(t *testing.T) {
	j := tlatools.Start(t)
	all := algorithms(t)
	for seed := range uint64(100) {
		all[fmt.Sprint("random ", seed)] = randomAlgorithm(seed)
	}
	n, same := 0, 0
	for name, text := range all {
		x := translateText(t, name, text)
		if x.units == nil {
			continue
		}
		module, _, ok := j.Translate(t, text)
		if !ok {
			continue
		}
		theirs := translateText(t, name, module)
		if theirs.region.Block == nil {
			continue
		}
		units, readable := translationIn(t, module)
		if _, equal := sameUnits(x.units, units); !readable || !equal {
			continue
		}
		n++
		want := module[theirs.region.Block.Body:theirs.region.Block.BodyEnd]
		got := strings.Join(x.alg.Lines(x.units), "\n") + "\n"
		want = strings.ReplaceAll(want, "\r", "")
		if got == want {
			same++
		} else {
			t.Logf("%s: %s", name, firstDifference(got, want))
		}
	}
	t.Logf("%d of %d the same", same, n)
	if same < n*95/100 {
		t.Errorf("only %d of %d are the same", same, n)
	}
}
