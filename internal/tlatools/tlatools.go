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
	"time"
)

//go:embed Driver.java
var driver []byte

// limit is how long a program may take; on the inputs of the tests it takes a second.
const limit = 30 * time.Second

// most is how many programs a JVM runs before another takes its place: what they
// leave behind fills its heap.
const most = 100

// A JVM runs programs of the jar, one at a time. A program that exceeds the limit
// takes its JVM with it, and the next one gets another.
type JVM struct {
	mu            sync.Mutex
	java          string
	dir, jar, tmp string
	process       *exec.Cmd // nil when none runs
	in            io.WriteCloser
	out           *bufio.Reader
	runs          int // of the process
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
	j := &JVM{java: java, dir: filepath.Dir(program), jar: jar, tmp: t.TempDir()}
	t.Cleanup(j.stop)
	return j
}

// start starts the process, unless it runs and is good for more.
func (j *JVM) start() error {
	if j.process != nil && j.runs < most {
		j.runs++
		return nil
	}
	j.stop()
	cmd := exec.Command(j.java, "-Xmx1g", "-XX:+UseParallelGC", "-XX:ParallelGCThreads=1", "-Djava.security.manager=allow", "-Djava.io.tmpdir="+j.tmp, "Driver.java", j.jar)
	cmd.Dir, cmd.Stderr = j.dir, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	j.process, j.in, j.out, j.runs = cmd, in, bufio.NewReader(out), 1
	return nil
}

// stop kills the process.
func (j *JVM) stop() {
	if j.process != nil {
		j.process.Process.Kill()
		j.process.Wait()
		j.process = nil
	}
}

// Run runs the program of the class, such as tlc2.TLC, and gives its exit code and
// what it printed. One that does not end within the limit, or that brings the JVM
// down, is an error of the test, which may go on: the exit code is -1.
func (j *JVM) Run(t testing.TB, class string, args ...string) (exit int, text string) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.start(); err != nil {
		t.Fatal(err)
	}
	process := j.process.Process
	late := time.AfterFunc(limit, func() { process.Kill() })
	exit, text, err := j.ask(append([]string{class}, args...))
	if !late.Stop() || err != nil {
		j.stop()
		t.Errorf("%s %s: no answer within %v, or the JVM has ended: %v", class, args, limit, err)
		return -1, ""
	}
	return exit, text
}

// ask sends the process a command and reads its answer.
func (j *JVM) ask(command []string) (exit int, text string, err error) {
	if _, err := fmt.Fprintln(j.in, strings.Join(command, "\t")); err != nil {
		return 0, "", err
	}
	var size int
	if _, err := fmt.Fscanf(j.out, "exit %d %d\n", &exit, &size); err != nil {
		return 0, "", err
	}
	out := make([]byte, size)
	_, err = io.ReadFull(j.out, out)
	return exit, string(out), err
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

// Tree has pcal.trans describe the algorithm in text, a module M, as a TLA+ value; ok
// is false when it refuses to.
func (j *JVM) Tree(t testing.TB, text string) (value string, ok bool) {
	t.Helper()
	path := filepath.Join(j.dir, "AST.tla")
	os.Remove(path)
	j.Run(t, "pcal.trans", "-nocfg", "-writeAST", write(t, "M.tla", text))
	out, err := os.ReadFile(path)
	if err != nil {
		return "", false
	}
	_, value, _ = strings.Cut(string(out), "\nast == \n")
	value, _, ok = strings.Cut(value, "\n====")
	return value, ok
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
