// Package testprogram builds the program lemma for tests of what a user runs.
package testprogram

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Main is the TestMain of a package that runs the program: it builds it once, in the
// folder bin of one of its own, sets path to it, runs the tests and ends the process.
func Main(m *testing.M, path *string) { os.Exit(run(m, path)) }

func run(m *testing.M, path *string) int {
	folder, err := os.MkdirTemp("", "lemma-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	*path = filepath.Join(folder, "bin", "lemma")
	if out, err := exec.Command("go", "build", "-o", *path, "github.com/lemma-mc/lemma/cmd/lemma").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building lemma: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}
