// Package docs holds documentation, and the test that keeps it true.
package docs

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite errors.md")

// A code as it stands in the source, with the comment behind it.
var codeLine = regexp.MustCompile(`"([EPCTURSW][0-9]{3})"(?:[^/\n]*// *(.*))?`)

type code struct{ meaning, pkg string }

// codes are all codes of diagnostics in the program, by reading it. Each stands
// once, with its meaning behind it.
func codes(t *testing.T) map[string]code {
	out := map[string]code{}
	for _, path := range goFiles(t) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		pkg, _ := filepath.Rel("..", filepath.Dir(path))
		for _, line := range strings.Split(string(text), "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "//") {
				continue
			}
			for _, m := range codeLine.FindAllStringSubmatch(line, -1) {
				if first, twice := out[m[1]]; twice {
					t.Errorf("%s stands in %s and in %s: a code has one meaning, and one place", m[1], first.pkg, path)
				}
				if m[2] == "" {
					t.Errorf("%s: %s has no meaning: say it behind the code", path, m[1])
				}
				out[m[1]] = code{m[2], filepath.ToSlash(pkg)}
			}
		}
	}
	return out
}

// goFiles are all Go files of the project.
func goFiles(t *testing.T) (paths []string) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".go" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

const errorsHead = `# Diagnostics

Every message to the user has a code; scripts may rely on it. The first letter says what it is about, and the class of the diagnostic
gives the exit code of the program. This table is made from the source: ` + "`go test ./docs -update`" + `. An example of each, which a
test runs, is in [examples.txtar](examples.txtar), under its code; where there is none, the table says why.

| letter | about | exit code |
|---|---|---|
| E | syntax, names, arities, levels | 150 |
| P | PlusCal | 150 |
| C | config, flags that name parts of the spec | 151 |
| T | types, where a symbolic engine needs them | 120 |
| U | not supported by the chosen engine | 121 |
| R | evaluation of the spec (76 inside an invariant, 77 inside a property) | 75 |
| S | files, memory, solvers | 153 |
| W | warnings; errors under ` + "`--strict`" + ` | |

| code | meaning | package | no example, for |
|---|---|---|---|
`

// reasons are why codes have no example; "" for those that have one.
func reasons(t *testing.T) map[string]string {
	a, err := txtar.ParseFile("examples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range a.Files {
		code, name, _ := strings.Cut(f.Name, " ")
		out[code] = ""
		if name == "why" {
			out[code] = strings.TrimSpace(string(f.Data))
		}
	}
	return out
}

// row is the row of a code in errors.md.
func row(name string, c code, why string) string {
	return fmt.Sprintf("| %s | %s | %s | %s |", name, strings.ReplaceAll(c.meaning, "|", `\|`), c.pkg, why)
}

// TestErrorsAreListed checks that errors.md has every code of the program, and that
// each has an example, which cmd/lemma runs, or a reason why it has none.
func TestErrorsAreListed(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(errorsHead)
	all, why := codes(t), reasons(t)
	if len(all) == 0 {
		t.Fatal("no codes found")
	}
	for _, c := range slices.Sorted(maps.Keys(all)) {
		if _, known := why[c]; !known {
			t.Errorf("%s has no example in examples.txtar", c)
		}
		fmt.Fprintln(&b, row(c, all[c], why[c]))
	}
	for _, c := range slices.Sorted(maps.Keys(why)) {
		if _, known := all[c]; !known {
			t.Errorf("examples.txtar has an example of %s, which is no code", c)
		}
	}
	if *update {
		if err := os.WriteFile("errors.md", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile("errors.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range slices.Sorted(maps.Keys(all)) {
		if row := row(c, all[c], why[c]); !bytes.Contains(have, []byte(row)) {
			t.Errorf("errors.md lacks %s; go test ./docs -update writes it anew", row)
		}
	}
}

// TestEveryPackageIsInTheArchitecture: ARCHITECTURE.md says of each package what it
// is for, and of none that is not there.
func TestEveryPackageIsInTheArchitecture(t *testing.T) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string]bool{}
	for _, path := range goFiles(t) {
		if !strings.HasSuffix(path, "_test.go") {
			dir, _ := filepath.Rel("..", filepath.Dir(path))
			packages[filepath.ToSlash(dir)] = true
		}
	}
	for p := range packages {
		if !bytes.Contains(text, []byte("`"+p+"`")) {
			t.Errorf("package %s is not named", p)
		}
	}
	for _, m := range regexp.MustCompile("`([a-z0-9]+(?:/[a-z0-9]+)+)`").FindAllSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join("..", string(m[1]))); err != nil {
			t.Errorf("%s is named, and is no folder", m[1])
		}
	}
}
