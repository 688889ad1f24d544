package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// A fault is a snippet of a package that stands there once, and what stands in
// its place when the fault is on: FAULT is true then.
type fault struct {
	name    string
	dir     string // of the package, from the module's root
	snippet string
	instead string
	seenBy  []look // what is to notice, the likeliest first
}

// moduleRoot is the folder with go.mod.
func moduleRoot() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("go list: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// faulty are the sources that hold faults, by path, with all faults in them.
func faulty(root string, faults []fault) (map[string]string, error) {
	texts := map[string]string{}
	var lost error
	for i, f := range faults {
		path, err := f.find(root, texts)
		if err != nil {
			lost = errors.Join(lost, err)
			continue
		}
		on := fmt.Sprintf("(fault.N == %d)", i+1)
		texts[path] = strings.Replace(texts[path], f.snippet, strings.ReplaceAll(f.instead, "FAULT", on), 1)
	}
	for path, text := range texts {
		texts[path] = withImport(text)
	}
	return texts, lost
}

// find is the file of f's package in which the snippet stands. What is read on
// the way is added to texts, where faults may be in it already.
func (f fault) find(root string, texts map[string]string) (string, error) {
	files, err := filepath.Glob(filepath.Join(root, f.dir, "*.go"))
	if err != nil {
		return "", err
	}
	at, n := "", 0
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, read := texts[path]
		if !read {
			data, err := os.ReadFile(path)
			if err != nil {
				return "", err
			}
			text = string(data)
		}
		if k := strings.Count(text, f.snippet); k > 0 {
			at, n, texts[path] = path, n+k, text
		}
	}
	if n != 1 {
		return "", fmt.Errorf("the snippet of the fault %q stands %d times in %s, and should once: adapt internal/eyes to what the code is now\n%s", f.name, n, f.dir, f.snippet)
	}
	return at, nil
}

var packageLine = regexp.MustCompile(`(?m)^package \w+$`)

// withImport imports package fault, without a new line.
func withImport(text string) string {
	at := packageLine.FindStringIndex(text)
	return text[:at[1]] + `; import "github.com/lemma-mc/lemma/internal/eyes/fault"` + text[at[1]:]
}

// Binaries are test binaries with all faults in them, by package.
type binaries struct {
	root, dir string
	built     map[string]string // paths, by the package's folder
}

func (b *binaries) remove() { os.RemoveAll(b.dir) }

// build makes those of the packages whose tests look for the faults.
func build(root string, faults []fault) (*binaries, error) {
	texts, err := faulty(root, faults)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "eyes")
	if err != nil {
		return nil, err
	}
	b := &binaries{root: root, dir: dir, built: map[string]string{}}
	replace := map[string]string{}
	for path, text := range texts {
		copied := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		replace[path] = copied
		if err := os.WriteFile(copied, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, data, 0o644); err != nil {
		return nil, err
	}
	for _, f := range faults {
		for _, l := range f.seenBy {
			if err := b.add(overlay, l.dir()); err != nil {
				b.remove()
				return nil, err
			}
		}
	}
	return b, nil
}

// add builds the test binary of the package in dir, if it is not there.
func (b *binaries) add(overlay, dir string) error {
	if b.built[dir] != "" {
		return nil
	}
	path := filepath.Join(b.dir, strings.ReplaceAll(dir, "/", "-")+".test")
	cmd := exec.Command("go", "test", "-c", "-overlay", overlay, "-o", path, "./"+dir)
	cmd.Dir = b.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go test -c ./%s: %w\n%s", dir, err, out)
	}
	b.built[dir] = path
	return nil
}
