// Package tlatools runs the official TLA+ tools, TLC, SANY and the PlusCal
// translator, for tests that compare with them. The variable TLC_JAR says where
// their jar is, tla2tools.jar; without it, or without java, such a test is skipped.
// What a test wants from the tools must therefore also stand in its table.
package tlatools

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

//go:embed Driver.java
var driver []byte

// A JVM runs programs of the jar, one at a time.
type JVM struct {
	mu  sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

// Start starts a JVM that ends with the test, or skips the test.
func Start(t testing.TB) *JVM {
	t.Helper()
	jar, err := filepath.Abs(os.Getenv("TLC_JAR"))
	if os.Getenv("TLC_JAR") == "" || err != nil {
		t.Skip("TLC_JAR does not say where tla2tools.jar is: nothing is compared with the official tools")
	}
	java, err := exec.LookPath("java")
	if err != nil {
		t.Skip("there is no java: nothing is compared with the official tools")
	}
	program := filepath.Join(t.TempDir(), "Driver.java")
	if err := os.WriteFile(program, driver, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(java, "-Xmx1g", "-XX:+UseParallelGC", "-XX:ParallelGCThreads=1", "-Djava.security.manager=allow", "-Djava.io.tmpdir="+t.TempDir(), program, jar)
	cmd.Dir, cmd.Stderr = filepath.Dir(program), os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return &JVM{in: in, out: bufio.NewReader(out)}
}

// Run runs the program of the class, such as tlc2.TLC, and gives its exit code and
// what it printed.
func (j *JVM) Run(t testing.TB, class string, args ...string) (exit int, text string) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := fmt.Fprintln(j.in, strings.Join(append([]string{class}, args...), "\t")); err != nil {
		t.Fatal(err)
	}
	var size int
	if _, err := fmt.Fscanf(j.out, "exit %d %d\n", &exit, &size); err != nil {
		t.Fatalf("the JVM has ended: %v", err)
	}
	out := make([]byte, size)
	if _, err := io.ReadFull(j.out, out); err != nil {
		t.Fatal(err)
	}
	return exit, string(out)
}

// Translate has pcal.trans translate the algorithm in text, a module M, with the
// options given, and returns the module with its translation; ok is false when the
// algorithm is refused.
func (j *JVM) Translate(t testing.TB, text string, options ...string) (module, messages string, ok bool) {
	t.Helper()
	path := write(t, "M.tla", text)
	exit, messages := j.Run(t, "pcal.trans", append(options, "-nocfg", path)...)
	out, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), messages, exit == 0 && strings.Contains(messages, "Translation completed")
}

// Parse has SANY parse and analyse the module M of text; ok is false when it is
// refused.
func (j *JVM) Parse(t testing.TB, text string) (messages string, ok bool) {
	t.Helper()
	_, messages = j.Run(t, "tla2sany.SANY", write(t, "M.tla", text))
	return messages, !refused.MatchString(messages)
}

// refused finds an error among what SANY says; warnings stand under a title that
// speaks of errors.
var refused = regexp.MustCompile(`\*\*\* (Errors|Abort)|Parse Error|Fatal error|Lexical error|Exception`)

// write puts a file into a folder of its own.
func write(t testing.TB, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Check has TLC check the module M of text by a config, with one worker, and gives
// its exit code and what it printed.
func (j *JVM) Check(t testing.TB, text, config string, options ...string) (exit int, out string) {
	t.Helper()
	spec := write(t, "M.tla", text)
	dir := filepath.Dir(spec)
	if err := os.WriteFile(filepath.Join(dir, "M.cfg"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"-workers", "1", "-cleanup", "-metadir", filepath.Join(dir, "states")}
	return j.Run(t, "tlc2.TLC", append(append(args, options...), spec)...)
}
