// Command lemma checks TLA+ and PlusCal specs: by explicit search, by bounded
// symbolic search, and by k-induction.
//
// Each subcommand is a file of its own. What they share is the app: where to
// read and write, the texts that were read, and the exit code. Exit codes are
// TLC's, as the README lists them; main.go is the only place that ends the
// process, and the only one that catches a panic.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/guard"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

const (
	exitUsage     = 2
	exitAssertion = 14
	exitBug       = 255
)

func main() { os.Exit(run()) }

// run is main without the end of the process.
func run() int {
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, files: &source.Set{}, phase: "starting"}
	ctx, hurry, stop := interruptible(context.Background(), a.takesInterrupt)
	a.hurry = hurry
	defer stop()
	return a.run(ctx, os.Args[1:])
}

// An app is one run of the program.
type app struct {
	in       io.Reader
	out, err io.Writer
	files    *source.Set     // every text that was read, to find places in
	phase    string          // what is being done, for the report of a bug
	code     int             // the exit code of a command that ran
	hurry    <-chan struct{} // closed by the second signal
	// interrupt ends one evaluation of the REPL in the place of the process.
	interrupt atomic.Pointer[context.CancelCauseFunc]
	restore   atomic.Pointer[func()] // puts the terminal back as it was; nil where it is
}

// run executes the command line. It is the one place that recovers from a
// panic: a panic is a bug of ours, never the user's.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if p := recover(); p != nil {
			stack := debug.Stack()
			if beside, ok := p.(*guard.Panic); ok {
				p, stack = beside.Value, beside.Stack
			}
			a.bug(p, stack)
			code = exitBug
		}
	}()
	root := a.root()
	args, err := a.withHabits(args)
	if err != nil {
		a.fail(err)
		return a.code
	}
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintf(a.err, "lemma: %v\nRun 'lemma help' for how it is used.\n", err)
		return exitUsage
	}
	return a.code
}

func (a *app) bug(p any, stack []byte) {
	fmt.Fprintf(a.err, "lemma: internal error while %s: %v\n", a.phase, p)
	fmt.Fprintf(a.err, "This is a bug in lemma, not in your spec. Please report it with the spec, the command line and this:\n")
	fmt.Fprintf(a.err, "lemma %s\n%s", version(), stack)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "lemma",
		Short:         "A model checker for TLA+ and PlusCal",
		Long:          "lemma checks TLA+ and PlusCal specs: by explicit search, by bounded symbolic search (Z3), and by k-induction.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return plainly(err) })
	root.Version = version()
	root.SetVersionTemplate(versionLine())
	root.SetHelpCommand(helpCommand(root))
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(a.checkCommand(), a.parseCommand(), a.typecheckCommand(), a.translateCommand(), a.certificateCommand(), a.evalCommand(),
		a.specsCommand(), a.traceCommand(), a.exploreCommand(), a.tlcCommand(), a.serveCommand(), a.workerCommand(), a.submitCommand(), a.mcpCommand(), a.lspCommand(), a.childCommand(), a.talkCommand(), a.versionCommand())
	return root
}

// does makes a cobra function of f. An error of f is shown and sets the exit
// code; only a bad command line is an error to cobra.
func (a *app) does(f func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := f(cmd, args); err != nil {
			a.fail(err)
		}
		return nil
	}
}

// fail shows err and sets the exit code that belongs to it, unless the command
// has come to a verdict that says more than 0.
func (a *app) fail(err error) {
	if several := parts(err); len(several) != 1 {
		for _, e := range several {
			a.fail(e)
		}
		return
	}
	var bug *guard.Panic
	code := trace.ErrorExitCode(err)
	var failed assertion
	switch {
	case errors.As(err, &failed):
		code = exitAssertion
		fmt.Fprint(a.err, show.RenderError(a.files, err))
	case errors.As(err, &bug):
		panic(bug)
	case errors.Is(err, errInterrupted), errors.Is(err, errTimeout):
		code = exitInterrupted
		fmt.Fprintf(a.err, "lemma: %v\n", err)
	default:
		fmt.Fprint(a.err, show.RenderError(a.files, err))
	}
	if a.code == 0 {
		a.code = code
	}
}

// parts are the errors that err joins.
func parts(err error) []error {
	several, ok := err.(interface{ Unwrap() []error })
	switch {
	case err == nil:
		return nil
	case !ok:
		return []error{err}
	}
	var out []error
	for _, e := range several.Unwrap() {
		out = append(out, parts(e)...)
	}
	return out
}

// warn shows warnings on stderr.
func (a *app) warn(warnings []*diag.Diagnostic) {
	for _, w := range warnings {
		fmt.Fprint(a.err, diag.Render(a.files, w))
	}
}

// usage is an error of the command line.
func usage(format string, args ...any) error {
	return diag.New(diag.Usage, "usage", source.Span{}, fmt.Sprintf(format, args...))
}
