package explicit

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

var translation = regexp.MustCompile(`(?s)\\\*+ BEGIN TRANSLATION.*?\\\*+ END TRANSLATION[^\n]*`)

// A PlusCal module without its published translation is translated in memory,
// and has the state graph that TLC finds for the published one.
func TestOwnTranslationsHaveTheSameGraph(t *testing.T) {
	ran := 0
	for _, r := range corpusRows(t, "examples/expected.tsv") {
		if r["features"] != "pluscal" || r["result"] != "success" || r.int("distinct") == 0 || r.int("distinct") > 50_000 {
			continue
		}
		t.Run(r["cfg"], func(t *testing.T) {
			path := filepath.Join(corpus, "examples", r["module"])
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			bare := translation.ReplaceAllString(string(text), "")
			if bare == string(text) || strings.Contains(bare, "BEGIN TRANSLATION") {
				t.Fatal("the module has no translation to take away")
			}
			files := &source.Set{}
			cfg, err := frontend.ReadConfig(files, filepath.Join(corpus, "examples", r["cfg"]))
			if err != nil {
				t.Fatal(err)
			}
			sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: path, Config: cfg,
				Inline: map[string]string{filepath.Base(path): bare}})
			if err != nil {
				t.Fatal(err)
			}
			res := Check(context.Background(), sys, Options{Files: true})
			if res.Status != trace.Verified || res.Counts.Distinct != r.int("distinct") {
				t.Errorf("%v with %+v, TLC has %s distinct states", res.Status, res.Counts, r["distinct"])
			}
			ran++
		})
	}
	if ran == 0 {
		t.Error("no PlusCal model was compared")
	}
}
