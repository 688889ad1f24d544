// Package specs holds the specs that come with the program, a folder each:
// NAME/NAME.tla with NAME.cfg beside it. What must come out of a spec stands
// in the spec itself, in comments that start with "want"; the tests run each
// of them on the engine that it names.
package specs

import (
	"embed"
	"io/fs"
	"strings"
)

// FS holds the folders of all bundled specs.
//
//go:embed */*.tla */*.cfg
var FS embed.FS

// Names lists the bundled specs in order of name.
func Names() []string {
	entries, err := fs.ReadDir(FS, ".")
	if err != nil {
		panic(err) // the embedded file system cannot fail to list its root
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// Read returns the text of the bundled spec name, or false when there is none.
func Read(name string) (string, bool) {
	text, err := FS.ReadFile(name + "/" + name + ".tla")
	return string(text), err == nil
}

// Summary is the first sentence of the comment that opens a spec's text.
func Summary(text string) string {
	_, rest, found := strings.Cut(text, "\n")
	if !found {
		return ""
	}
	var words []string
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "(*") {
			break
		}
		words = append(words, strings.Fields(strings.TrimSuffix(strings.TrimPrefix(line, "(*"), "*)"))...)
	}
	sentence, _, _ := strings.Cut(strings.Join(words, " "), ". ")
	return strings.TrimSuffix(sentence, ".")
}
