package pluscal

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/internal/tlatools"
)

// TestTranslator compares with the official translator on every algorithm at
// hand: those of the tests, of the bundled specs and of the corpus.
func TestTranslator(t *testing.T) {
	j := tlatools.Start(t)
	for name, text := range algorithms(t) {
		t.Run(name, func(t *testing.T) { compareTranslator(t, j, name, text) })
	}
}

// The official translator refuses these, and we do not: what is meant is plain.
var lenient = []struct{ says, why string }{
	{`Expected ";" but found`, "a semicolon after a brace is optional everywhere"},
	{"Missing `;' before", "a semicolon after a brace is optional everywhere"},
	{`Expected "}" but found ";"`, "a semicolon after a brace is optional everywhere"},
	{`Expected "=" or "\in"`, "a fair process may have its head in parentheses in the p-syntax"},
	{"Multiple assignment to", "a label is added before a with statement, too"},
	{"The algorithm has no variables", "it needs none"},
}

func isLenient(messages string) bool {
	for _, l := range lenient {
		if strings.Contains(messages, l.says) {
			return true
		}
	}
	return false
}

// compareTranslator tells whether the official translator translated the algorithm,
// too. What it translates to illegal TLA+ may be refused, or translated better.
func compareTranslator(t *testing.T, j *tlatools.JVM, name, text string) (translated bool) {
	x := translateText(t, name, text)
	module, messages, ok := j.Translate(t, text)
	legal := func(text string) bool { _, ok := j.Parse(t, text); return ok }
	switch {
	case !ok && (x.units == nil || isLenient(messages) || len(x.alg.Slips) > 0):
	case !ok:
		t.Errorf("translated, but the translator says:\n%s", messages)
	case x.units == nil:
		if legal(module) && !strings.Contains(x.messages(), "there is no label") { // of this process
			t.Errorf("refused:\n%s", x.messages())
		}
	default:
		theirs, readable := translationIn(t, module)
		def, same := sameUnits(x.units, theirs)
		if readable && same {
			return true
		}
		ours, ok := Insert(x.file, x.region, x.alg, x.units)
		if ok && (legal(module) || !legal(ours)) {
			t.Errorf("%s differs\n got %s\nwant %s", def, unitForms(x.units)[def], unitForms(theirs)[def])
		}
	}
	return false
}

// translationIn reads the translation in the module that has the algorithm, which
// may be the second of the file.
func translationIn(t *testing.T, text string) (units []syntax.Unit, readable bool) {
	x := translateText(t, "M.tla", text)
	block := x.region.Block
	if block == nil {
		return nil, false
	}
	var diags diag.List
	inner := x.files.Add("T.tla", "---- MODULE T ----\n"+x.file.Text[block.Body:block.BodyEnd]+"\n====\n")
	m := syntax.Parse(x.files, inner, &diags)
	return m.Units, diags.Err() == nil
}

// algorithms are all modules with an algorithm by their path.
func algorithms(t *testing.T) map[string]string {
	found := map[string]string{}
	add := func(name string, text []byte) {
		if f := newFile(name, string(text)); algorithmStart.Match(text) {
			if _, ok := Find(f); ok {
				found[name] = string(text)
			}
		}
	}
	for _, root := range []string{"../..", shared} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil {
				return fs.SkipDir
			}
			ext := filepath.Ext(path)
			if ext != ".tla" && ext != ".txtar" {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			switch ext {
			case ".tla":
				add(path, text)
			case ".txtar":
				for _, f := range txtar.Parse(text).Files {
					switch ext := filepath.Ext(f.Name); {
					case ext == ".p" || ext == ".c":
						add(path+"/"+f.Name, []byte(module(string(f.Data))))
					case !strings.Contains(string(f.Data), " MODULE "): // the body of one
						add(path+"/"+f.Name, fmt.Appendf(nil, "---- MODULE M ----\nEXTENDS Integers, Sequences, TLC\n%s====\n", f.Data))
					default:
						add(path+"/"+f.Name, f.Data)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}
