package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata/script")

func TestMain(m *testing.M) {
	if os.Getenv(asLemma) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){
		"lemma": main,
		// A lemma that is sent SIGINT after a while, as by Ctrl-C.
		"interrupted-lemma": func() {
			go func() {
				time.Sleep(500 * time.Millisecond)
				_ = syscall.Kill(os.Getpid(), syscall.SIGINT)
			}()
			main()
		},
		// A lemma that is killed soon after it wrote a checkpoint into the
		// folder "saved": after some milliseconds, as KILL_AFTER says.
		"killed-lemma": func() {
			go func() {
				for {
					time.Sleep(time.Millisecond)
					if files, _ := filepath.Glob("saved/*.checkpoint"); len(files) > 0 {
						break
					}
				}
				after, _ := strconv.Atoi(os.Getenv("KILL_AFTER"))
				time.Sleep(time.Duration(after) * time.Millisecond)
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}()
			main()
		},
	})
}

// TestScript runs the command lines in testdata/script, through the program.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			specs, err := filepath.Abs("../../specs")
			env.Setenv("SPECS", specs)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits CODE COMMAND ARGS... runs a command that must end with the exit code;
// stdout and stderr are then looked at as after exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGS...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if failed, ok := err.(interface{ ExitCode() int }); ok {
		got = failed.ExitCode()
	} else if err != nil {
		ts.Check(err)
	}
	if got != want {
		fmt.Fprintf(os.Stderr, "%s", ts.ReadFile("stderr"))
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
