package pluscal

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

const shared = "../../../shared"

// translated is a file with a PlusCal algorithm, translated.
type translated struct {
	files  *source.Set
	file   *source.File
	region *Region
	alg    *Algorithm
	units  []syntax.Unit
	diags  diag.List
}

func translateText(t *testing.T, name, text string) *translated {
	t.Helper()
	out := &translated{files: new(source.Set)}
	out.file = out.files.Add(name, text)
	var ok bool
	if out.region, ok = Find(out.file); !ok {
		t.Fatalf("%s: no algorithm found", name)
	}
	if out.alg = Parse(out.files, out.file, out.region, &out.diags); out.alg != nil {
		out.units = Translate(out.alg, &out.diags)
	}
	return out
}

func (x *translated) messages() string {
	var b strings.Builder
	for _, d := range x.diags.All() {
		b.WriteString(diag.Render(x.files, d))
	}
	return b.String()
}

// published parses the module and returns the units of the translation that
// is in the file.
func (x *translated) published(t *testing.T) []syntax.Unit {
	t.Helper()
	m := syntax.Parse(x.files, x.file, &x.diags)
	if x.diags.Err() != nil {
		t.Fatal(x.messages())
	}
	var out []syntax.Unit
	for _, u := range m.Units {
		if x.region.InBlock(x.file, u) {
			out = append(out, u)
		}
	}
	return out
}

// TestCorpus translates every algorithm of the reference corpus and compares
// with the translation that its authors published.
func TestCorpus(t *testing.T) {
	root := filepath.Join(shared, "corpus", "examples")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no reference corpus beside the checkout")
	}
	has := regexp.MustCompile(`--(fair\s+)?algorithm\b`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".tla" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || !has.Match(text) {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		t.Run(rel, func(t *testing.T) { comparePublished(t, rel, string(text)) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func comparePublished(t *testing.T, name, text string) {
	x := translateText(t, name, text)
	if x.units == nil {
		t.Fatal(x.messages())
	}
	ours, theirs := unitForms(x.units), unitForms(x.published(t))
	for n, want := range theirs {
		if got, ok := ours[n]; !ok {
			t.Errorf("%s is missing", n)
		} else if got != want {
			t.Errorf("%s\n got %s\nwant %s", n, got, want)
		}
	}
	for n := range ours {
		if _, ok := theirs[n]; !ok {
			t.Errorf("%s is not in the published translation", n)
		}
	}
}

// TestLesson translates the listing that the project starts from.
func TestLesson(t *testing.T) {
	path := filepath.Join(shared, "lesson", "LeaderElection.tla")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no lesson beside the checkout")
	}
	x := translateText(t, path, string(text))
	if x.units == nil {
		t.Fatal(x.messages())
	}
	if len(x.alg.Slips) != 5 {
		t.Errorf("slips %v, want five", x.alg.Slips)
	}
	readBack(t, x)
}

func newFile(name, text string) *source.File { return new(source.Set).Add(name, text) }
