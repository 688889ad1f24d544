package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
)

// plainModule is where expressions are read when no module is named.
const plainModule = "---- MODULE Expressions ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\n====\n"

func (a *app) evalCommand() *cobra.Command {
	o := frontend.Options{Files: a.files}
	moduleName := ""
	var timeout time.Duration
	allowExec := false
	cmd := &cobra.Command{
		Use:   "eval ['EXPR']",
		Short: "Evaluate a constant expression; without EXPR a REPL",
		Args:  cobra.MaximumNArgs(1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			a.phase = "evaluating"
			ctx, stop := within(cmd.Context(), timeout)
			defer stop()
			return a.heeding(ctx, func() error {
				e, err := a.evaluator(ctx, o, moduleName, allowExec)
				if err != nil {
					return err
				}
				if len(args) == 0 {
					return e.repl()
				}
				return e.print(args[0])
			})
		}),
	}
	cmd.Flags().StringVar(&moduleName, "module", "", "the module whose definitions EXPR may use: a file, or a name to search for")
	cmd.Flags().StringArrayVar(&o.Constants, "constant", nil, "assign a constant of the module: `NAME=EXPR`")
	cmd.Flags().BoolVar(&allowExec, "allow-exec", false, "let IOUtils run programs: only for modules that you trust")
	timeoutFlag(cmd, &timeout)
	searchFlag(cmd, &o.Path)
	return cmd
}

// An evaluator evaluates expressions over one module.
type evaluator struct {
	app     *app
	module  *frontend.Expressions
	machine *eval.Machine
}

func (a *app) evaluator(ctx context.Context, o frontend.Options, name string, allowExec bool) (*evaluator, error) {
	o.Path, o.Context = searchPath(o.Path), ctx
	if name == "" {
		o.Spec, o.Inline = "Expressions.tla", map[string]string{"Expressions.tla": plainModule}
	} else {
		o.Spec = findModule(name, o.Path)
	}
	module, warnings, err := frontend.LoadExpressions(o)
	a.warn(warnings)
	if err != nil {
		return nil, err
	}
	machine := eval.New(module.System, eval.Options{Context: ctx, Out: a.out, Files: true, Exec: allowExec})
	return &evaluator{a, module, machine}, nil
}

// print evaluates text and prints its value.
func (e *evaluator) print(text string) error {
	var diags diag.List
	expr := e.module.Parse(text, &diags)
	e.app.warn(diags.Warnings())
	if err := diags.Err(); err != nil {
		return err
	}
	v, err := e.machine.Constant(expr)
	if err != nil {
		return evalError(err)
	}
	_, err = fmt.Fprintln(e.app.out, v)
	return err
}

// evalError gives an error of the evaluator that is no diagnostic, such as a
// failed Assert, the class of one.
func evalError(err error) error {
	var failed *eval.AssertError
	if errors.As(err, &failed) {
		return assertion{diag.New(diag.Eval, codeAssertion, failed.Span, failed.Error())}
	}
	return err
}

// An assertion that failed has an exit code of its own.
type assertion struct{ said *diag.Error }

func (a assertion) Error() string { return a.said.Error() }
func (a assertion) Unwrap() error { return a.said }

// repl evaluates line by line until the input ends. A line with an error does
// not end it.
func (e *evaluator) repl() error {
	prompt := ""
	if isTerminal(e.app.in) && isTerminal(e.app.out) {
		prompt = "> "
	}
	lines := bufio.NewScanner(e.app.in)
	lines.Buffer(nil, 1<<24)
	for fmt.Fprint(e.app.out, prompt); lines.Scan(); fmt.Fprint(e.app.out, prompt) {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		if err := e.print(text); err != nil {
			e.app.fail(err)
		}
	}
	e.app.code = 0
	return lines.Err()
}
