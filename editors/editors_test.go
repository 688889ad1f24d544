// Package editors holds what editors need to start lemma; its test is that they can
// read it.
package editors

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestFilesAreJSON: what VS Code reads can be read, and names files that are there.
func TestFilesAreJSON(t *testing.T) {
	read := 0
	err := fs.WalkDir(os.DirFS("vscode"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") || strings.Contains(path, "node_modules") {
			return err
		}
		text, err := os.ReadFile("vscode/" + path)
		if err != nil {
			return err
		}
		var any map[string]any
		if err := json.Unmarshal(text, &any); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		read++
		return nil
	})
	if err != nil || read < 3 {
		t.Fatalf("%d files, %v", read, err)
	}
	var manifest struct {
		Main        string
		Contributes struct {
			Languages []struct{ Configuration string }
			Grammars  []struct{ Path string }
		}
	}
	text, _ := os.ReadFile("vscode/package.json")
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{manifest.Main, manifest.Contributes.Languages[0].Configuration, manifest.Contributes.Grammars[0].Path} {
		if _, err := os.Stat("vscode/" + file); err != nil {
			t.Error(err)
		}
	}
	start, _ := os.ReadFile("vscode/extension.js")
	if !strings.Contains(string(start), `["lsp"]`) {
		t.Error("the extension does not start lemma lsp")
	}
}
