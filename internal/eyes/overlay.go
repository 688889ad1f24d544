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
	seenBy  []string // the engines that are to notice, the likeliest first
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

// A binary is the test binary with all faults in it.
type binary struct{ root, dir, path string }

func (b *binary) remove() { os.RemoveAll(b.dir) }

// build makes it.
func build(root string, faults []fault) (*binary, error) {
	texts, err := faulty(root, faults)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "eyes")
	if err != nil {
		return nil, err
	}
	b := &binary{root: root, dir: dir, path: filepath.Join(dir, "specgen.test")}
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
	cmd := exec.Command("go", "test", "-c", "-overlay", overlay, "-o", b.path, "./internal/specgen")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		b.remove()
		return nil, fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return b, nil
}
