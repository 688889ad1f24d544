package pluscal

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

const tiny = "--algorithm a { variable x = 0; { l: x := 1 } }"

// body is the translation of tiny as Insert lays it out.
func body(t *testing.T) string {
	x := translateText(t, "tiny", tiny)
	return strings.Join(x.alg.Lines(x.units), "\n") + "\n"
}

func TestInsert(t *testing.T) {
	const head, tail = "A note.\n---- MODULE M ----\nEXTENDS Naturals\n", "Inv == x < 2 \t\n====\nAnother."
	body := body(t)
	const sums = "\\* BEGIN TRANSLATION (chksum(pcal) = \"PCAL\" /\\ chksum(tla) = \"TLA\")\n"
	const end = "\\* END TRANSLATION \n"
	for name, row := range map[string]struct{ before, after string }{
		"new": {
			head + "(* " + tiny + " *)\n" + tail,
			head + "(* " + tiny + " *)\n" + sums + body + end + tail,
		},
		"replaced": {
			head + "(* " + tiny + "\n*) Two == 2\n  \\** BEGIN TRANSLATION (checksum(PlusCal) = \"1\" /\\ ChkSum(TLA+)= \"2\") !\nx == 1\n\\* END TRANSLATION here\n" + tail,
			head + "(* " + tiny + "\n*) Two == 2\n  \\** BEGIN TRANSLATION (checksum(PlusCal) = \"PCAL\" /\\ ChkSum(TLA+) = \"TLA\") !\n" + body + "\\* END TRANSLATION here\n" + tail,
		},
		"after the module, no checksums": {
			head + "\\* BEGIN TRANSLATION\n\\* END TRANSLATION\n" + tail + "\n" + tiny,
			head + "\\* BEGIN TRANSLATION\n" + body + "\\* END TRANSLATION\n" + tail + "\n" + tiny,
		},
		"not compared": {
			head + "(* " + tiny + " *)\n\\* BEGIN TRANSLATION (chksum(pcal) \\in STRING /\\ chksum(tla) \\in STRING)\n\\* END TRANSLATION\n" + tail,
			head + "(* " + tiny + " *)\n\\* BEGIN TRANSLATION (chksum(pcal) \\in STRING /\\ chksum(tla) \\in STRING)\n" + body + "\\* END TRANSLATION\n" + tail,
		},
		"carriage returns": {
			strings.ReplaceAll(head+"(* "+tiny+" *)\n"+tail, "\n", "\r\n"),
			strings.ReplaceAll(head+"(* "+tiny+" *)\n"+sums+body+end+tail, "\n", "\r\n"),
		},
	} {
		x := translateText(t, name, row.before)
		pcal, _ := x.alg.Checksum()
		want := strings.NewReplacer("PCAL", pcal, "\"TLA\"", `"`+sumLines(body)+`"`).Replace(row.after)
		if got, ok := Insert(x.file, x.region, x.alg, x.units); !ok || got != want {
			t.Errorf("%s: %v\n got:\n%s\nwant:\n%s", name, ok, got, want)
		}
	}
}

func TestInsertNowhere(t *testing.T) {
	x := translateText(t, "nowhere", "---- MODULE M ----\n====\n"+tiny)
	if text, ok := Insert(x.file, x.region, x.alg, x.units); ok {
		t.Errorf("inserted outside the module:\n%s", text)
	}
}

// TestInsertBreaks wants no place where a translation after the comment would stand
// inside of something, or outside of the module.
func TestInsertBreaks(t *testing.T) {
	const head = "---- MODULE M ----\n"
	for name, text := range map[string]string{
		"definition":     head + "(* " + tiny + " *) Foo ==\n  1\n====\n",
		"expression":     head + "Foo == 1 +\n(* " + tiny + " *)\n  2\n====\n",
		"comment":        head + "(* " + tiny + " *) (* goes\n on *)\n====\n",
		"before EXTENDS": head + "(* " + tiny + " *)\nEXTENDS Naturals\n====\n",
		"end of module":  head + "(* " + tiny + " *)====",
	} {
		x := translateText(t, name, text)
		if got, ok := Insert(x.file, x.region, x.alg, x.units); ok {
			t.Errorf("%s: inserted:\n%s", name, got)
		}
	}
}

// TestInsertBesideComments wants all that is not the translation to stay where
// comments speak of translations, and a second translation to change nothing.
func TestInsertBesideComments(t *testing.T) {
	const head, alg, block, tail = "---- MODULE M ----\n", "(* " + tiny + " *)\n", "\\***** BEGIN  TRANSLATION\nx == 1\n\\* END TRANSLATION\n", "Own == 3\n====\n"
	for name, row := range map[string]struct{ text, keeps string }{
		"what both are":        {head + "\\* Between BEGIN TRANSLATION and END TRANSLATION it is generated.\nMine == 2\n" + alg + block + tail, "Mine == 2\n" + alg},
		"a beginning and more": {head + alg + "\\* BEGIN TRANSLATION comes below.\nMine == 2\n" + block + tail, "Mine == 2\n"},
		"around the algorithm": {head + "\\* BEGIN TRANSLATION\n" + alg + "\\* END TRANSLATION\n" + tail, alg},
		"an end before":        {head + "\\* END TRANSLATION\nMine == 2\n" + alg + block + tail, "Mine == 2\n" + alg},
	} {
		x := translateText(t, name, row.text)
		once, ok := Insert(x.file, x.region, x.alg, x.units)
		if !ok || !strings.Contains(once, row.keeps) || !strings.Contains(once, tail) {
			t.Errorf("%s: %v\n%s", name, ok, once)
			continue
		}
		y := translateText(t, name, once)
		if twice, _ := Insert(y.file, y.region, y.alg, y.units); twice != once {
			t.Errorf("%s: a second time:\n%s", name, twice)
		}
	}
}

// TestPrecious tells translations that only a translator wrote from others.
func TestPrecious(t *testing.T) {
	x := translateText(t, "m.tla", "---- MODULE M ----\n(* "+tiny+" *)\n====\n")
	fresh, _ := Insert(x.file, x.region, x.alg, x.units)
	for name, row := range map[string]struct {
		text string
		want bool
	}{
		"fresh":        {fresh, false},
		"edited":       {strings.Replace(fresh, "Init ==", "Mine == 1\nInit ==", 1), true},
		"no checksums": {checksum.ReplaceAllString(fresh, ""), true},
		"empty":        {"---- MODULE M ----\n(* " + tiny + " *)\n\\* BEGIN TRANSLATION\n\n\\* END TRANSLATION\n====\n", false},
	} {
		y := translateText(t, name, row.text)
		if got := y.region.Block.Precious(y.file); got != row.want {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

// TestFind looks for algorithms where there is none, and where there are two.
func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"---- MODULE M ----\n(* An --algorithm is written in a comment. *)\n====\n":          "",
		"---- MODULE M ----\nx == 1 \\* see --algorithm b below\n====\n":                     "",
		"---- MODULE M ----\n\\* --algorithm b\n(* --fair\n algorithm c { {skip} } *)\n====": "c",
		"---- MODULE M ----\n(* (* --algorithm d { {skip} } *) *)\n====":                     "d",
		"":                                "",
		"-- algorithm x":                  "",
		"--algorithm":                     "",
		"--algorithm e {}":                "e",
		"--algorithm begin end algorithm": "begin",
	} {
		f := newFile("m.tla", text)
		r, ok := Find(f)
		if ok != (want != "") || ok && !strings.Contains(f.Text[r.Start:], "algorithm "+want) {
			t.Errorf("%q: found %v, want %q", text, ok, want)
		}
	}
}

// TestChecksums reads those that the official translator leaves.
func TestChecksums(t *testing.T) {
	r, _ := Find(newFile("m.tla", "---- MODULE M ----\n(* "+tiny+" *)\n"+
		`\* BEGIN TRANSLATION (chksum(pcal) = "b4b07666" /\ chksum(tla) = "8adfa002")`+"\n\\* END TRANSLATION\n===="))
	if r == nil || r.Block == nil || r.Block.PCal != "b4b07666" || r.Block.TLA != "8adfa002" {
		t.Errorf("found %+v", r)
	}
}

// TestStale changes an algorithm, or its translation, and expects the warning
// when the meaning has changed.
func TestStale(t *testing.T) {
	x := translateText(t, "m.tla", "---- MODULE M ----\n(* "+tiny+" *)\n====\n")
	fresh, _ := Insert(x.file, x.region, x.alg, x.units)
	for _, row := range []struct {
		from, to string
		stale    string // the definition that differs
	}{
		{"VARIABLES x, pc", "VARIABLES pc, x", ""},
		{"<< x, pc >>", "<< pc, x >>", ""},
		{`/\ x' = 1`, `/\ (x') = (1) /\ TRUE`, ""},
		{"l\n           \\/ Terminating", "Terminating \\/ l", ""},
		{"UNCHANGED vars", "vars' = vars", ""},
		{"x := 1", "x := 2", "l"},
		{"x' = 1", "x' = 2", "l"},
		{"l: x", "m: x", "Init"},
		{"VARIABLES x, pc", "VARIABLES x, y, pc", "VARIABLES"},
		{"Terminating ==", "Terminated ==", "Terminated"},
	} {
		text := strings.Replace(fresh, row.from, row.to, 1)
		if text == fresh {
			t.Fatalf("%q does not occur", row.from)
		}
		y := translateText(t, "m.tla", text)
		d := Stale(y.file, y.region, y.alg, y.units, y.published(t))
		switch {
		case d == nil && row.stale != "":
			t.Errorf("%q -> %q: no warning", row.from, row.to)
		case d != nil && !strings.HasSuffix(d.Message, "differ in "+row.stale):
			t.Errorf("%q -> %q: %s", row.from, row.to, d.Message)
		}
	}
}

// TestSpans holds every step to the place of its label.
func TestSpans(t *testing.T) {
	x := translateText(t, "m.tla", "---- MODULE M ----\n(* --algorithm a\nvariable x = 0;\nbegin\n  first:\n    x := 1;\n  second: x := 2;\nend algorithm *)\n====\n")
	want := map[string][2]int{"first": {5, 3}, "second": {7, 3}, "Next": {2, 4}}
	for _, u := range x.units {
		def, ok := u.(*syntax.OpDef)
		if !ok {
			continue
		}
		at, _ := x.files.Position(def.Span.Start)
		if w, ok := want[def.Name.Name]; ok && w != [2]int{at.Line, at.Column} {
			t.Errorf("%s is at %d:%d, want %v", def.Name.Name, at.Line, at.Column, w)
		}
		delete(want, def.Name.Name)
	}
	if len(want) > 0 {
		t.Errorf("not defined: %v", want)
	}
}

// TestSlips collects spellings that are not TLA+ from all over an algorithm.
func TestSlips(t *testing.T) {
	x := translateText(t, "m.tla", module("--algorithm a\nvariable x = 0;\ndefine P == \\forall y \\in {1} : y = x \\and TRUE end define;\nbegin l: await P \\and x = 0; end algorithm\n"))
	if x.units == nil {
		t.Fatal(x.messages())
	}
	var got []string
	for _, s := range x.alg.Slips {
		got = append(got, s.Wrote+" "+s.Means)
	}
	if want := `\forall \A|\and /\|\and /\`; strings.Join(got, "|") != want {
		t.Errorf("slips %v, want %s", got, want)
	}
}
