// Package specs holds the specs that come with the program, a folder each:
// NAME/NAME.tla with NAME.cfg beside it. What must come out of a spec stands
// in the spec itself, in comments that start with "want"; the tests run each
// of them on the engine that it names.
//
// The folders are in groups. Those at the top are what the README shows.
// Under protocols are the distributed protocols on which the search for lemmas
// is measured, each with its safety property alone; beside the spec of a
// protocol,
//
//	NAMEInductive.tla  has lemmas that make the property inductive, apart from
//	                   the spec, so that no search can see them, and
//	NAMEBroken.tla     makes one mistake: its config replaces one operator of
//	                   the spec by another.
//
// Under textbook are small examples, whose counts of states were derived
// without this program, by small ones written for each of them alone.
//
// Under bench are protocols, in our own texts, at the sizes at which bounded
// checkers are compared. Lines in them that start with "bench" are the rows of
// the table that make bench prints; these specs are not listed.
package specs

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

// FS holds the folders of all bundled specs.
//
//go:embed */*.tla */*.cfg */*/*.tla */*/*.cfg
var FS embed.FS

// groups are the folders of FS that hold folders of specs, in the order in
// which they are listed.
var groups = []string{".", "protocols", "textbook"}

// Names lists the bundled specs: group after group, each in order of name.
func Names() []string {
	var names []string
	for _, group := range groups {
		for _, folder := range folders(group) {
			names = append(names, path.Base(folder))
		}
	}
	return names
}

// Folder is where the bundled spec name is in FS, or false when there is none.
func Folder(name string) (string, bool) {
	for _, group := range groups {
		folder := path.Join(group, name)
		if _, err := fs.Stat(FS, path.Join(folder, name+".tla")); err == nil {
			return folder, true
		}
	}
	return "", false
}

// Read returns the text of the bundled spec name, or false when there is none.
func Read(name string) (string, bool) {
	folder, ok := Folder(name)
	if !ok {
		return "", false
	}
	text, err := FS.ReadFile(path.Join(folder, name+".tla"))
	return string(text), err == nil
}

// Texts are all files of the bundled spec name, by their names; nil when there is
// none.
func Texts(name string) map[string]string {
	folder, ok := Folder(name)
	if !ok {
		return nil
	}
	entries, err := fs.ReadDir(FS, folder)
	if err != nil {
		panic(err) // it is embedded, as the files are
	}
	out := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		text, err := FS.ReadFile(path.Join(folder, e.Name()))
		if err != nil {
			panic(err)
		}
		out[e.Name()] = string(text)
	}
	return out
}

// folders lists the folders in a group that hold specs.
func folders(group string) []string {
	entries, err := fs.ReadDir(FS, group)
	if err != nil {
		panic(err) // the embedded file system cannot fail to list what it has
	}
	var found []string
	for _, e := range entries {
		folder := path.Join(group, e.Name())
		if modules, _ := fs.Glob(FS, folder+"/*.tla"); len(modules) > 0 {
			found = append(found, folder)
		}
	}
	return found
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
