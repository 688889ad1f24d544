package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// asLemma in the environment has the test program be lemma.
const asLemma = "TEST_AS_LEMMA"

// signalled are runs that take far longer than a signal is waited for.
var signalled = [][]string{
	{"check", "Endless.tla", "--explicit"},
	{"check", "Endless.tla", "--explicit", "--checkpoint", "saved", "--checkpoint-every", "50ms"},
	{"check", "Endless.tla", "--explicit", "--spec", "Spec", "--property", "Grows"},
	{"check", "Endless.tla", "--explicit", "--invariant", "Slow"},
	{"check", "Endless.tla", "--explicit", "--invariant", "Huge"},
	{"check", "Endless.tla", "--invariant", "Huge", "--timeout", "1h"},
	{"check", "Endless.tla"},
	{"check", "Endless.tla", "--cross-check"},
	{"check", "Commit.tla", "--explicit", "--workers", "1"},
	{"check", "Endless.tla", "--bmc", "--depth", "1000000", "--invariant", "Less"},
	{"check", "Commit.tla", "--bmc", "--depth", "100"},
	{"check", "Commit.tla", "--bmc", "--depth", "100", "--solver", "smtlib:z3 -in"},
	{"check", "Commit.tla", "--induct", "--k", "40"},
	{"check", "Commit.tla", "--induct", "--k", "40", "--solver", "smtlib:z3 -in"},
	{"check", "Endless.tla", "--simulate", "--behaviours", "0"},
	{"check", "Endless.tla", "--simulate", "--invariant", "Huge"},
	{"check", "Endless.tla", "--constant", `N=CHOOSE S \in SUBSET (1..50) : S = {99}`},
	{"certificate", "Certificate.tla"},
	{"eval", `\A S, T \in SUBSET (1..20) : S \cup T = T \cup S`},
	{"eval", `CHOOSE S \in SUBSET (1..50) : S = {99}`},
	{"eval"},
	{"parse", "Long.tla"},
}

// TestSignals sends SIGINT, SIGTERM or both to runs at random moments. Each run
// ends soon, and says that it was interrupted.
func TestSignals(t *testing.T) {
	rounds, limit := 1, 20*time.Second // the limit is only there to end a test that hangs
	if os.Getenv("LEMMA_LONG") != "" {
		rounds, limit = 10, 2*time.Second
	}
	dir := signalFolder(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	for round := range rounds {
		for i, args := range signalled {
			draw := rand.New(rand.NewPCG(seed, uint64(round*len(signalled)+i)))
			t.Run(fmt.Sprintf("%d/%s", round, strings.Join(args, " ")), func(t *testing.T) {
				t.Parallel()
				signalledRun(t, dir, args, draw, limit)
			})
		}
	}
}

// signalFolder is a folder with what the runs read.
func signalFolder(t *testing.T) string {
	dir := t.TempDir()
	ar, err := txtar.ParseFile("testdata/signals.txtar")
	if err != nil {
		t.Fatal(err)
	}
	ar.Files = append(ar.Files, txtar.File{Name: "Long.tla", Data: longModule()})
	for _, f := range ar.Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// longModule takes some seconds to be read.
func longModule() []byte {
	var b bytes.Buffer
	b.WriteString("---- MODULE Long ----\nEXTENDS Naturals\nVARIABLE x\n")
	for i := range 60_000 {
		fmt.Fprintf(&b, "D%d == \\A y \\in 1..%d : (x + y * %d) %% 7 = 3 \\/ \\E z \\in {x, y} : z > y\n", i, i+1, i)
	}
	b.WriteString("====\n")
	return b.Bytes()
}

// signalledRun starts a run, sends it a signal after a while, and looks at what
// it ends with.
func signalledRun(t *testing.T, dir string, args []string, draw *rand.Rand, limit time.Duration) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if args[0] == "check" {
		args = append(args[:len(args):len(args)], "--no-progress", "--memory", "1GB")
	}
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asLemma+"=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	stdin, err := cmd.StdinPipe() // for the REPL, which waits
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	time.Sleep(50*time.Millisecond + time.Duration(draw.IntN(600))*time.Millisecond)
	signals := [][]os.Signal{{os.Interrupt}, {syscall.SIGTERM}, {os.Interrupt, syscall.SIGTERM}}[draw.IntN(3)]
	sent := time.Now()
	for i, s := range signals {
		if i > 0 {
			time.Sleep(time.Duration(draw.IntN(300)) * time.Millisecond)
		}
		_ = cmd.Process.Signal(s) // it may have ended
	}
	select {
	case <-ended:
	case <-time.After(limit):
		_ = cmd.Process.Signal(syscall.SIGQUIT)
		<-ended
		t.Fatalf("%v: goes on %v after the signal:\n%s", signals, time.Since(sent), last(out.String(), 6000))
	}
	honest(t, args, signals, cmd.ProcessState, out.String())
}

// honest checks the end of a run that a signal ended.
func honest(t *testing.T, args []string, signals []os.Signal, state *os.ProcessState, out string) {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() && out == "" {
		return // before it could listen
	}
	code := state.ExitCode()
	told := strings.Contains(out, "interrupted") || strings.Contains(out, "there was no time to make its counterexample")
	if code == exitInterrupted && told {
		return
	}
	if code == 0 && (args[0] == "parse" || args[0] == "certificate") {
		return // it was faster
	}
	t.Errorf("%v: exit code %d, want %d and a word about the interruption:\n%s", signals, code, exitInterrupted, last(out, 6000))
}

// last is the end of a text.
func last(text string, n int) string { return text[max(0, len(text)-n):] }
