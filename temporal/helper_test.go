package temporal_test

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// load reads a module with the variables x, y and the constants C = {1, 2} and
// Yes = TRUE.
func load(t *testing.T, body string) *ir.System {
	t.Helper()
	files := &source.Set{}
	cfg, err := frontend.ParseConfig(files, "M.cfg", "CONSTANTS C = {1, 2} Yes = TRUE\nINIT Init NEXT Next\n")
	if err != nil {
		t.Fatal(err)
	}
	text := "---- MODULE M ----\nEXTENDS Naturals, FiniteSets\nCONSTANTS C, Yes\nVARIABLES x, y\nv == <<x, y>>\n" +
		"Init == x = 0 /\\ y = 0\nUp == x' = x + 1 /\\ y' = y\nNext == Up \\/ UNCHANGED v\n" + body + "\n====\n"
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "M.tla", Inline: map[string]string{"M.tla": text}, Config: cfg})
	if err != nil {
		var b strings.Builder
		for _, d := range diag.Of(err) {
			b.WriteString(diag.Render(files, d))
		}
		t.Fatal(b.String())
	}
	return sys
}
