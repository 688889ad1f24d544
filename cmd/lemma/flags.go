package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/lemma-mc/lemma/job"
)

// searchFlag adds -I to cmd.
func searchFlag(cmd *cobra.Command, dirs *[]string) {
	cmd.Flags().StringArrayVarP(dirs, "include", "I", nil, "a folder to look for modules in, after the spec's own; repeatable, TLA_PATH adds more")
}

// timeoutFlag adds --timeout to cmd.
func timeoutFlag(cmd *cobra.Command, timeout *time.Duration) {
	cmd.Flags().Var(job.Duration(timeout), "timeout", "end after this time")
}

// searchPath is dirs with the folders of TLA_PATH behind them.
func searchPath(dirs []string) []string { return append(dirs, tlaPath()...) }

func tlaPath() []string { return filepath.SplitList(os.Getenv("TLA_PATH")) }

// findModule is the path of a module that the user names by file or by name.
func findModule(name string, dirs []string) string {
	if _, err := os.Stat(name); err == nil || filepath.Ext(name) == ".tla" {
		return name
	}
	for _, dir := range append([]string{"."}, dirs...) {
		path := filepath.Join(dir, name+".tla")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return name + ".tla"
}

// plainly is an error of the flag library in the words of this program.
func plainly(err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return fmt.Errorf("--%s %w", invalid.GetFlag().Name, invalid.Unwrap())
	}
	return err
}

// isTerminal tells whether stream, a reader or writer, is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// columns is the width of the terminal that stream is; 0 when it is none.
func columns(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return width
		}
	}
	return 0
}
