package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// takes are the arguments of a command: their number, from least to most; -1 for any.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return fmt.Errorf("the command line is %s", strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		}
		return nil
	}
}

// plainly is an error of the flag library in the words of this program.
func plainly(err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		var number *strconv.NumError
		switch cause := invalid.Unwrap(); {
		case errors.As(cause, &number):
			return fmt.Errorf("--%s is a whole number, not %s", invalid.GetFlag().Name, invalid.GetValue())
		case strings.HasPrefix(cause.Error(), "time: "):
			return fmt.Errorf("--%s is a time such as 90s or 5m, not %s", invalid.GetFlag().Name, invalid.GetValue())
		}
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
